import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Role } from '@switchboard/contracts';
import type { FastifyRequest } from 'fastify';
import type { Session } from './session';

export const publicKey = Symbol('public');
export const minimumRoleKey = Symbol('minimum role');
export const operatorKey = Symbol('operator');
export const operatorTooKey = Symbol('operator too');
const sessionKey = Symbol('session');

type Authenticated = FastifyRequest & { [sessionKey]?: Session };

export const keepSession = (request: FastifyRequest, session: Session): void => {
  (request as Authenticated)[sessionKey] = session;
};

/** No access token is asked for. */
export const Public = () => SetMetadata(publicKey, true);

/** The lowest role that may; `viewer` where nothing is said. */
export const RequireRole = (role: Role) =>
  applyDecorators(SetMetadata(minimumRoleKey, role), ApiForbiddenResponse({ description: `Needs the role ${role}.` }));

/** The lowest role that may, and whoever runs the instance. */
export const RequireRoleOrOperator = (role: Role) =>
  applyDecorators(
    SetMetadata(minimumRoleKey, role),
    SetMetadata(operatorTooKey, true),
    ApiForbiddenResponse({ description: `Needs the role ${role}, or the operator.` }),
  );

/** For whoever runs the instance, whatever their role. */
export const OperatorOnly = () =>
  applyDecorators(SetMetadata(operatorKey, true), ApiForbiddenResponse({ description: 'For the operator only.' }));

/** Documents that a controller takes an access token. */
export const Authenticated = () =>
  applyDecorators(
    ApiBearerAuth(),
    ApiUnauthorizedResponse({
      description: 'No access token, or one that is invalid, expired or revoked; `code` says which.',
    }),
  );

/** The session of the request; the guard has seen to it that there is one. */
export const CurrentSession = createParamDecorator((_: unknown, context: ExecutionContext): Session => {
  const session = context.switchToHttp().getRequest<Authenticated>()[sessionKey];
  if (!session) throw new Error('@CurrentSession() is used on a route that is @Public().');
  return session;
});
