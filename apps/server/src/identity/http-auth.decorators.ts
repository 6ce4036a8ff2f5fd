import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiForbiddenResponse, ApiUnauthorizedResponse } from '@nestjs/swagger';
import type { Role } from '@switchboard/contracts';
import type { FastifyRequest } from 'fastify';
import type { Session } from './session';

export const publicKey = Symbol('public');
export const minimumRoleKey = Symbol('minimum role');
export const operatorKey = Symbol('operator');
export const operatorTooKey = Symbol('operator too');
export const peopleOnlyKey = Symbol('people only');
const sessionKey = Symbol('session');

type Authenticated = FastifyRequest & { [sessionKey]?: Session };

export const keepSession = (request: FastifyRequest, session: Session): void => {
  (request as Authenticated)[sessionKey] = session;
};

/** No access token is asked for. */
export const Public = () => applyDecorators(SetMetadata(publicKey, true), ApiExtension('x-role', 'public'));

/** The lowest role that may. Every operation says it, or is `@Public()` or `@OperatorOnly()`: OpenAPI tells it as `x-role`. */
export const RequireRole = (role: Role) =>
  applyDecorators(
    SetMetadata(minimumRoleKey, role),
    ApiExtension('x-role', role),
    ...(role === 'viewer' ? [] : [ApiForbiddenResponse({ description: `Needs the role ${role}.` })]),
  );

/** The lowest role that may, and whoever runs the instance. */
export const RequireRoleOrOperator = (role: Role) =>
  applyDecorators(
    SetMetadata(minimumRoleKey, role),
    SetMetadata(operatorTooKey, true),
    ApiExtension('x-role', role),
    ApiExtension('x-operator-too', true),
    ApiForbiddenResponse({ description: `Needs the role ${role}, or the operator.` }),
  );

/** For whoever runs the instance, whatever their role. */
export const OperatorOnly = () =>
  applyDecorators(
    SetMetadata(operatorKey, true),
    ApiExtension('x-role', 'operator'),
    ApiForbiddenResponse({ description: 'For the operator only.' }),
  );

/** Not for API keys, whatever their role: who signs in, who is a member, which keys there are. */
export const PeopleOnly = () => applyDecorators(SetMetadata(peopleOnlyKey, true), ApiExtension('x-api-keys', false));

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
