import { closeSockets, dial } from '../support/socket-client';
import { until } from '../support/until';
import { gateways } from './support/realtime';
import { tenant } from './support/world';

afterEach(closeSockets);

const foreign = 'https://evil.example';
const polling = '/socket.io/?EIO=4&transport=polling';

describe.each(gateways.map((url, position) => [position + 1, url] as const))('on gateway %i', (_, url) => {
  it.each(['websocket', 'polling'])('a page of a foreign origin cannot use a good token by %s', async (transport) => {
    const { accessToken } = await tenant();
    const options = { transports: [transport], extraHeaders: { origin: foreign } };
    const client = dial(url, '/messages', { token: accessToken }, options);
    let refused: Error | undefined;
    client.socket.on('connect_error', (error) => {
      refused = error;
    });
    await until(() => refused, 'the foreign page is refused');
    expect(client.socket.connected).toBe(false);
    expect(client.notices).toEqual([]);
  });

  it.each([foreign, 'null', 'not an origin'])('%j is told what the operator has to set', async (origin) => {
    const answer = await fetch(`${url}${polling}`, { headers: { origin } });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('CORS_ORIGINS') });
    expect(answer.headers.get('access-control-allow-origin')).not.toBe(origin);
  });

  it('our own pages and clients that are no browser are let in', async () => {
    const { accessToken, userId } = await tenant();
    for (const extraHeaders of [{}, { origin: url }]) {
      const client = dial(url, '/messages', { token: accessToken }, { extraHeaders });
      expect(await client.waitForNotice('ready')).toMatchObject({ userId });
    }
  });
});
