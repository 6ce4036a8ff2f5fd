import { randomBytes } from 'node:crypto';
import { type Account, ApiClient, makeTenant, type Tenant } from '../../support/api-client';
import { connect, type SocketClient } from '../../support/socket-client';
import { WebhookSender } from '../../support/webhook-sender';

const list = (name: string): string[] => process.env[name]!.split(',');

/** The application that the run started. */
export const world = {
  topology: process.env.E2E_TOPOLOGY!,
  apis: list('E2E_API_URLS'),
  gateways: list('E2E_GATEWAY_URLS'),
  processes: list('E2E_PROCESS_URLS'),
  /** Of this run alone; empty when embedded. */
  databaseUrl: process.env.E2E_DATABASE_URL!,
  metaAppId: process.env.E2E_META_APP_ID!,
  metaAppSecret: process.env.E2E_META_APP_SECRET!,
  verifyToken: process.env.E2E_META_VERIFY_TOKEN!,
  jwtSecret: process.env.E2E_JWT_SECRET!,
  encryptionKey: process.env.E2E_ENCRYPTION_KEY!,
};

export const meta = new WebhookSender(world.apis, world.metaAppSecret);

let operatorClient: Promise<ApiClient> | undefined;

export function operator(): Promise<ApiClient> {
  const anonymous = new ApiClient(world.apis[0]!);
  operatorClient ??= anonymous
    .signIn(process.env.E2E_OWNER_EMAIL!, process.env.E2E_OWNER_PASSWORD!)
    .then(({ accessToken }) => anonymous.as(accessToken));
  return operatorClient;
}

/** A workspace of its own. */
export async function tenant(): Promise<Tenant> {
  return makeTenant(await operator(), world.gateways[0]!, world.metaAppId);
}

export interface Colleague extends Account {
  api: ApiClient;
  sockets: (namespace: string, auth?: Record<string, unknown>) => Promise<SocketClient>;
}

/** Another user of a workspace, signed in; on another gateway than its owner where there are several. */
export async function colleague(owner: Tenant, role: 'admin' | 'agent' | 'viewer'): Promise<Colleague> {
  const email = `${randomBytes(8).toString('hex')}@example.com`;
  const password = randomBytes(12).toString('hex');
  await owner.api.made('/v1/users', { email, password, role });
  const account = await owner.api.signIn(email, password);
  return {
    ...account,
    api: owner.api.as(account.accessToken),
    sockets: (namespace, auth = {}) =>
      connect(world.gateways.at(-1)!, namespace, { token: account.accessToken, ...auth }),
  };
}

/** An agent who sees these channels alone. */
export async function limitedColleague(owner: Tenant, channelIds: string[]): Promise<Colleague> {
  const agent = await colleague(owner, 'agent');
  const changed = await owner.api.patch(`/v1/users/${agent.userId}`, { channelIds });
  expect(changed).toMatchObject({ status: 200, body: { role: 'agent', channelIds: [...channelIds].sort() } });
  // The next token has the new rights.
  const { accessToken, refreshToken } = await owner.api.made('/v1/auth/refresh', { refreshToken: agent.refreshToken });
  const sockets: Colleague['sockets'] = (namespace, auth = {}) =>
    connect(world.gateways.at(-1)!, namespace, { token: accessToken, ...auth });
  return { ...agent, accessToken, refreshToken, api: owner.api.as(accessToken), sockets };
}

/** A Meta app besides that of the run, with secrets of its own; `save` replaces them. */
export async function anotherMetaApp() {
  const secret = () => randomBytes(16).toString('hex');
  const settings = { appId: `app-${secret()}`, name: 'Another app', secrets: [secret()], verifyToken: secret() };
  const save = async (secrets: string[]) => (await operator()).made('/v1/meta-apps', { ...settings, secrets });
  await save(settings.secrets);
  return { ...settings, secret, save, sender: new WebhookSender(world.apis, settings.secrets[0]!) };
}
