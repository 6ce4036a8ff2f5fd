import { Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig, type TrustedIssuer } from '@switchboard/config';
import { SessionRefused } from '@switchboard/realtime';
import { createRemoteJWKSet, errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { clockToleranceSeconds, type ExternalIdentity, mapClaims } from './issuer-mapping';
import { expiredToken, invalidToken } from './session';

const jwksTimeoutMs = 5000;
/** A kid that nobody knows makes us look for new keys, at most this often. */
const jwksCooldownMs = 30_000;
/** While the issuer does not answer, it is asked at most this often. */
const jwksRetryMs = 5000;

interface PinnedIssuer extends TrustedIssuer {
  key: JWTVerifyGetKey;
}

/** Verifies the tokens of other applications, each by what is pinned for its issuer and by nothing it says itself. */
@Injectable()
export class ExternalTokens {
  private readonly logger = new Logger(ExternalTokens.name);
  private readonly issuers: ReadonlyMap<string, PinnedIssuer>;

  constructor(@Inject(APP_CONFIG) config: AppConfig) {
    this.issuers = new Map(config.authIssuers.map((issuer) => [issuer.issuer, { ...issuer, key: this.keyOf(issuer) }]));
  }

  /**
   * @param claimedIssuer the unverified `iss`; it only says whose pins to verify with.
   * @param tokenHash SHA-256 of the token in hex.
   * @throws SessionRefused
   */
  async verify(token: string, claimedIssuer: string, tokenHash: string): Promise<ExternalIdentity> {
    const issuer = this.issuers.get(claimedIssuer);
    if (!issuer) throw invalidToken();
    try {
      const { payload } = await jwtVerify(token, issuer.key, {
        algorithms: [issuer.algorithm],
        issuer: issuer.issuer,
        audience: issuer.audience,
        requiredClaims: ['exp', 'iat'],
        clockTolerance: clockToleranceSeconds,
      });
      return mapClaims(issuer, payload, tokenHash, Date.now());
    } catch (error) {
      throw error instanceof SessionRefused ? error : refusal(error);
    }
  }

  private keyOf(issuer: TrustedIssuer): JWTVerifyGetKey {
    if (issuer.algorithm === 'HS256') {
      const secret = new TextEncoder().encode(issuer.secret);
      return async () => secret as never;
    }
    const keys = createRemoteJWKSet(new URL(issuer.jwksUrl!), {
      timeoutDuration: jwksTimeoutMs,
      cooldownDuration: jwksCooldownMs,
    });
    let retryAt = 0;
    return async (header, token) => {
      if (!keys.fresh && Date.now() < retryAt) throw keysUnavailable();
      try {
        return await keys(header, token);
      } catch (error) {
        if (isAboutTheToken(error)) throw error;
        retryAt = Date.now() + jwksRetryMs;
        this.logger.warn(
          `The keys of ${issuer.issuer} could not be read (${(error as Error).message}); its tokens are refused until AUTH_ISSUERS' jwksUrl answers.`,
        );
        throw keysUnavailable();
      }
    };
  }
}

const keysUnavailable = () =>
  new SessionRefused('unauthenticated', "The token issuer's keys cannot be read at the moment; try again.");

const isAboutTheToken = (error: unknown) =>
  error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JWKSMultipleMatchingKeys;

function refusal(error: unknown): SessionRefused {
  if (error instanceof errors.JWTExpired) return expiredToken();
  return invalidToken();
}
