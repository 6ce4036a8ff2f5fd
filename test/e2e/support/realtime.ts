import { typesOf } from '@switchboard/contracts';
import { decodeJwt, SignJWT } from 'jose';
import type { ApiClient } from '../../support/api-client';
import { dial, type ReceivedEvent, SocketClient } from '../../support/socket-client';
import { until } from '../../support/until';
import { deliver } from './deliver';
import type { Shop } from './shop';
import { world } from './world';

export const gateways = [...new Set(world.gateways)];
/** The namespaces that bring events so far. */
export const served = ['/webhooks', '/messages'] as const;
export type Served = (typeof served)[number];
export const namespaces = ['/', ...served] as const;

/** Another gateway than the first, where there are several. */
export const elsewhere = gateways.at(-1)!;

/** A token's claims signed anew, changed by `claims`; `undefined` leaves one out. */
export function signedAnew(token: string, claims: Record<string, unknown> = {}, secret = world.jwtSecret) {
  const whole = Object.entries({ ...decodeJwt(token), ...claims }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(whole))
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .sign(new TextEncoder().encode(secret));
}

/** A token with the same claims and no signature at all. */
export function unsigned(token: string): string {
  const header = Buffer.from(JSON.stringify({ alg: 'none', typ: 'JWT' })).toString('base64url');
  return `${header}.${token.split('.')[1]}.`;
}

export const sessionIdOf = (token: string): string => decodeJwt(token).sid as string;
export const secondsFromNow = (seconds: number): number => Math.ceil(Date.now() / 1000) + seconds;

/** Connects and waits until it is refused; what the refusal says. */
export async function refusal(
  gateway: string,
  namespace: string,
  auth: Record<string, unknown>,
): Promise<{ code: string; message: string; details?: { field?: string } }> {
  const client = dial(gateway, namespace, auth);
  let told: (Error & { data?: never }) | undefined;
  client.socket.on('connect_error', (error) => {
    told = error;
  });
  await until(() => told, `a socket of ${namespace} is refused`);
  expect(client.socket.connected).toBe(false);
  expect(client.notices).toEqual([]);
  return told!.data!;
}

/** Connects without a token and waits for the socket to be there. */
export async function anonymous(gateway: string, namespace: string): Promise<SocketClient> {
  const client = dial(gateway, namespace, {});
  await until(() => client.socket.connected, `a socket of ${namespace} without a token is connected`);
  return client;
}

/** A second namespace on the connection that a client has already. */
export function alongside(client: SocketClient, namespace: string, auth: Record<string, unknown>): SocketClient {
  return new SocketClient(client.socket.io.socket(namespace, { auth }));
}

/** Closes whatever a client's connection carries. */
export function hangUp(client: SocketClient): void {
  client.socket.io.engine.close();
}

export async function untilGone(client: SocketClient): Promise<void> {
  await until(() => client.socket.disconnected, 'the socket is disconnected');
}

/** What was stored for a namespace after a cursor: all of it if left out. */
export async function logOf(api: ApiClient, namespace: Served, after?: string): Promise<ReceivedEvent[]> {
  const types: readonly string[] = typesOf(namespace);
  const events: ReceivedEvent[] = [];
  for (let from = after; ; ) {
    const { status, body } = await api.get(`/v1/events?limit=1000${from ? `&after=${from}` : ''}`);
    if (status !== 200) throw new Error(`GET /v1/events: ${status} ${JSON.stringify(body)}`);
    events.push(...body.items);
    if (body.next === body.head) return events.filter(({ type }) => types.includes(type));
    from = body.next;
  }
}

/** What a socket was told that is stored, in order. */
export const stored = (client: SocketClient): ReceivedEvent[] =>
  client.events.filter(({ cursor }) => cursor !== undefined);

/** Waits for as many stored events as the log holds after a cursor, and compares one by one. */
export async function expectAllOf(
  client: SocketClient,
  api: ApiClient,
  namespace: Served,
  after: string,
): Promise<ReceivedEvent[]> {
  const log = await logOf(api, namespace, after);
  await until(() => stored(client).length >= log.length, `${log.length} events of ${namespace} came`);
  expect(stored(client)).toEqual(log);
  return log;
}

const mark = 'Mark no.';
let marks = 0;

/**
 * Sends each shop a message of its own making and waits for it on the shops' sockets, and until each client has been served that
 * far: what is not there then never comes. Can be repeated, unlike `settle`, whose marker is the same each time.
 */
export async function passed(shops: Shop[], ...clients: SocketClient[]): Promise<void> {
  marks += 1;
  const text = `${mark} ${marks}.`;
  // Behind all that this shop was sent, in the same lane.
  await deliver(shops.map((shop) => shop.text(shop.chat(), text)));
  const ends = new Map<string, string>();
  for (const { tenant, messages, webhooks } of shops) {
    const arrived = (client: SocketClient, type: string) =>
      until(() => client.of(type).find(({ data }) => JSON.stringify(data).includes(text)), `${text} came as ${type}`);
    const told = [await arrived(messages, 'message.received'), await arrived(webhooks, 'webhook.received')];
    ends.set(tenant.workspaceId, told.map(({ cursor }) => cursor!).sort()[1]!);
  }
  for (const client of clients) {
    const end = ends.get(client.notice('ready').workspaceId)!;
    await until(async () => (await client.ask('heartbeat')).data?.cursor >= end, `a socket was served up to ${text}`);
  }
}

/** What a socket was told that is stored, in order, without the marks. */
export const unmarked = (client: SocketClient): ReceivedEvent[] =>
  stored(client).filter(({ data }) => !JSON.stringify(data).includes(mark));
