import type { Platform } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { openTwoShops, Shop } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

/** Conversations of a shop, oldest first, each with a message a minute after the one before. */
async function conversationsOf<P extends Platform>(shop: Shop<P>, count: number) {
  const start = Date.parse('2026-10-01T09:00:00Z');
  const chats = Array.from({ length: count }, () => shop.chat());
  await shop.receives(chats.map((chat, n) => shop.text(chat, `Customer ${n} asks`, { at: start + n * 60_000 })));
  const listed = await shop.conversations();
  expect(listed).toHaveLength(count);
  const ids: string[] = listed.map(({ id }) => id).reverse();
  return { ids, chats };
}

describe('the list of conversations', () => {
  it('is narrowed by status, assignee, channel, platform, label, unread and snoozed, each and together', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { ids } = await conversationsOf(shop, 6);
    await conversationsOf(stranger, 2);
    const page = await shop.tenant.channel('messenger');
    const pageShop = new Shop('messenger', shop.tenant, page, shop.webhooks, shop.messages);
    await pageShop.receives(pageShop.text(pageShop.chat(), 'On the page', { at: Date.parse('2026-10-02T09:00:00Z') }));
    const [onPage] = (await shop.conversations()).map(({ id }) => id);
    const agent = await colleague(shop.tenant, 'agent');
    const label = await shop.api.made('/v1/labels', { name: 'VIP', color: '#ff0000' });
    const change = async (position: number, body: object) => {
      const answer = await shop.api.patch(`/v1/conversations/${ids[position]}`, { version: 1, ...body });
      expect(answer.status).toBe(200);
    };
    await change(0, { status: 'closed', assigneeId: agent.userId });
    await change(1, { assigneeId: agent.userId, labels: [label.id] });
    await change(2, { status: 'snoozed', snoozedUntil: new Date(Date.now() + 3_600_000).toISOString() });
    await change(3, { assigneeId: shop.tenant.userId });
    await change(4, { status: 'pending', labels: [label.id] });
    await shop.api.post(`/v1/conversations/${ids[5]}/read`);

    const listed = async (query: string, api = shop.api): Promise<(number | string)[]> => {
      const all = await api.all(`/v1/conversations?${query}`);
      return all.map(({ id }) => (id === onPage ? 'page' : ids.indexOf(id)));
    };
    expect(await listed('')).toEqual(['page', 5, 4, 3, 2, 1, 0]);
    expect(await listed('status=closed')).toEqual([0]);
    expect(await listed('status=closed,pending')).toEqual([4, 0]);
    expect(await listed('status=closed&status=pending')).toEqual([4, 0]);
    expect(await listed('snoozed=true')).toEqual([2]);
    expect(await listed('snoozed=false')).toEqual(['page', 5, 4, 3, 1, 0]);
    expect(await listed('snoozed=true&status=open')).toEqual([]);
    expect(await listed('assignee=me')).toEqual([3]);
    expect(await listed('assignee=me', agent.api)).toEqual([1, 0]);
    expect(await listed(`assignee=${agent.userId}&status=open`)).toEqual([1]);
    expect(await listed('assignee=none')).toEqual(['page', 5, 4, 2]);
    expect(await listed('platform=messenger')).toEqual(['page']);
    expect(await listed('platform=whatsapp&status=open')).toEqual([5, 3, 1]);
    expect(await listed(`channelId=${page.id}`)).toEqual(['page']);
    expect(await listed(`channelId=${page.id}&platform=whatsapp`)).toEqual([]);
    expect(await listed(`label=${label.id}`)).toEqual([4, 1]);
    expect(await listed(`label=${label.id}&assignee=me`, agent.api)).toEqual([1]);
    expect(await listed('unread=true')).toEqual(['page', 4, 3, 2, 1, 0]);
    expect(await listed('unread=false')).toEqual([5]);
    expect(await listed(`channelId=${stranger.channel.id}`)).toEqual([]);
    expect(await listed(`label=${label.id}`, stranger.api)).toEqual([]);
    expect(await listed(`assignee=${agent.userId}`, stranger.api)).toEqual([]);
  });

  it('is paged without repeating or losing one, also when conversations move meanwhile', async () => {
    const { shop } = await openTwoShops('messenger');
    const { ids, chats } = await conversationsOf(shop, 7);
    const first = (await shop.api.get('/v1/conversations?limit=3')).body;
    expect(first.items.map(({ id }: { id: string }) => id)).toEqual(ids.slice(4).reverse());
    // The last of the page is written to again and goes to the top.
    const [last] = first.items.slice(-1);
    await shop.receives(
      shop.text(chats[ids.indexOf(last.id)]!, 'Me again', { at: Date.parse('2026-10-03T09:00:00Z') }),
    );
    expect((await shop.api.get('/v1/conversations?limit=1')).body.items[0].id).toBe(last.id);
    const rest: string[] = [];
    for (let next = first.next; next; ) {
      const { body } = await shop.api.get(`/v1/conversations?limit=3&before=${next}`);
      rest.push(...body.items.map(({ id }: { id: string }) => id));
      next = body.next;
    }
    expect(rest).toEqual(ids.slice(0, 4).reverse());
  });

  it('refuses filters that are none', async () => {
    const { shop } = await openTwoShops('messenger');
    for (const query of [
      'status=done',
      'status=',
      'assignee=everybody',
      'label=VIP',
      'unread=maybe',
      'platform=telegram',
      'before=yesterday',
      'before=1_2',
      'limit=201',
      'q=hello',
    ]) {
      const { status, body } = await shop.api.get(`/v1/conversations?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, 'invalid']);
      expect(body.detail).toMatch(new RegExp(query.split('=')[0]!));
    }
    const beyond = '999999999999999_01900000-0000-7000-8000-000000000000';
    expect((await shop.api.get(`/v1/conversations?before=${beyond}`)).status).toBe(200);
  });
});
