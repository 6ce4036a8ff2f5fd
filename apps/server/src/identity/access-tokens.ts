import { Injectable } from '@nestjs/common';
import { JwtService, TokenExpiredError } from '@nestjs/jwt';
import { ownIssuer } from '@switchboard/config';
import type { Role } from '@switchboard/contracts';
import { isRole } from './roles';
import { expiredToken, invalidToken, type Session } from './session';

export { ownIssuer };
export const ownAudience = 'switchboard';

interface AccessClaims {
  sub: string;
  ws: string;
  role: Role;
  sid: string;
  email?: string;
  /** The only channels, where there is a limit. */
  ch?: string[];
  /** Present and true for an operator. */
  op?: boolean;
  /** Seconds, as the standard has it. */
  iat: number;
  /** `iat` in milliseconds: within one second a sign-in may follow a revocation. */
  iat_ms: number;
  exp: number;
}

/** Signs and verifies the access tokens of this instance: HS256 with `JWT_SECRET`, nothing else. */
@Injectable()
export class AccessTokens {
  constructor(private readonly jwt: JwtService) {}

  sign(session: Session): Promise<string> {
    const claims: AccessClaims = {
      sub: session.userId,
      ws: session.workspaceId,
      role: session.role,
      sid: session.id,
      ...(session.email === null ? {} : { email: session.email }),
      ...(session.channelIds ? { ch: [...session.channelIds] } : {}),
      ...(session.isOperator ? { op: true } : {}),
      iat: Math.floor(session.issuedAt / 1000),
      iat_ms: session.issuedAt,
      exp: Math.floor(session.expiresAt / 1000),
    };
    return this.jwt.signAsync(claims, { algorithm: 'HS256', issuer: ownIssuer, audience: ownAudience });
  }

  /** @throws SessionRefused */
  async verify(token: string): Promise<Session> {
    const claims = await this.claimsOf(token);
    if (!isAccessClaims(claims)) throw invalidToken();
    return {
      id: claims.sid,
      userId: claims.sub,
      email: claims.email ?? null,
      workspaceId: claims.ws,
      role: claims.role,
      ...(claims.ch ? { channelIds: claims.ch } : {}),
      isOperator: claims.op === true,
      issuedAt: claims.iat_ms,
      expiresAt: claims.exp * 1000,
    };
  }

  private async claimsOf(token: string): Promise<unknown> {
    try {
      return await this.jwt.verifyAsync(token, { algorithms: ['HS256'], issuer: ownIssuer, audience: ownAudience });
    } catch (error) {
      throw error instanceof TokenExpiredError ? expiredToken() : invalidToken();
    }
  }
}

function isAccessClaims(claims: unknown): claims is AccessClaims {
  if (typeof claims !== 'object' || claims === null) return false;
  const { sub, ws, sid, role, email, ch, iat_ms, exp } = claims as Partial<AccessClaims>;
  return (
    [sub, ws, sid].every((id) => typeof id === 'string') &&
    isRole(role) &&
    (email === undefined || typeof email === 'string') &&
    (ch === undefined || (Array.isArray(ch) && ch.every((id) => typeof id === 'string'))) &&
    typeof iat_ms === 'number' &&
    typeof exp === 'number'
  );
}
