import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { ApiKeysRepository } from './api-keys.repository';
import { expiredToken, invalidToken, revokedToken, type Session } from './session';

const prefix = 'sbk_';
/** The end of a key's session where the key has none; a date that every client can read. */
const forever = Date.parse('9999-12-31T23:59:59Z');

/** 256 random bits, recognisable as ours to whoever finds one lying about. */
export const newApiKey = (): string => prefix + randomBytes(32).toString('base64url');

export const isApiKey = (token: string): boolean => /^sbk_[\w-]{43}$/.test(token);

/** Enough to tell keys apart, and no help in guessing: 24 of 256 bits. */
export const hintOf = (key: string): string => key.slice(0, prefix.length + 4);

/** Whom an API key lets act. */
@Injectable()
export class ApiKeySessions {
  constructor(private readonly keys: ApiKeysRepository) {}

  /**
   * @param hash SHA-256 of the key in hex.
   * @throws SessionRefused
   */
  async sessionOf(hash: string): Promise<Session> {
    const key = await this.keys.use(Buffer.from(hash, 'hex'));
    if (!key) throw invalidToken();
    if (key.revokedAt) throw revokedToken();
    if (key.expired) throw expiredToken();
    return {
      id: key.id,
      userId: key.id,
      apiKeyId: key.id,
      email: null,
      workspaceId: key.workspaceId,
      role: key.role,
      isOperator: false,
      issuedAt: key.createdAt.getTime(),
      expiresAt: key.expiresAt?.getTime() ?? forever,
      ...(key.scopes === null ? {} : { scopes: key.scopes }),
      ...(key.channelIds === null ? {} : { channelIds: key.channelIds }),
    };
  }
}
