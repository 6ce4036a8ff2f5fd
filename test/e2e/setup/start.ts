import { randomBytes, randomUUID } from 'node:crypto';

import { startTopology, type TopologyKind } from '../../support/topology';
import { startTrustedIssuers } from '../support/trusted-issuers';
import { makeEmptyDatabase } from './empty-database';
import { running } from './running';

/** Starts the application once for each of Jest's workers, which run one spec at a time; specs know theirs by their environment. */
export default async function start({ maxWorkers }: { maxWorkers: number }): Promise<void> {
  const kind = (process.env.E2E_TOPOLOGY ?? 'embedded') as TopologyKind;
  if (kind === 'embedded') process.env.EMPTY_DATABASE = await makeEmptyDatabase();
  const worlds = await Promise.all(Array.from({ length: maxWorkers }, () => startWorld(kind)));
  process.env.E2E_WORLDS = JSON.stringify(worlds);
}

/** @returns the environment of the specs that it is for */
async function startWorld(kind: TopologyKind): Promise<Record<string, string>> {
  const firstWorkspaceId = randomUUID();
  const issuers = await startTrustedIssuers(firstWorkspaceId);
  running.push(issuers.close);
  const { AUTH_ISSUERS, ...known } = issuers.environment;
  const encryptionKey = randomBytes(32).toString('base64');
  const topology = await startTopology(kind, {
    FIRST_WORKSPACE_ID: firstWorkspaceId,
    AUTH_ISSUERS: AUTH_ISSUERS!,
    ENCRYPTION_KEY: encryptionKey,
    // Each spec has a Graph simulator of its own.
    GRAPH_HOSTS: 'http://127.0.0.1:*',
    FLOW_HTTP_ORIGINS: 'http://127.0.0.1:*',
    // What becomes of a copied token is seen at once; test/e2e/standalone/refreshing has the default.
    REFRESH_TOKEN_REUSE_INTERVAL: '0s',
    // So that a file can be too large without being large.
    MEDIA_MAX_BYTES: '9000000',
  });
  running.push(topology.stop);
  return {
    ...known,
    E2E_TOPOLOGY: kind,
    E2E_URL: topology.apis[0]!.url,
    E2E_API_URLS: topology.apis.map(({ url }) => url).join(','),
    E2E_GATEWAY_URLS: topology.gateways.map(({ url }) => url).join(','),
    E2E_PROCESS_URLS: topology.processes.map(({ url }) => url).join(','),
    E2E_DATABASE_URL: topology.databaseUrl ?? '',
    E2E_WORKSPACE_ID: firstWorkspaceId,
    E2E_OWNER_EMAIL: topology.owner.email,
    E2E_OWNER_PASSWORD: topology.owner.password,
    E2E_META_APP_ID: topology.metaApp.id,
    E2E_META_APP_SECRET: topology.metaApp.secret,
    E2E_META_VERIFY_TOKEN: topology.metaApp.verifyToken,
    E2E_JWT_SECRET: topology.jwtSecret,
    E2E_ENCRYPTION_KEY: encryptionKey,
  };
}
