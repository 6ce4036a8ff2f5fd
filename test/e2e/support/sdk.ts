import { type ClientOptions, connect, type Envelope, type SwitchboardClient } from '@switchboard/client';
import type { Namespace } from '@switchboard/contracts';
import { Line } from '../../support/line';
import { until } from '../../support/until';
import { world } from './world';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

/** Where HTTP and sockets are answered by one process. */
export const both = world.gateways.find((url) => world.apis.includes(url))!;

export async function lineTo(url = both): Promise<Line> {
  const line = await Line.to(url);
  opened.push(line);
  return line;
}

/** An application of somebody who is signed in; reconnects fast, so that a test need not wait. */
export function sdk(token: string | ClientOptions['token'], options: Partial<ClientOptions> = {}): SwitchboardClient {
  const client = connect({
    url: both,
    token: typeof token === 'string' ? async () => token : token,
    backoff: { first: 20, longest: 200 },
    linger: 0,
    ...options,
  });
  opened.push(client);
  return client;
}

/** Everything that a client is told of a namespace from now on, in order, the ephemeral left out. */
export function record(client: SwitchboardClient, namespace: Namespace): Envelope[] {
  const told: Envelope[] = [];
  client.listen(namespace);
  client.on('*', (envelope) => {
    if (envelope.cursor !== undefined) told.push(envelope);
  });
  return told;
}

export async function online(client: SwitchboardClient): Promise<void> {
  await until(() => client.connection.current.status === 'online', 'the client is online');
}
