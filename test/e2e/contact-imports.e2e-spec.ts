import type { Answer, ApiClient, Tenant } from '../support/api-client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { colleague, tenant } from './support/world';

afterEach(closeSockets);

async function upload(api: ApiClient, csv: string | Buffer, fileName = 'people.csv'): Promise<Answer> {
  const form = new FormData();
  form.set('file', new Blob([csv], { type: 'text/csv' }), fileName);
  const answer = await fetch(`${api.url}/v1/contact-imports`, {
    method: 'POST',
    headers: { authorization: `Bearer ${api.token}` },
    body: form,
  });
  return { status: answer.status, body: await answer.json() };
}

/** Uploads, starts, and waits until it has ended. */
async function taken(api: ApiClient, csv: string, order: object, fileName?: string) {
  const { status, body } = await upload(api, csv, fileName);
  expect([status, body.state]).toEqual([201, 'uploaded']);
  return ended(api, body.id, order);
}

async function ended(api: ApiClient, id: string, order: object) {
  await api.made(`/v1/contact-imports/${id}/start`, order);
  return until(async () => {
    const { body } = await api.get(`/v1/contact-imports/${id}`);
    return body.state !== 'running' && body;
  }, 'the import has ended');
}

const mapping = { Name: 'name', Phone: 'phone', Mail: 'email' };
const countsOf = ({ created, updated, unchanged, failed }: Record<string, number>) => [
  created,
  updated,
  unchanged,
  failed,
];

async function download(api: ApiClient, path: string): Promise<string> {
  const { status, body } = await api.get(path);
  expect(status).toBe(200);
  return body;
}

describe('a CSV of contacts', () => {
  it('is looked at, tried, taken in and told of, in its own workspace', async () => {
    const [mine, other] = await Promise.all([tenant(), tenant()]);
    const [socket, stranger] = await Promise.all([mine.sockets('/contacts'), other.sockets('/contacts')]);
    await mine.api.made('/v1/contact-attributes', { key: 'orders', label: 'Orders', type: 'number' });
    const known = await mine.api.made('/v1/contacts', { name: 'Ana', phone: '34600000001' });
    const csv =
      '\uFEFFName;Phone;Mail;Tags;Orders;Note\r\nAna D.;+34 600 000 001;ana@example.com;VIP;3;x\r\n"Ben ""B""";34600000002;;new;;y\r\n;;cid@example.com;;-5;\r\n';
    const { body: uploaded } = await upload(mine.api, csv);
    expect(uploaded).toMatchObject({
      state: 'uploaded',
      columns: ['Name', 'Phone', 'Mail', 'Tags', 'Orders', 'Note'],
      sample: [
        ['Ana D.', '+34 600 000 001', 'ana@example.com', 'VIP', '3', 'x'],
        ['Ben "B"', '34600000002', '', 'new', '', 'y'],
        expect.any(Array),
      ],
    });
    const order = {
      mapping: { ...mapping, Tags: 'tags', Orders: 'attribute:orders' },
      tags: ['June'],
      consent: 'opted_in',
    };
    const tried = await ended(mine.api, uploaded.id, { ...order, dryRun: true });
    expect([tried.state, countsOf(tried)]).toEqual(['checked', [2, 1, 0, 0]]);
    expect(await mine.api.all('/v1/contacts')).toHaveLength(1);
    expect(await mine.api.all('/v1/contact-tags')).toEqual([]);

    const done = await ended(mine.api, uploaded.id, order);
    expect([done.state, countsOf(done), done.rows, done.sample]).toEqual(['completed', [2, 1, 0, 0], 3, []]);
    expect((await mine.api.get(`/v1/contacts/${known.id}`)).body).toMatchObject({
      name: 'Ana D.',
      email: 'ana@example.com',
      tags: ['June', 'VIP'],
      attributes: { orders: 3 },
    });
    expect((await mine.api.get(`/v1/contacts/${known.id}/consents`)).body.items).toMatchObject([
      { state: 'opted_in', source: 'import', detail: 'people.csv' },
    ]);
    const [cid] = await mine.api.all('/v1/contacts?search=cid@example.com');
    expect(cid).toMatchObject({ name: null, attributes: { orders: -5 } });

    await socket.waitFor('contact.import_completed', 2);
    expect(socket.of('contact.import_completed').map(({ data }) => [data.state, data.dryRun, data.progress])).toEqual([
      ['checked', true, 1],
      ['completed', false, 1],
    ]);
    expect(socket.of('contact.import_progressed').length).toBeGreaterThan(0);
    expect(socket.of('contact.created', 'contact.updated', 'contact.opted_in')).toHaveLength(1);
    for (const path of ['', '/errors'])
      expect((await other.api.get(`/v1/contact-imports/${uploaded.id}${path}`)).status).toBe(404);
    expect((await other.api.post(`/v1/contact-imports/${uploaded.id}/start`, order)).status).toBe(404);
    expect((await other.api.delete(`/v1/contact-imports/${uploaded.id}`)).status).toBe(404);
    expect([await other.api.all('/v1/contact-imports'), await other.api.all('/v1/contacts')]).toEqual([[], []]);
    await other.api.made('/v1/contacts', { name: 'Mark' });
    await stranger.waitFor('contact.created');
    expect(stranger.events).toHaveLength(1);
  });

  it('taken in again changes nothing, and after a change that alone', async () => {
    const { api } = await tenant();
    const order = { mapping: { ...mapping, Tags: 'tags', OK: 'consent' }, tags: ['all'] };
    const csv = 'Name,Phone,Mail,Tags,OK\nAna,34600000001,a@x.org,VIP,yes\nBen,34600000002,,,no\n';
    expect(countsOf(await taken(api, csv, order))).toEqual([2, 0, 0, 0]);
    const before = await api.all('/v1/contacts');
    expect(countsOf(await taken(api, csv, order))).toEqual([0, 0, 2, 0]);
    expect(await api.all('/v1/contacts')).toEqual(before);
    expect(await api.all(`/v1/contacts/${before[0].id}/consents/history`)).toHaveLength(1);
    expect(countsOf(await taken(api, csv.replace('Ben', 'Benno'), order))).toEqual([0, 1, 1, 0]);
  });

  it('opts in nobody who has opted out since, and tells whom', async () => {
    const { api, channel } = await tenant();
    const { id: channelId } = await channel('whatsapp');
    const order = { mapping: { Name: 'name', Phone: 'phone' }, consent: 'opted_in', channelId };
    const csv = 'Name,Phone\nAna,34600000001\nBen,34600000002\nCid,34600000003\n';
    await taken(api, csv, order);
    const of = async (search: string) => (await api.all(`/v1/contacts?search=${search}`))[0].id;
    const [ana, ben, cid] = await Promise.all(['Ana', 'Ben', 'Cid'].map(of));
    await api.made(`/v1/contacts/${ana}/consents`, { state: 'opted_out', channelId, detail: 'STOP' });
    await api.made(`/v1/contacts/${ben}/consents`, { state: 'opted_out' });
    const statesOf = async (id: string) =>
      (await api.get(`/v1/contacts/${id}/consents`)).body.items.map((one: { state: string }) => one.state).toSorted();
    const standing = [['opted_out'], ['opted_in', 'opted_out'], ['opted_in']];
    for (const [dryRun, state] of [
      [true, 'checked'],
      [false, 'completed'],
    ] as const) {
      const done = await taken(api, csv.replace('Ana', 'Ana D.'), { ...order, dryRun });
      expect([done.state, countsOf(done), done.optOutsKept]).toEqual([state, [0, 1, 2, 0], 2]);
      const [, ...lines] = (await download(api, `/v1/contact-imports/${done.id}/errors`)).trim().split('\n');
      expect(lines).toEqual([
        expect.stringMatching(`^2,"Contact ${ana} has opted out.*",Ana D.,34600000001$`),
        expect.stringMatching(`^3,"Contact ${ben} has opted out.*",Ben,34600000002$`),
      ]);
      expect(await Promise.all([ana, ben, cid].map(statesOf))).toEqual(standing);
    }
    expect((await api.get(`/v1/contacts/${ana}`)).body.name).toBe('Ana D.');
    const everywhere = await taken(api, csv, { ...order, channelId: undefined });
    expect(everywhere.optOutsKept).toBe(1);
    expect(await statesOf(ben)).toEqual(standing[1]);
    await api.made(`/v1/contacts/${ben}/consents`, { state: 'opted_in' });
    expect((await taken(api, csv, order)).optOutsKept).toBe(1);
  });

  it('has its bad rows told with the reason, and the others taken in', async () => {
    const { api } = await tenant();
    const ana = await api.made('/v1/contacts', { phone: '34600000001' });
    await api.made('/v1/contacts', { email: 'ben@x.org' });
    const csv = [
      'Name,Phone,Mail',
      'good,34600000003,',
      '=cmd|calc,call me,',
      'short row,1',
      'nobody,,',
      `${'x'.repeat(300)},34600000004,`,
      'two people,34600000001,ben@x.org',
      '"multi\nline",34600000005,',
      'twice,34600000006,',
      'twice again,34600000006,twice@x.org',
      'stray " quote,34600000007,',
    ].join('\n');
    const done = await taken(api, csv, { mapping });
    expect([done.state, countsOf(done)]).toEqual(['completed', [3, 0, 1, 6]]);
    const [, ...lines] = (await download(api, `/v1/contact-imports/${done.id}/errors`)).trim().split('\n');
    const numbers = lines.flatMap((line) => /^\d+(?=,)/.exec(line) ?? []);
    expect(numbers).toEqual(['3', '4', '5', '6', '7', '9']);
    expect(lines[0]).toBe("3,Phone: must be a number with country code.,'=cmd|calc,call me,");
    expect(lines[4]).toContain(ana.id);
    expect((await api.all('/v1/contacts?search=34600000006'))[0]).toMatchObject({
      name: 'twice again',
      email: 'twice@x.org',
    });
    expect((await api.all('/v1/contacts?search=34600000007'))[0].name).toBe('stray " quote');
  });

  it('that cannot be read to its end is taken in as far as it can', async () => {
    const { api } = await tenant();
    for (const [tail, reason] of [
      ['"never closed\nx,34600000009\n', /^After line 2: a quote is opened and never closed/],
      [`"${'x'.repeat(600_000)}",34600000009\n`, /^After line 2: a row is longer than 256 KB/],
    ] as const) {
      const done = await taken(api, `Name,Phone\nAna,34600000001\n${tail}`, {
        mapping: { Name: 'name', Phone: 'phone' },
      });
      expect([done.state, done.rows, done.reason]).toEqual(['failed', 1, expect.stringMatching(reason)]);
    }
    expect(await api.all('/v1/contacts')).toHaveLength(1);
  });

  it('is refused when it is none, or too much is asked of it', async () => {
    const { api } = await tenant();
    const { api: other, channel } = await tenant();
    for (const [file, reason] of [
      ['', /empty/],
      [Buffer.from('\uFEFFName,Phone\n', 'utf16le'), /UTF-8/],
      [Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 1]), /UTF-8/],
    ] as const) {
      const { status, body } = await upload(api, file);
      expect([status, body.code, body.detail]).toEqual([400, 'invalid', expect.stringMatching(reason)]);
    }
    const json = await api.post('/v1/contact-imports', { file: 'x' });
    expect([json.status, json.body.code]).toEqual([400, 'invalid']);
    expect(await api.all('/v1/contact-imports')).toEqual([]);
    const { body } = await upload(api, 'Name,Phone\nAna,34600000001\n');
    const { id: foreign } = await channel('messenger');
    for (const [order, status] of [
      [{ mapping: { Fax: 'phone' } }, 400],
      [{ mapping: { Name: 'name' } }, 400],
      [{ mapping: { Phone: 'phone; drop table' } }, 400],
      [{ mapping: { Phone: 'identity:psid' }, channelId: foreign }, 404],
      [{ mapping: { Phone: ['phone'] } }, 400],
      [{}, 400],
    ] as const) {
      expect([order, (await api.post(`/v1/contact-imports/${body.id}/start`, order)).status]).toEqual([order, status]);
    }
    expect((await api.get(`/v1/contact-imports/${body.id}`)).body.state).toBe('uploaded');
    expect((await api.delete(`/v1/contact-imports/${body.id}`)).status).toBe(204);
    expect(await other.all('/v1/contacts')).toEqual([]);
  });

  it.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\windows\\system.ini', 'system.ini'],
    ['..', 'contacts.csv'],
    ['/', 'contacts.csv'],
  ])('named %s is a file and nothing else', async (given, shown) => {
    const { api } = await tenant();
    const { body } = await upload(api, 'Phone\n34600000001\n', given);
    expect(body.fileName).toBe(shown);
  });

  it('of 10,000 rows is taken in while its starts come twice, and every row counts once', async () => {
    const { api, sockets } = await tenant();
    const socket = await sockets('/contacts');
    const rows = Array.from({ length: 10_000 }, (_, at) => `Person ${at},${34_700_000_000 + at},p${at}@example.com`);
    const { body } = await upload(api, `Name,Phone,Mail\n${rows.join('\n')}\n`);
    const starts = await Promise.all(
      [1, 2, 3].map(() => api.post(`/v1/contact-imports/${body.id}/start`, { mapping })),
    );
    expect(starts.map(({ status }) => status).toSorted()).toEqual([202, 409, 409]);
    const [completed] = await socket.waitFor('contact.import_completed', 1, 50_000);
    expect(completed!.data).toMatchObject({
      state: 'completed',
      rows: 10_000,
      created: 10_000,
      failed: 0,
      progress: 1,
    });
    const progress = socket.of('contact.import_progressed').map(({ data }) => data.rows);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(socket.of('contact.created')).toEqual([]);
    expect(
      (await api.made('/v1/segments/count', { filter: { field: 'email', op: 'exists', value: true } })).count,
    ).toBe(10_000);
    expect((await api.get('/v1/contacts?search=p9999')).body.items).toMatchObject([{ name: 'Person 9999' }]);
  });
});

describe('an export of contacts', () => {
  const people: [Tenant['api'], object][] = [];

  it('holds those asked for, and nothing that a spreadsheet would run', async () => {
    const [mine, other] = await Promise.all([tenant(), tenant()]);
    const tag = await mine.api.made('/v1/contact-tags', { name: 'VIP' });
    await mine.api.made('/v1/contact-attributes', { key: 'note', label: 'Note', type: 'text' });
    const evil = ['=1+1', '+1', '-1', '@SUM(A1)', '=HYPERLINK("http://x")'];
    for (const [at, name] of evil.entries())
      people.push([
        mine.api,
        { name, phone: `3460000000${at}`, tags: at === 0 ? ['VIP'] : [], attributes: { note: `\t=${name}` } },
      ]);
    people.push([other.api, { name: 'Foreign' }]);
    for (const [api, body] of people) await api.made('/v1/contacts', body);
    const csv = await download(mine.api, '/v1/contact-exports');
    expect(csv.startsWith('id,name,username,phone,email,tags,created,last seen,note\n')).toBe(true);
    const lines = csv.trim().split('\n').slice(1);
    expect(lines).toHaveLength(evil.length);
    for (const line of lines) for (const cell of line.split(',')) expect(cell).not.toMatch(/^"?[=+\-@\t\r]/);
    expect(csv).not.toContain('Foreign');
    expect((await download(mine.api, `/v1/contact-exports?tagId=${tag.id}`)).trim().split('\n')).toHaveLength(2);
    expect((await download(mine.api, '/v1/contact-exports?search=34600000003')).trim().split('\n')).toHaveLength(2);

    const back = await taken(mine.api, csv, { mapping: { name: 'name', phone: 'phone', tags: 'tags' } });
    expect(countsOf(back)).toEqual([0, 0, evil.length, 0]);
    const there = await taken(other.api, csv, { mapping: { name: 'name', phone: 'phone' } });
    expect(countsOf(there)).toEqual([evil.length, 0, 0, 0]);
    expect((await other.api.all('/v1/contacts?search=34600000000'))[0].name).toBe('=1+1');
  });
});

it('importing and exporting are for admins', async () => {
  const owner = await tenant();
  const [agent, admin] = await Promise.all([colleague(owner, 'agent'), colleague(owner, 'admin')]);
  expect((await upload(agent.api, 'Phone\n34600000001\n')).status).toBe(403);
  const { status, body } = await upload(admin.api, 'Phone\n34600000001\n');
  expect(status).toBe(201);
  for (const path of [
    '/v1/contact-imports',
    `/v1/contact-imports/${body.id}`,
    `/v1/contact-imports/${body.id}/errors`,
    '/v1/contact-exports',
  ]) {
    expect([path, (await agent.api.get(path)).status]).toEqual([path, 403]);
    expect([path, (await admin.api.get(path)).status]).toEqual([path, 200]);
    expect([path, (await admin.api.as('').get(path)).status]).toEqual([path, 401]);
  }
  expect((await agent.api.post(`/v1/contact-imports/${body.id}/start`, { mapping: { Phone: 'phone' } })).status).toBe(
    403,
  );
  expect((await agent.api.delete(`/v1/contact-imports/${body.id}`)).status).toBe(403);
});
