import { type CanActivate, createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { inScope, type Role, scopeAreaOf } from '@switchboard/contracts';
import type { Socket } from 'socket.io';
import { connectionOf } from './connection';
import { SESSION_VERIFIER, type SessionVerifier } from './ports';
import { ProtocolError } from './protocol-error';

/** Roles that may send a message (or any of a gateway's); without it, all may. */
export const WsRoles = Reflector.createDecorator<Role[]>();

/** A message that a socket may send before it has authenticated. */
export const WithoutSession = Reflector.createDecorator<boolean>({
  transform: (value: boolean | undefined) => value ?? true,
});

/** A message that changes nothing: an API key whose scopes only let it read may send it. */
export const ReadsOnly = Reflector.createDecorator<boolean>({
  transform: (value: boolean | undefined) => value ?? true,
});

/** The sender's session, as a handler's argument. */
export const CurrentSession = createParamDecorator(
  (_: unknown, context: ExecutionContext) => connectionOf(context.switchToWs().getClient())?.session,
);

/** Each may what those before it may, so the lowest that may is the one to ask for. */
const ascending: readonly Role[] = ['viewer', 'agent', 'admin', 'owner'];

/** Checks every message: a session, not expired, not revoked, of a role and, for an API key, with a scope that may. Throws `ProtocolError`. */
@Injectable()
export class WsGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(SESSION_VERIFIER) private readonly verifier: SessionVerifier,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    if (context.getType() !== 'ws') return true;
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride(WithoutSession, targets)) return true;
    const socket = context.switchToWs().getClient<Socket>();
    const session = connectionOf(socket)?.session;
    if (!session) throw new ProtocolError('unauthenticated', 'Send authenticate with a token first.');
    if (session.expiresAt <= Date.now()) throw new ProtocolError('token_expired', 'The token has expired.');
    if (!this.verifier.isActive(session)) throw new ProtocolError('token_revoked', 'The session has ended.');
    const roles = this.reflector.getAllAndOverride(WsRoles, targets);
    if (roles && !roles.includes(session.role)) {
      throw new ProtocolError('forbidden', `This needs the role ${ascending.find((role) => roles.includes(role))}.`);
    }
    if (session.scopes && !this.reflector.getAllAndOverride(ReadsOnly, targets)) {
      const area = scopeAreaOf(socket.nsp.name);
      if (!inScope(session.scopes, area, 'write')) {
        throw new ProtocolError('forbidden', `This API key would need the scope ${area}:write.`);
      }
    }
    return true;
  }
}
