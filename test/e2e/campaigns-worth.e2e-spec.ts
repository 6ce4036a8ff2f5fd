import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const hour = 3_600_000;

describe('what a campaign costs', () => {
  it('is reckoned by the workspace’s own prices before it starts, and of what was delivered after', async () => {
    const templates = [{ name: 'news', category: 'MARKETING' as const, components: [{ type: 'BODY', text: 'News!' }] }];
    const desk = await openCampaignShop('whatsapp', 0, { account: { templates } });
    const stranger = await tenant();
    const { api, channel } = desk.shop;
    await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
    for (const phone of ['34600000001', '34600000002', '18095550100', '4915112345678'])
      await api.made('/v1/contacts', { phone });
    const { id } = await desk.draft({ content: { type: 'template', name: 'news', language: 'en_US' } });
    const preview = async () => (await api.get(`/v1/campaigns/${id}/preview`)).body;
    expect((await preview()).cost).toBeNull();
    const price = (callingCode: string | null, of: number) => ({ category: 'marketing', callingCode, price: of });
    const prices = [price('34', 0.0615), price('1', 0.025), price('1809', 0.074)];
    const { body: set } = await api.put('/v1/campaign-prices', { currency: 'EUR', prices });
    expect(set).toMatchObject({ currency: 'EUR', prices });
    const cost = {
      ...{ currency: 'EUR', amount: 0.197, unpriced: 1 },
      categories: [{ category: 'marketing', messages: 3, amount: 0.197 }],
    };
    expect((await preview()).cost).toEqual(cost);
    await api.made(`/v1/campaigns/${id}/start`);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'read');
    expect((await api.get(`/v1/campaigns/${id}/report`)).body.cost).toEqual(cost);
    await api.put('/v1/campaign-prices', { currency: 'USD', prices: [price(null, 0.1)] });
    expect((await api.get(`/v1/campaigns/${id}/report`)).body.cost).toMatchObject({ currency: 'USD', amount: 0.4 });

    expect((await stranger.api.get('/v1/campaign-prices')).body).toEqual({
      currency: null,
      prices: [],
      updatedAt: null,
    });
    for (const [wrong, field] of [
      [{ currency: 'eur', prices }, 'currency'],
      [{ currency: 'EUR', prices: [{ ...prices[0], callingCode: '+34' }] }, 'prices.0.callingCode'],
      [{ currency: 'EUR', prices: [prices[0], prices[0]] }, 'prices[1]'],
    ] as const) {
      const { status, body } = await api.put('/v1/campaign-prices', wrong);
      expect([status, body.details[0].field]).toEqual([400, field]);
    }
    expect((await api.delete('/v1/campaign-prices')).status).toBe(204);
    expect((await api.get(`/v1/campaigns/${id}/report`)).body.cost).toBeNull();
  });
});

describe('what recipients did', () => {
  const sent = async (desk: CampaignShop, name: string, order: object = {}) => {
    const { id } = await desk.started({ name, ...order });
    await desk.reached(id, 'completed');
    await desk.settled(id, 'read');
    return id as string;
  };

  it('is put down to the latest campaign that wrote to them, once, and stands in its report', async () => {
    const desk = await openCampaignShop('whatsapp', 3);
    const { api } = desk.shop;
    const stranger = await openCampaignShop('whatsapp', 1);
    const [ana, ben, cid] = desk.customers;
    const first = await sent(desk, 'First', { audience: { contactIds: [ana.id, ben.id] } });
    const between = soon(0);
    const second = await sent(desk, 'Second', { audience: { contactIds: [ana.id] } });
    const order = { key: 'order-1', name: 'order', value: 49.9, currency: 'EUR' };
    const one = await api.made('/v1/conversions', { ...order, contactId: ana.id });
    expect(one).toMatchObject({ campaignId: second, contactId: ana.id, value: 49.9 });
    const again = await Promise.all(
      Array.from({ length: 5 }, () => api.made('/v1/conversions', { ...order, contactId: ana.id })),
    );
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set([one.id]));
    const other = await api.post('/v1/conversions', { ...order, value: 1, contactId: ana.id });
    expect([other.status, other.body.code]).toEqual([409, 'conflict']);
    // Before the second campaign wrote; by number; long after; by somebody to whom no campaign wrote.
    expect(
      (await api.made('/v1/conversions', { ...order, key: 'o2', contactId: ana.id, at: between })).campaignId,
    ).toBe(first);
    const byPhone = { key: 'v1', name: 'visit', phone: `+${ben.phone}` };
    expect((await api.made('/v1/conversions', byPhone)).campaignId).toBe(first);
    expect((await api.made('/v1/conversions', { ...order, key: 'o3', contactId: cid.id })).campaignId).toBeNull();
    const early = { ...order, key: 'o4', contactId: ana.id, at: soon(-hour) };
    expect((await api.made('/v1/conversions', early)).campaignId).toBeNull();

    expect((await api.get(`/v1/campaigns/${second}/report`)).body.conversions).toEqual([
      { variant: 'A', name: 'order', currency: 'EUR', count: 1, value: 49.9 },
    ]);
    expect((await api.get(`/v1/campaigns/${first}/report`)).body.conversions).toEqual([
      { variant: 'A', name: 'order', currency: 'EUR', count: 1, value: 49.9 },
      { variant: 'A', name: 'visit', currency: null, count: 1, value: 0 },
    ]);
    const { body: csv } = await api.get(`/v1/campaigns/${second}/report.csv`);
    const [head, line] = csv.trim().split('\n');
    expect([head.trim(), line.trim()]).toEqual([
      expect.stringMatching(/conversions,value$/),
      expect.stringMatching(/,1,49\.9 EUR$/),
    ]);

    for (const [wrong, status, field] of [
      [{ ...order, key: 'x', contactId: stranger.customers[0].id }, 404, 'contactId'],
      [{ ...order, key: 'x', phone: '+34699999999' }, 404, 'phone'],
      [{ ...order, key: 'x' }, 400, 'contactId'],
      [{ key: 'x', name: 'order', value: 1, contactId: ana.id }, 400, 'value'],
      [{ ...order, key: 'x', contactId: ana.id, at: soon(hour) }, 400, 'at'],
    ] as const) {
      const answer = await api.post('/v1/conversions', wrong);
      expect([answer.status, answer.body.details[0].field]).toEqual([status, field]);
    }
    const { body: copy } = await api.get(`/v1/contacts/${ben.id}/personal-data`);
    expect(copy.conversions).toMatchObject([{ key: 'v1', name: 'visit' }]);
    await api.made(`/v1/contacts/${ben.id}/erase`);
    await until(async () => {
      const { status } = await api.post('/v1/conversions', { ...order, key: 'v1', contactId: cid.id });
      return status === 200;
    }, 'the key is free');
    expect((await api.get(`/v1/campaigns/${first}/report`)).body.conversions).toHaveLength(2);
  });

  it('is told to nobody who does not see the campaign', async () => {
    const desk = await openCampaignShop('messenger', 1);
    const { api, tenant: owner } = desk.shop;
    const campaign = await sent(desk, 'Spring');
    const elsewhere = await owner.channel('messenger');
    const key = async (channelId: string) =>
      (await api.made('/v1/api-keys', { name: 'Till', role: 'agent', channelIds: [channelId] })).key as string;
    const order = (of: string) => ({ key: of, name: 'order', contactId: desk.customers[0].id });
    const [limited, seeing] = [api.as(await key(elsewhere.id)), api.as(await key(desk.shop.channel.id))];
    expect((await limited.made('/v1/conversions', order('a'))).campaignId).toBeNull();
    expect((await seeing.made('/v1/conversions', order('b'))).campaignId).toBe(campaign);
    expect((await api.get(`/v1/campaigns/${campaign}/report`)).body.conversions).toMatchObject([{ count: 2 }]);
  });
});
