import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SessionVerifier } from '@switchboard/realtime';
import { decodeJwt } from 'jose';
import { AccessTokens, ownIssuer } from './access-tokens';
import { ApiKeySessions, isApiKey } from './api-key-sessions';
import { ExternalTokens } from './external-tokens';
import { ExternalUsersService } from './external-users.service';
import { RevocationLog } from './revocation-log';
import { type EndedSessions, endedBy } from './revocation-set';
import { invalidToken, revokedToken, type Session } from './session';
import { SessionCache } from './session-cache';

const longestToken = 8192;
const cachedSessions = 10_000;
/** How long an API key is taken as verified; a revocation counts at once. */
const keyVerifiedMs = 60_000;

/** Who is behind an access token, ours or another application's, or behind an API key. Asked by every request and every socket. */
@Injectable()
export class SessionService implements SessionVerifier {
  private readonly cache = new SessionCache(cachedSessions);
  private readonly verifying = new Map<string, Promise<Session>>();

  constructor(
    private readonly accessTokens: AccessTokens,
    private readonly externalTokens: ExternalTokens,
    private readonly externalUsers: ExternalUsersService,
    private readonly apiKeys: ApiKeySessions,
    private readonly revocations: RevocationLog,
  ) {}

  /** @throws SessionRefused */
  async verify(token: string): Promise<Session> {
    if (token.length > longestToken) throw invalidToken();
    const hash = createHash('sha256').update(token).digest('hex');
    const session = this.cache.get(hash, Date.now()) ?? (await this.verifyOnce(token, hash));
    if (this.revocations.ended(session)) throw revokedToken();
    return session;
  }

  /** False once the session's token has expired or was revoked; costs no I/O. */
  isActive(session: Session): boolean {
    return session.expiresAt > Date.now() && !this.revocations.ended(session);
  }

  /** Tells of every revocation, made here or, within a second or so, by another process. */
  onEnded(listener: (ended: EndedSessions) => void): () => void {
    return this.revocations.onRevoked((revocation) => listener(endedBy(revocation)));
  }

  /** A client opens several sockets with one token at the same moment: it is verified once. */
  private verifyOnce(token: string, hash: string): Promise<Session> {
    const underway = this.verifying.get(hash);
    if (underway) return underway;
    const verification = this.verifyFresh(token, hash).finally(() => this.verifying.delete(hash));
    this.verifying.set(hash, verification);
    return verification;
  }

  private async verifyFresh(token: string, hash: string): Promise<Session> {
    if (isApiKey(token)) {
      const session = Object.freeze(await this.apiKeys.sessionOf(hash));
      this.cache.set(hash, session, Date.now() + keyVerifiedMs);
      return session;
    }
    const issuer = claimedIssuer(token);
    const session = Object.freeze(
      issuer === ownIssuer
        ? await this.accessTokens.verify(token)
        : await this.externalUsers.sessionOf(await this.externalTokens.verify(token, issuer, hash)),
    );
    this.cache.set(hash, session);
    return session;
  }
}

/** Unverified: it decides whose pins the token is verified with, so a false one only fails. */
function claimedIssuer(token: string): string {
  try {
    const { iss } = decodeJwt(token);
    if (typeof iss === 'string') return iss;
  } catch {
    // Not a JWT at all.
  }
  throw invalidToken();
}
