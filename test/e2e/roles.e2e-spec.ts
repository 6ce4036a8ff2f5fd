import { closeSockets, dial } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { openShop, settle } from './support/shop';
import { tenant, world } from './support/world';

afterEach(closeSockets);

const rolesOf = (url: string) => ({ api: world.apis.includes(url), gateway: world.gateways.includes(url) });
const processes = world.processes.map((url, position) => [position + 1, url] as const);

describe.each(processes)('process %i of the installation', (_, url) => {
  const roles = rolesOf(url);

  it('answers REST and webhooks if that is its role, and else says which process to ask', async () => {
    for (const path of ['/v1/conversations', '/webhooks/meta', '/docs', '/docs-json', '/']) {
      const answer = await fetch(`${url}${path}`, { method: path === '/webhooks/meta' ? 'POST' : 'GET' });
      const text = await answer.text();
      if (roles.api) expect(text).not.toContain('This process has the roles');
      else {
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/);
        expect(JSON.parse(text)).toMatchObject({
          status: 404,
          code: 'not_found',
          detail: expect.stringMatching(/^This process has the roles [\w, ]+; send this to one with the role api\.$/),
        });
      }
    }
    expect((await fetch(`${url}/v1/conversations`)).status).toBe(roles.api ? 401 : 404);
  });

  it('accepts sockets if that is its role', async () => {
    const owner = await tenant();
    const client = dial(url, '/messages', { token: owner.accessToken });
    let refused = false;
    client.socket.on('connect_error', () => {
      refused = true;
    });
    await until(() => refused || client.notice('ready'), 'it is accepted or refused');
    expect(refused).toBe(!roles.gateway);
    const polling = await fetch(`${url}/socket.io/?EIO=4&transport=polling`);
    await polling.text();
    expect(polling.ok).toBe(roles.gateway);
  });
});

describe('whichever process', () => {
  it('takes a webhook in, every gateway tells of it', async () => {
    const shop = await openShop('messenger');
    const sockets = await Promise.all(world.gateways.map((url) => shop.tenant.sockets('/messages', {}, url)));
    for (const [api] of world.apis.entries()) {
      await deliver(shop.text(shop.chat(), `by api ${api}`), 'merged', api);
    }
    await settle(shop);
    for (const socket of sockets) {
      const told = await socket.waitFor('message.received', world.apis.length + 1);
      expect(
        told
          .slice(0, -1)
          .map(({ data }) => data.message.content.text)
          .toSorted(),
      ).toEqual(world.apis.map((_, api) => `by api ${api}`));
    }
  });

  it('an agent is typing at, the others see it', async () => {
    const shop = await openShop('messenger');
    await shop.receives(shop.text(shop.chat(), 'Hello'));
    const { conversation } = await shop.onlyConversation();
    const sockets = await Promise.all(world.gateways.map((url) => shop.tenant.sockets('/messages', {}, url)));
    await sockets[0]!.ask('typing.start', { conversationId: conversation.id });
    for (const socket of sockets) {
      const [typing] = await socket.waitFor('typing.started');
      expect(typing!.data).toEqual({ conversationId: conversation.id, userId: shop.tenant.userId });
    }
  });
});
