import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';
import { tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

/** Uploads a file, and takes it in where an order is given. */
async function imported({ shop: { api } }: Pick<CampaignShop, 'shop'>, csv: string, order?: object): Promise<Body> {
  const form = new FormData();
  form.set('file', new Blob([csv], { type: 'text/csv' }), 'people.csv');
  const headers = { authorization: `Bearer ${api.token}` };
  const answer = await fetch(`${api.url}/v1/contact-imports`, { method: 'POST', headers, body: form });
  const { id } = (await answer.json()) as { id: string };
  if (order) await api.made(`/v1/contact-imports/${id}/start`, order);
  return until(async () => {
    const { body } = await api.get(`/v1/contact-imports/${id}`);
    return body.state !== 'running' && body;
  }, 'the file is read');
}

const mapping = { Phone: 'phone', Name: 'name' };
const templates = [
  { name: 'voucher', category: 'MARKETING' as const, components: [{ type: 'BODY', text: 'Your voucher: {{1}}' }] },
];
const content = {
  ...{ type: 'template', name: 'voucher', language: 'en_US' },
  components: [{ type: 'body', parameters: [{ type: 'text', text: '{{row.Voucher code|none}}' }] }],
};

async function shopWithTemplate(): Promise<CampaignShop> {
  const desk = await openCampaignShop('whatsapp', 0, { account: { templates } });
  const { api, channel } = desk.shop;
  await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
  return desk;
}

describe('a campaign for the people in a file', () => {
  it('makes those it does not know, says what stands in their row, and sends once to who stands in it twice', async () => {
    const desk = await shopWithTemplate();
    const { api } = desk.shop;
    const csv = [
      'Phone,Name,Voucher code,Internal note',
      '+34600000001,Ana,A-1,secret',
      '34600000002,Ben,"B ""2"", or so",',
      '+34 600 000 001,Ana again,A-9,',
      'nobody,,C-3,',
      '34600000004,Dana,,',
    ].join('\n');
    const file = await imported(desk, csv, { mapping, keepRows: true });
    expect(file).toMatchObject({ state: 'completed', created: 3, failed: 1, keepRows: true, duplicates: 1 });
    const { body: errors } = await api.get(`/v1/contact-imports/${file.id}/errors`);
    expect(errors).toMatch(/4,.*stands in the file before/);
    const { id } = await desk.draft({ audience: { importId: file.id }, content });
    const { body: preview } = await api.get(`/v1/campaigns/${id}/preview`);
    expect(preview).toMatchObject({ audience: 3, recipients: 3, file: { rows: 5, refused: 1, duplicates: 1 } });
    expect(JSON.stringify(preview.sample)).toContain('A-1');

    const [ana] = (await api.all('/v1/contacts?search=Ana')).slice(0, 1);
    const looked = await api.made(`/v1/campaigns/${id}/test`, { contactIds: [ana.id] });
    expect(looked.items).toMatchObject([{ problem: null }]);
    await until(() => desk.graph.messages.count === 1, 'the look is sent');
    expect(JSON.stringify(desk.graph.messages.all()[0]!.body)).toContain('"A-1"');

    await api.made(`/v1/campaigns/${id}/start`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read');
    expect(
      desk.graph.messages
        .since(1)
        .map(({ recipient }) => recipient)
        .toSorted(),
    ).toEqual(['34600000001', '34600000002', '34600000004']);
    const said = desk.graph.messages.since(1).map(({ body }) => JSON.stringify(body));
    for (const code of ['"A-1"', '"B \\"2\\", or so"', '"none"'])
      expect(said.some((one) => one.includes(code))).toBe(true);
    // Only what the message speaks of is kept with its recipient.
    expect(all.map(({ row }) => row)).toEqual(expect.arrayContaining([{ 'Voucher code': 'A-1' }, null]));
    expect(JSON.stringify(all)).not.toContain('secret');
  });

  it('keeps a row no longer than its contact, and follows who is merged', async () => {
    const desk = await shopWithTemplate();
    const { api } = desk.shop;
    const csv = 'Phone,Name,Voucher code\n34600000011,Ana,A-1\n34600000012,Ben,B-2\n34600000013,Cid,C-3\n';
    const file = await imported(desk, csv, { mapping, keepRows: true });
    const named = async (name: string) => (await api.all('/v1/contacts')).find((one: Body) => one.name === name);
    const [ana, ben, cid] = [await named('Ana'), await named('Ben'), await named('Cid')];
    const { body: copy } = await api.get(`/v1/contacts/${ana.id}/personal-data`);
    expect(copy.importRows).toEqual([{ Phone: '34600000011', Name: 'Ana', 'Voucher code': 'A-1' }]);
    await api.made(`/v1/contacts/${ana.id}/erase`);
    const kept = await api.made('/v1/contacts', { name: 'Cid elsewhere' });
    await api.made(`/v1/contacts/${kept.id}/merge`, { contactId: cid.id });
    const { id } = await desk.started({ audience: { importId: file.id }, content });
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read');
    expect(all.map(({ contactId, row }) => [contactId, row['Voucher code']]).toSorted()).toEqual(
      [
        [ben.id, 'B-2'],
        [kept.id, 'C-3'],
      ].toSorted(),
    );
    expect(timesEach(desk)).toEqual([1]);
    await api.made(`/v1/contacts/${ben.id}/erase`);
    await until(async () => {
      const [one] = (await desk.recipients(id)).filter(({ contactId }) => contactId === ben.id);
      return one.row === null;
    }, 'the row is gone with its contact');
  });

  it('goes on when its file is deleted meanwhile, and tells what is wrong with a file before it starts', async () => {
    const desk = await shopWithTemplate();
    const stranger = await tenant();
    const { api, channel } = desk.shop;
    const rows = ['34600000021,A-1', '34600000022,B-2'];
    const csv = ['Phone,Voucher code', ...rows].join('\n');
    const order = { mapping: { Phone: 'phone' }, keepRows: true };
    const theirs = await imported({ shop: { api: stranger.api } } as CampaignShop, csv, order);
    const unread = await imported(desk, csv);
    const plain = await imported(desk, csv, { mapping: { Phone: 'phone' } });
    const draft = { name: 'Vouchers', channelId: channel.id };
    const refused = await api.post('/v1/campaigns', { ...draft, content, audience: { importId: theirs.id } });
    expect([refused.status, refused.body.details[0].field]).toEqual([404, 'audience.importId']);
    const wrong = {
      ...content,
      components: [{ type: 'body', parameters: [{ type: 'text', text: '{{row.Vuocher}}' }] }],
    };
    const misspelt = await api.post('/v1/campaigns', { ...draft, content: wrong, audience: { importId: unread.id } });
    expect([misspelt.status, misspelt.body.detail]).toEqual([
      400,
      expect.stringMatching(/row\.Phone, row\.Voucher code/),
    ]);
    for (const importId of [unread.id, plain.id]) {
      const { id } = await api.made('/v1/campaigns', { ...draft, content, audience: { importId } });
      const answer = await api.post(`/v1/campaigns/${id}/start`);
      expect([answer.status, answer.body.details[0].field]).toEqual([400, 'audience.importId']);
    }
    const file = await imported(desk, csv, order);
    const { id } = await desk.started({ audience: { importId: file.id }, content });
    expect((await api.delete(`/v1/contact-imports/${file.id}`)).status).toBe(204);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'sent', 'delivered', 'read');
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([2, [1]]);
  });
});
