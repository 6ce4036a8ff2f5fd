import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';

export const secretIssuer = 'https://idp.example';
export const keysIssuer = 'https://keys.example';
const kid = 'e2e';

/** What the application and the specs need to know of two existing applications whose tokens are accepted. */
export interface TrustedIssuers {
  /** For the application: AUTH_ISSUERS. For the specs: E2E_HS256_SECRET, E2E_ES256_KEY. */
  environment: Record<string, string>;
  close: () => Promise<void>;
}

/** One application that shares a secret with us (HS256), one that publishes its keys (ES256, served on loopback). */
export async function startTrustedIssuers(workspaceId: string): Promise<TrustedIssuers> {
  const secret = randomBytes(32).toString('hex');
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }] };
  const server = createServer((_, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify(keys)),
  );
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const pinned = {
    audience: 'switchboard',
    workspaces: [workspaceId],
    roles: { support: 'agent', boss: 'admin' },
    highestRole: 'agent',
  };
  return {
    environment: {
      AUTH_ISSUERS: JSON.stringify([
        { ...pinned, issuer: secretIssuer, algorithm: 'HS256', secret },
        { ...pinned, issuer: keysIssuer, algorithm: 'ES256', jwksUrl: urlOf(server) },
      ]),
      E2E_HS256_SECRET: secret,
      E2E_ES256_KEY: JSON.stringify(await exportJWK(privateKey)),
    },
    close: () => new Promise((closed) => server.close(() => closed())),
  };
}

const urlOf = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks.json`;

type Claims = Record<string, unknown>;

/** A token of the application that shares a secret: a viewer for ten minutes, changed by `claims`; `undefined` leaves one out. */
export function secretToken(claims: Claims, secret = process.env.E2E_HS256_SECRET!): Promise<string> {
  return sign({ alg: 'HS256' }, { iss: secretIssuer, ...claims }, new TextEncoder().encode(secret));
}

/** Likewise of the application that publishes its keys. */
export async function keysToken(claims: Claims): Promise<string> {
  const key = await importJWK(JSON.parse(process.env.E2E_ES256_KEY!) as JWK, 'ES256');
  return sign({ alg: 'ES256', kid }, { iss: keysIssuer, ...claims }, key);
}

/** The public half as anybody can read it, which must never serve as a shared secret. */
export function publishedKey(): string {
  const { d: _, ...published } = JSON.parse(process.env.E2E_ES256_KEY!) as JWK;
  return JSON.stringify(published);
}

function sign(
  header: { alg: string; kid?: string },
  claims: Claims,
  key: Parameters<SignJWT['sign']>[0],
): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  const whole = { aud: 'switchboard', iat, exp: iat + 600, ...claims };
  const given = Object.fromEntries(Object.entries(whole).filter(([, value]) => value !== undefined));
  return new SignJWT(given).setProtectedHeader(header).sign(key);
}
