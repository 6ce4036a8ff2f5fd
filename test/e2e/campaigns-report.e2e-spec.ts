import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { openCampaignShop, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });

describe('before it starts, a campaign', () => {
  it('shows how many it is for, who is left out and why, what some would read and what Meta would count', async () => {
    const body = (words: string) => [{ type: 'BODY', text: words }];
    const templates = [
      { name: 'news', category: 'MARKETING' as const, components: body('News, {{1}}!') },
      { name: 'receipt', components: body('Thank you, {{1}}.') },
    ];
    const desk = await openCampaignShop('whatsapp', 8, { account: { templates } });
    const { api, channel } = desk.shop;
    const stranger = await tenant();
    await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
    const [ana, out] = desk.customers;
    await api.patch(`/v1/contacts/${ana.id}`, { name: 'Ana' });
    await api.made(`/v1/contacts/${out.id}/consents`, { state: 'opted_out' });
    await api.made('/v1/contacts', { name: 'No address' });
    // Known, and has never written: their window is closed.
    await api.made('/v1/contacts', { name: 'Newest', phone: '34600000001' });
    const content = (name: string) => ({
      ...{ type: 'template', name, language: 'en_US' },
      components: [{ type: 'body', parameters: [{ type: 'text', text: '{{contact.first_name|friend}}' }] }],
    });
    const { id } = await desk.draft({ content: content('receipt') });
    const preview = async () => (await api.get(`/v1/campaigns/${id}/preview`)).body;
    expect(await preview()).toMatchObject({
      ...{ audience: 10, recipients: 8, exclusions: { opted_out: 1, no_identity: 1 }, variants: { A: 8 } },
      pricing: [{ category: 'utility', messages: 8, free: 7 }],
      durationSeconds: 1,
    });
    const [newest, ...others] = (await preview()).sample;
    expect(newest).toMatchObject({ name: 'Newest', missing: [], content: { name: 'receipt' } });
    expect(JSON.stringify(newest.content)).toContain('"Newest"');
    expect(others).toHaveLength(4);
    await api.patch(`/v1/campaigns/${id}`, { content: content('news') });
    expect((await preview()).pricing).toEqual([{ category: 'marketing', messages: 8, free: 0 }]);
    await api.patch(`/v1/campaigns/${id}`, { content: text('Hello!') });
    expect(await preview()).toMatchObject({
      ...{ recipients: 7, exclusions: { window_closed: 1 }, pricing: [{ category: 'service', messages: 7, free: 7 }] },
    });
    expect((await stranger.api.get(`/v1/campaigns/${id}/preview`)).status).toBe(404);
    expect(desk.graph.messages.count).toBe(0);
    expect((await desk.campaign(id)).counts).toBeNull();
  });
});

describe('after it has ended, a campaign', () => {
  it('is reported by variant, in sums and line by line, and only its failures are sent to again', async () => {
    const desk = await openCampaignShop('messenger', 30);
    const { api } = desk.shop;
    const stranger = await tenant();
    await api.patch(`/v1/contacts/${desk.customers[0].id}`, { name: '=cmd|Ana' });
    desk.graph.next(2, sends).fail(551);
    const variants = [
      { key: 'A', share: 50, content: text('One') },
      { key: 'B', share: 50, content: text('Other') },
    ];
    const { id } = await desk.started({ variants, failureRatio: null });
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'read', 'failed');
    const { body: report } = await api.get(`/v1/campaigns/${id}/report`);
    expect(report.funnel).toMatchObject({ recipients: 30, sent: 28, delivered: 28, read: 28, failed: 2, replied: 0 });
    expect(report.failures).toMatchObject([{ code: 551, count: 2 }]);
    expect(report.winner).toBeNull();
    const [a, b] = report.variants;
    expect([a.key, b.key, a.funnel.recipients + b.funnel.recipients]).toEqual(['A', 'B', 30]);
    expect(Math.min(a.funnel.recipients, b.funnel.recipients)).toBeGreaterThan(0);
    const words = desk.graph.messages.all().map(({ body }) => (body as { message: { text: string } }).message.text);
    expect(words.filter((one) => one === 'One')).toHaveLength(a.funnel.sent);
    expect(await desk.recipients(id, '?variant=B')).toHaveLength(b.funnel.recipients);

    const { body: csv } = await api.get(`/v1/campaigns/${id}/report.csv`);
    const lines = csv.trim().split('\n');
    expect(lines).toHaveLength(31);
    expect(lines[0]).toContain('contact,name,phone,variant,state,reason,code,message');
    expect(csv).toContain(",'=cmd|Ana,");
    expect(lines.filter((line: string) => line.includes(',failed,,551,'))).toHaveLength(2);

    const again = await desk.started({ name: 'Once more', audience: { failedOf: id } });
    await desk.reached(again.id, 'completed');
    const failed = all.filter(({ state }) => state === 'failed').map(({ contactId }) => contactId);
    const retried = await desk.settled(again.id, 'read');
    expect(retried.map(({ contactId }) => contactId).toSorted()).toEqual(failed.toSorted());
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([30, [1]]);

    for (const path of ['report', 'report.csv'])
      expect((await stranger.api.get(`/v1/campaigns/${id}/${path}`)).status).toBe(404);
  });

  it('asks for variants that can be compared', async () => {
    const desk = await openCampaignShop('messenger', 0);
    const order = { name: 'Spring', channelId: desk.shop.channel.id, audience: { all: true } };
    const variant = (key: string, share: number) => ({ key, share, content: text('Hi') });
    for (const [wrong, field] of [
      [{}, 'content'],
      [{ content: text('Hi'), variants: [variant('A', 50), variant('B', 50)] }, 'content'],
      [{ variants: [variant('A', 50), variant('B', 40)] }, 'variants'],
      [{ variants: [variant('A', 50), variant('A', 50)] }, 'variants'],
      [{ variants: [variant('A', 100)] }, 'variants'],
    ] as const) {
      const { status, body } = await desk.shop.api.post('/v1/campaigns', { ...order, ...wrong });
      expect([wrong, status, body.details[0].field]).toEqual([wrong, 400, field]);
    }
  });
});
