import { type CanActivate, type ExecutionContext, Injectable, UnauthorizedException } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { inScope, type Role, scopeAreaOf } from '@switchboard/contracts';
import { SessionRefused } from '@switchboard/realtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ChannelAccess } from './channel-access';
import { forbidden } from './errors';
import {
  keepSession,
  minimumRoleKey,
  operatorKey,
  operatorTooKey,
  peopleOnlyKey,
  publicKey,
} from './http-auth.decorators';
import { atLeast } from './roles';
import type { Session } from './session';
import { SessionService } from './session.service';

/** Every HTTP route needs an access token unless it is `@Public()`. */
@Injectable()
export class HttpAuthGuard implements CanActivate {
  constructor(
    private readonly sessions: SessionService,
    private readonly reflector: Reflector,
    private readonly channels: ChannelAccess,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // A global guard is asked for gateway messages too; those have a guard of their own.
    if (context.getType() !== 'http') return true;
    if (this.metadata<boolean>(context, publicKey)) return true;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const session = await this.authenticate(request, context.switchToHttp().getResponse<FastifyReply>());
    this.authorise(context, session);
    if (session.apiKeyId !== undefined) this.authoriseKey(context, session, request);
    if (session.channelIds) await this.channels.check(session, request);
    keepSession(request, session);
    return true;
  }

  private async authenticate(request: FastifyRequest, reply: FastifyReply): Promise<Session> {
    const token = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];
    try {
      if (!token) throw new SessionRefused('unauthenticated', 'An access token is needed: Authorization: Bearer ….');
      return await this.sessions.verify(token);
    } catch (error) {
      if (!(error instanceof SessionRefused)) throw error;
      if (error.code === 'forbidden') throw forbidden(error.message);
      reply.header('WWW-Authenticate', token ? 'Bearer error="invalid_token"' : 'Bearer');
      throw new UnauthorizedException({ code: error.code, message: error.message });
    }
  }

  private authorise(context: ExecutionContext, session: Session): void {
    const minimum = this.metadata<Role>(context, minimumRoleKey) ?? 'viewer';
    const asOperator = session.isOperator && this.metadata<boolean>(context, operatorTooKey) === true;
    if (!atLeast(session.role, minimum) && !asOperator) throw forbidden(`This needs the role ${minimum}.`);
    if (this.metadata<boolean>(context, operatorKey) && !session.isOperator) {
      throw forbidden('This is for the operator of the instance.');
    }
  }

  private authoriseKey(context: ExecutionContext, session: Session, request: FastifyRequest): void {
    if (this.metadata<boolean>(context, peopleOnlyKey)) {
      throw forbidden('This is not for API keys; sign in as a user.');
    }
    const area = scopeAreaOf(request.routeOptions.url ?? '');
    const access = request.method === 'GET' || request.method === 'HEAD' ? 'read' : 'write';
    if (!inScope(session.scopes, area, access)) throw forbidden(`This API key would need the scope ${area}:${access}.`);
  }

  private metadata<T>(context: ExecutionContext, key: symbol): T | undefined {
    return this.reflector.getAllAndOverride<T | undefined>(key as never, [context.getHandler(), context.getClass()]);
  }
}
