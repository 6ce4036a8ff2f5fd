import { closeSockets } from '../support/socket-client';
import { openTwoShops } from './support/shop';
import { tenant } from './support/world';

afterEach(closeSockets);

describe('a segment', () => {
  it('that is saved outlives the tag it names, and can be renamed', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { id: tagId } = await shop.api.made('/v1/contact-tags', { name: 'VIP' });
    await shop.api.made('/v1/contacts', { name: 'Ana', tags: ['VIP'] });
    const filter = { not: { field: 'tag', op: 'any_of', value: [tagId] } };
    const { id } = await shop.api.made('/v1/segments', { name: 'Others', filter });
    const found = async () => (await shop.api.all(`/v1/contacts?segmentId=${id}`)).map(({ name }) => name);
    expect(await found()).toEqual([]);
    expect((await shop.api.delete(`/v1/contact-tags/${tagId}`)).status).toBe(204);
    expect(await found()).toEqual(['Ana']);
    expect((await shop.api.patch(`/v1/segments/${id}`, { name: 'Everybody' })).status).toBe(200);
    for (const { api } of [shop, stranger])
      expect((await api.post('/v1/segments/count', { filter })).body.details[0].field).toBe('filter.not.value');
  });

  it('finds whom its filter says, each time anew, and nobody of another workspace', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const ids: Record<string, string> = {};
    for (const { api } of [shop, stranger]) {
      const { id: vip } = await api.made('/v1/contact-tags', { name: 'VIP' });
      for (const [key, type] of [
        ['note', 'text'],
        ['orders', 'number'],
        ['member', 'boolean'],
        ['since', 'date'],
      ])
        await api.made('/v1/contact-attributes', { key, label: key, type });
      await api.made('/v1/contact-attributes', {
        key: 'likes',
        label: 'Likes',
        type: 'choices',
        choices: ['hats', 'shoes'],
      });
      await api.made('/v1/contacts', {
        name: 'Ana',
        email: 'ana@example.com',
        tags: ['VIP'],
        attributes: { orders: 10, member: true, since: '2026-01-31', likes: ['hats', 'shoes'] },
      });
      await api.made('/v1/contacts', {
        name: 'Ben',
        phone: '34600111222',
        attributes: { orders: 2, note: '100% "quoted"', likes: ['hats'] },
      });
      if (api === shop.api) ids.vip = vip;
    }
    const chat = shop.chat({ customer: { waId: '34600111333', userId: undefined, phone: 'shown', name: 'Cid' } });
    await shop.receives(shop.text(chat, 'Hello'));
    const found = async (filter: object): Promise<string> => {
      const { id } = await shop.api.made('/v1/segments', { name: JSON.stringify(filter).slice(0, 90), filter });
      const names = (await shop.api.all(`/v1/contacts?segmentId=${id}`)).map(({ name }) => name).toSorted();
      expect((await shop.api.get(`/v1/segments/${id}/count`)).body).toEqual({ count: names.length });
      expect((await stranger.api.get(`/v1/contacts?segmentId=${id}`)).status).toBe(404);
      return names.join(' ');
    };
    const attribute = (key: string, op: string, value: unknown) => ({ field: 'attribute', key, op, value });
    expect(await found(attribute('orders', 'gt', 2))).toBe('Ana');
    expect(await found(attribute('orders', 'equals', 2))).toBe('Ben');
    expect(await found(attribute('orders', 'lte', 10))).toBe('Ana Ben');
    expect(await found(attribute('member', 'equals', true))).toBe('Ana');
    expect(await found(attribute('since', 'before', '2026-02-01'))).toBe('Ana');
    expect(await found(attribute('note', 'contains', '% "Q'))).toBe('Ben');
    expect(await found(attribute('note', 'exists', false))).toBe('Ana Cid');
    expect(await found(attribute('likes', 'all_of', ['hats', 'shoes']))).toBe('Ana');
    expect(await found(attribute('likes', 'none_of', ['shoes']))).toBe('Ben Cid');
    expect(await found({ field: 'tag', op: 'any_of', value: [ids.vip] })).toBe('Ana');
    expect(await found({ field: 'tag', op: 'none_of', value: [ids.vip] })).toBe('Ben Cid');
    expect(await found({ field: 'email', op: 'exists', value: true })).toBe('Ana');
    expect(await found({ field: 'phone', op: 'starts_with', value: '34600' })).toBe('Ben Cid');
    expect(await found({ field: 'platform', op: 'any_of', value: ['whatsapp'] })).toBe('Cid');
    const foreign = {
      any: [{ not: { field: 'channel', op: 'any_of', value: [shop.channel.id, stranger.channel.id] } }],
    };
    const refused = await shop.api.post('/v1/segments', { name: 'Foreign', filter: foreign });
    expect([refused.status, refused.body.details[0].field]).toEqual([404, 'filter.any[0].not.value']);
    expect(await found({ field: 'last_seen', op: 'within_days', value: 3650 })).toBe('Cid');
    expect(await found({ field: 'last_seen', op: 'not_within_days', value: 1 })).toContain('Ana Ben');
    expect(await found({ field: 'created', op: 'before', value: '2020-01-01' })).toBe('');
    expect(await found({ field: 'consent', op: 'is', value: 'unknown' })).toBe('Ana Ben Cid');
    expect(
      await found({
        any: [
          { all: [attribute('orders', 'gte', 2), { not: attribute('member', 'equals', true) }] },
          { field: 'name', op: 'equals', value: 'CID' },
        ],
      }),
    ).toBe('Ben Cid');
    expect(await found({ field: 'name', op: 'equals', value: "' or true --" })).toBe('');
  });

  it('is saved under a name of its own, changed, deleted, and refused where it is wrong', async () => {
    const [mine, other] = await Promise.all([tenant(), tenant()]);
    const filter = { field: 'name', op: 'exists', value: true };
    const { id } = await mine.api.made('/v1/segments', { name: 'Named', filter });
    expect((await mine.api.post('/v1/segments', { name: 'named', filter })).status).toBe(409);
    expect((await other.api.post('/v1/segments', { name: 'named', filter })).status).toBe(201);
    expect((await mine.api.patch(`/v1/segments/${id}`, { name: 'All who have a name' })).body).toMatchObject({
      filter,
    });
    for (const path of [`/v1/segments/${id}`, `/v1/segments/${id}/count`])
      expect((await other.api.get(path)).body.code).toBe('not_found');
    expect((await other.api.patch(`/v1/segments/${id}`, { name: 'x' })).status).toBe(404);
    expect((await other.api.delete(`/v1/segments/${id}`)).status).toBe(404);
    const wrong = await mine.api.post('/v1/segments', {
      name: 'Wrong',
      filter: { all: [{ field: 'sql', op: 'is', value: '1=1' }] },
    });
    expect([wrong.status, wrong.body.detail]).toEqual([
      400,
      expect.stringMatching(/^filter\.all\[0\]\.field: must be one of/),
    ]);
    expect((await mine.api.delete(`/v1/segments/${id}`)).status).toBe(204);
    expect(await mine.api.all('/v1/segments')).toEqual([]);
    expect(await other.api.all('/v1/segments')).toHaveLength(1);
  });
});
