import type { Tenant } from '../support/api-client';
import { closeSockets } from '../support/socket-client';
import { openShop } from './support/shop';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);

const nobody = '01900000-0000-7000-8000-000000000000';
const namesOf = (items: { name: string }[]): string[] => items.map(({ name }) => name);

async function twoTenants(): Promise<[Tenant, Tenant]> {
  return Promise.all([tenant(), tenant()]);
}

describe('a contact', () => {
  it('is added, found, changed, told of and deleted, in its own workspace only', async () => {
    const [mine, other] = await twoTenants();
    const sockets = await Promise.all([mine.sockets('/contacts'), other.sockets('/contacts')]);
    await mine.api.made('/v1/contact-tags', { name: 'VIP' });
    await mine.api.made('/v1/contact-attributes', { key: 'orders', label: 'Orders', type: 'number' });
    const ana = await mine.api.made('/v1/contacts', {
      name: 'Ana Diaz',
      phone: '+34 600 111 222',
      email: 'Ana.Diaz@Example.com',
      tags: ['vip'],
      attributes: { orders: 3 },
    });
    expect(ana).toMatchObject({
      name: 'Ana Diaz',
      phone: '34600111222',
      email: 'ana.diaz@example.com',
      tags: ['VIP'],
      attributes: { orders: 3 },
      identities: [
        { kind: 'email', value: 'ana.diaz@example.com', channelId: null },
        { kind: 'wa_id', value: '34600111222', channelId: null },
      ],
    });
    expect((await mine.api.get(`/v1/contacts/${ana.id}`)).body).toEqual(ana);

    const changed = await mine.api.patch(`/v1/contacts/${ana.id}`, {
      name: null,
      email: 'ana@example.org',
      attributes: { orders: null },
      tags: [],
    });
    expect(changed.body).toMatchObject({ name: null, phone: '34600111222', tags: [], attributes: {} });
    expect(changed.body.identities).toHaveLength(3);

    for (const answer of [
      await other.api.get(`/v1/contacts/${ana.id}`),
      await other.api.patch(`/v1/contacts/${ana.id}`, { name: 'Mine' }),
      await other.api.delete(`/v1/contacts/${ana.id}`),
      await other.api.post(`/v1/contacts/${ana.id}/identities`, { kind: 'wa_user_id', value: 'X' }),
      await other.api.get(`/v1/contacts/${ana.id}/consents`),
      await other.api.post(`/v1/contacts/${ana.id}/consents`, { state: 'opted_out' }),
      await mine.api.get(`/v1/contacts/${nobody}`),
    ]) {
      expect([answer.status, answer.body.code]).toEqual([404, 'not_found']);
    }
    expect((await mine.api.delete(`/v1/contacts/${ana.id}`)).status).toBe(204);
    expect((await mine.api.get(`/v1/contacts/${ana.id}`)).status).toBe(404);
    expect((await mine.api.all('/v1/contacts')).length).toBe(0);

    await sockets[0].waitFor('contact.deleted');
    expect(sockets[0].events.map(({ type }) => type)).toEqual([
      'contact.created',
      'contact.updated',
      'contact.deleted',
    ]);
    expect(sockets[0].events[0]!.data).toMatchObject({
      contact: { id: ana.id, email: 'ana.diaz@example.com', tags: ['VIP'], attributes: { orders: 3 } },
      channelId: null,
    });
    await other.api.made('/v1/contacts', { name: 'Somebody else' });
    await sockets[1].waitFor('contact.created');
    expect(sockets[1].events).toHaveLength(1);
  });

  it('has its number and address alone: who would take them is told whose they are', async () => {
    const [mine, other] = await twoTenants();
    const ana = await mine.api.made('/v1/contacts', { name: 'Ana', phone: '34600111222', email: 'ana@example.com' });
    const ben = await mine.api.made('/v1/contacts', { name: 'Ben' });
    for (const answer of [
      await mine.api.post('/v1/contacts', { phone: '0034600111222' }),
      await mine.api.patch(`/v1/contacts/${ben.id}`, { email: 'ANA@example.com' }),
      await mine.api.post(`/v1/contacts/${ben.id}/identities`, { kind: 'wa_id', value: '+34600111222' }),
    ]) {
      expect([answer.status, answer.body.details]).toEqual([409, { contactId: ana.id }]);
    }
    expect((await other.api.post('/v1/contacts', { phone: '34600111222' })).status).toBe(201);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => mine.api.post('/v1/contacts', { phone: '4915100000' })),
    );
    expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409, 409, 409, 409]);
    expect(await mine.api.all('/v1/contacts?search=4915100000')).toHaveLength(1);
  });

  it('added by hand is the one who writes later, and is then not deleted', async () => {
    const shop = await openShop('whatsapp');
    const chat = shop.chat({ customer: { waId: '34600111222', userId: undefined, phone: 'shown', name: 'Ana' } });
    const added = await shop.api.made('/v1/contacts', { phone: '+34 600 111 222', attributes: {} });
    await shop.receives(shop.text(chat, 'Hello'));
    const { conversation } = await shop.onlyConversation();
    expect(conversation.contact).toMatchObject({ id: added.id, name: 'Ana' });
    expect((await shop.api.get(`/v1/contacts/${added.id}`)).body.lastSeenAt).toEqual(expect.any(String));
    const refused = await shop.api.delete(`/v1/contacts/${added.id}`);
    expect([refused.status, refused.body.code]).toEqual([409, 'conflict']);
  });

  it('has identities of channels, added and taken away', async () => {
    const [mine, other] = await twoTenants();
    const [page, foreign] = [await mine.channel('messenger'), await other.channel('messenger')];
    const { id } = await mine.api.made('/v1/contacts', {
      identities: [
        { kind: 'psid', value: '777', channelId: page.id },
        { kind: 'wa_user_id', value: 'ES.1' },
      ],
    });
    expect((await mine.api.all('/v1/contacts?search=777')).map((one) => one.id)).toEqual([id]);
    expect(await other.api.all('/v1/contacts?search=777')).toEqual([]);
    for (const [identity, status] of [
      [{ kind: 'psid', value: '778' }, 400],
      [{ kind: 'wa_id', value: '34600111222', channelId: page.id }, 400],
      [{ kind: 'psid', value: '778', channelId: foreign.id }, 404],
      [{ kind: 'fax', value: '1' }, 400],
      [{ kind: 'wa_id', value: 'abc' }, 400],
    ] as const) {
      expect((await mine.api.post(`/v1/contacts/${id}/identities`, identity)).status).toBe(status);
    }
    const remove = () =>
      mine.api.post(`/v1/contacts/${id}/identities/remove`, { kind: 'psid', value: '777', channelId: page.id });
    expect((await remove()).body.identities).toEqual([{ kind: 'wa_user_id', value: 'ES.1', channelId: null }]);
    expect((await remove()).status).toBe(404);
  });

  it.each([
    [{ phone: 'not a number' }, 'phone'],
    [{ email: 'nowhere' }, 'email'],
    [{ name: 'two\nlines' }, 'name'],
    [{ name: 'nul\0' }, 'name'],
    [{ name: 'x'.repeat(201) }, 'name'],
    [{ attributes: { unknown: 1 } }, 'attributes.unknown'],
    [{ attributes: [] }, 'attributes'],
    [{ tags: ['no such'] }, 'tags'],
    [{ workspaceId: nobody }, 'workspaceId'],
  ])('is refused as %j, naming the field', async (body, field) => {
    const answer = await (await tenant()).api.post('/v1/contacts', body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
    expect(answer.body.detail).toContain(field);
  });
});

describe('the list of contacts', () => {
  it('is searched by name, number, username, e-mail, and paged', async () => {
    const [mine, other] = await twoTenants();
    const people = [
      { name: 'Ana Díaz', phone: '34600111222', email: 'first@example.com' },
      { name: 'Anabel Roe', username: '@bel.roe', phone: '34600111333' },
      { name: 'Zoë', email: 'zoe@shop.example' },
    ];
    for (const { api } of [mine, other]) for (const one of people) await api.made('/v1/contacts', one);
    const search = async (text: string) =>
      namesOf(await mine.api.all(`/v1/contacts?search=${encodeURIComponent(text)}`));
    expect(await search('ana')).toEqual(['Anabel Roe', 'Ana Díaz']);
    expect(await search('roe an')).toEqual(['Anabel Roe']);
    expect(await search('+34 600 111 2')).toEqual(['Ana Díaz']);
    expect(await search('bel.r')).toEqual(['Anabel Roe']);
    expect(await search('zoe@shop')).toEqual(['Zoë']);
    expect(await search('Zoë')).toEqual(['Zoë']);
    expect(await search('diaz')).toEqual([]);
    for (const text of ["' or 1=1 --", '%%', "q' & !'w", '\\\\', ':*', '()'])
      expect([text, await search(text)]).toEqual([text, []]);
    const first = (await mine.api.get('/v1/contacts?limit=2')).body;
    expect(namesOf(first.items)).toEqual(['Zoë', 'Anabel Roe']);
    const second = (await mine.api.get(`/v1/contacts?limit=2&before=${first.next}`)).body;
    expect([namesOf(second.items), second.next]).toEqual([['Ana Díaz'], null]);
    expect(second.head).toMatch(/^\w+\.\d{16}$/);
  });
});

describe('tags and attributes', () => {
  it('are of one workspace, and go from contacts when they are deleted', async () => {
    const [mine, other] = await twoTenants();
    const [tag, foreign] = await Promise.all(
      [mine, other].map(({ api }) => api.made('/v1/contact-tags', { name: 'Gold' })),
    );
    expect((await mine.api.post('/v1/contact-tags', { name: 'GOLD' })).status).toBe(409);
    const colour = { key: 'colour', label: 'Colour', type: 'choices', choices: ['red', 'blue'] };
    const attribute = await mine.api.made('/v1/contact-attributes', colour);
    expect((await mine.api.post('/v1/contact-attributes', colour)).status).toBe(409);
    const nameless = await mine.api.post('/v1/contact-attributes', { key: 'size', type: 'text' });
    expect([nameless.status, nameless.body.details[0].field]).toEqual([400, 'label']);
    const ana = await mine.api.made('/v1/contacts', { name: 'Ana', tags: ['gold'], attributes: { colour: ['red'] } });
    expect(namesOf(await mine.api.all(`/v1/contacts?tagId=${tag.id}`))).toEqual(['Ana']);
    expect(await mine.api.all(`/v1/contacts?tagId=${foreign.id}`)).toEqual([]);

    expect((await mine.api.patch(`/v1/contact-tags/${tag.id}`, { name: 'Platinum' })).body.name).toBe('Platinum');
    expect((await mine.api.get(`/v1/contacts/${ana.id}`)).body.tags).toEqual(['Platinum']);
    expect((await mine.api.patch(`/v1/contact-tags/${foreign.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await mine.api.delete(`/v1/contact-tags/${foreign.id}`)).status).toBe(404);
    const used = await mine.api.patch(`/v1/contact-attributes/${attribute.id}`, { choices: ['blue'] });
    expect([used.status, used.body.detail]).toEqual([409, expect.stringContaining('red')]);
    expect((await other.api.patch(`/v1/contact-attributes/${attribute.id}`, { label: 'X' })).status).toBe(404);
    expect((await other.api.delete(`/v1/contact-attributes/${attribute.id}`)).status).toBe(404);

    expect((await mine.api.delete(`/v1/contact-tags/${tag.id}`)).status).toBe(204);
    expect((await mine.api.delete(`/v1/contact-attributes/${attribute.id}`)).status).toBe(204);
    expect((await mine.api.get(`/v1/contacts/${ana.id}`)).body).toMatchObject({ tags: [], attributes: {} });
    expect([await mine.api.all('/v1/contact-tags'), await mine.api.all('/v1/contact-attributes')]).toEqual([[], []]);
    expect(await other.api.all('/v1/contact-tags')).toHaveLength(1);
  });
});

describe('what a contact agreed to', () => {
  it('is the latest by its time, by channel, with all that was told', async () => {
    const [mine, other] = await twoTenants();
    const socket = await mine.sockets('/contacts');
    const [channel, second, foreign] = [
      await mine.channel('whatsapp'),
      await mine.channel('messenger'),
      await other.channel('whatsapp'),
    ];
    const { id } = await mine.api.made('/v1/contacts', { name: 'Ana' });
    const tell = async (body: object) => {
      const answer = await mine.api.post(`/v1/contacts/${id}/consents`, body);
      return answer.status === 200 ? answer.body.items : answer.status;
    };
    expect(
      await tell({ state: 'opted_out', channelId: channel.id, at: '2026-03-01T00:00:00Z', detail: 'STOP' }),
    ).toMatchObject([{ channelId: channel.id, state: 'opted_out', source: 'rest', detail: 'STOP' }]);
    expect(await tell({ state: 'opted_in', channelId: channel.id, at: '2026-02-01T00:00:00Z' })).toMatchObject([
      { state: 'opted_out' },
    ]);
    expect(await tell({ state: 'opted_in', channelId: channel.id, at: '2026-04-01T00:00:00Z' })).toMatchObject([
      { state: 'opted_in' },
    ]);
    expect(await tell({ state: 'opted_out' })).toHaveLength(2);
    expect(await tell({ state: 'opted_out', channelId: foreign.id })).toBe(404);
    expect(await tell({ state: 'maybe' })).toBe(400);
    expect(await tell({ state: 'opted_out', at: '2999-01-01T00:00:00Z' })).toBe(400);
    const history = await mine.api.all(`/v1/contacts/${id}/consents/history`);
    expect(history.map((one) => [one.channelId, one.state])).toEqual([
      [null, 'opted_out'],
      [channel.id, 'opted_in'],
      [channel.id, 'opted_in'],
      [channel.id, 'opted_out'],
    ]);
    await socket.waitFor('contact.opted_out', 2);
    expect(socket.events.slice(1).map(({ type, data }) => [type, data.channelId])).toEqual([
      ['contact.opted_out', channel.id],
      ['contact.opted_in', channel.id],
      ['contact.opted_out', null],
    ]);
    const count = async (value: string, channelId?: string) =>
      (await mine.api.made('/v1/segments/count', { filter: { field: 'consent', op: 'is', value, channelId } })).count;
    // Out of every channel is later than in to this one; nothing was said for the second.
    expect([
      await count('opted_out', channel.id),
      await count('opted_out', second.id),
      await count('opted_in'),
    ]).toEqual([1, 1, 0]);
  });
});

describe('who may', () => {
  it('look as a viewer, work as an agent, set up as an admin', async () => {
    const owner = await tenant();
    const [viewer, agent, admin] = await Promise.all(
      (['viewer', 'agent', 'admin'] as const).map((role) => colleague(owner, role)),
    );
    const { id } = await owner.api.made('/v1/contacts', { name: 'Ana' });
    const { id: tagId } = await owner.api.made('/v1/contact-tags', { name: 'Gold' });
    const reads = [
      '/v1/contacts',
      `/v1/contacts/${id}`,
      `/v1/contacts/${id}/consents`,
      `/v1/contacts/${id}/consents/history`,
      '/v1/contact-tags',
      '/v1/contact-attributes',
      '/v1/segments',
    ];
    for (const path of reads) {
      expect([path, (await viewer!.api.get(path)).status]).toEqual([path, 200]);
      expect([path, (await owner.api.as('').get(path)).status]).toEqual([path, 401]);
    }
    const filter = { field: 'name', op: 'exists', value: true };
    const agents: [string, object][] = [
      ['/v1/contacts', { name: 'Ben' }],
      [`/v1/contacts/${id}/identities`, { kind: 'wa_user_id', value: 'ES.2' }],
      [`/v1/contacts/${id}/consents`, { state: 'opted_in' }],
      ['/v1/contact-tags', { name: 'Silver' }],
      ['/v1/segments', { name: 'Named', filter }],
    ];
    for (const [path, body] of agents) {
      expect([path, (await viewer!.api.post(path, body)).status]).toEqual([path, 403]);
      expect([path, Math.floor((await agent!.api.post(path, body)).status / 100)]).toEqual([path, 2]);
    }
    const attribute = { key: 'plan', label: 'Plan', type: 'text' };
    expect((await agent!.api.post('/v1/contact-attributes', attribute)).status).toBe(403);
    expect((await admin!.api.post('/v1/contact-attributes', attribute)).status).toBe(201);
    expect((await agent!.api.delete(`/v1/contact-tags/${tagId}`)).status).toBe(403);
    expect((await agent!.api.delete(`/v1/contacts/${id}`)).status).toBe(403);
    expect((await admin!.api.delete(`/v1/contacts/${id}`)).status).toBe(204);
  });
});
