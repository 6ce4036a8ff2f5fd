import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { openCampaignShop, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';
import { tenant, world } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const variants = ['A', 'B'].map((key) => ({ key, share: 50, content: { type: 'text', text: `Words of ${key}` } }));
const trial = { share: 50, decideAfterMinutes: 60, by: 'replied' };

describe('a campaign that tries its words first', () => {
  it('sends the rest what somebody chose, once, however many choose at the same moment', async () => {
    const desk = await openCampaignShop('messenger', 40);
    const { api } = desk.shop;
    const stranger = await tenant();
    const { id, decideAt } = await desk.started({ variants, trial });
    expect(Date.parse(decideAt) - Date.now()).toBeGreaterThan(3_500_000);
    const waiting = (all: Body[]) => all.filter(({ state }) => state === 'pending');
    const tried = await until(async () => {
      const all = await desk.recipients(id);
      const [rest, others] = [
        all.filter(({ variant }) => variant === '*'),
        all.filter(({ variant }) => variant !== '*'),
      ];
      const tried = others.every(({ state }) => state === 'read');
      return tried && waiting(rest).length === rest.length ? { rest, others } : undefined;
    }, 'those that it is tried on have it, and the rest waits');
    expect([tried.rest.length > 0, tried.others.length > 0, desk.graph.messages.count]).toEqual([
      true,
      true,
      tried.others.length,
    ]);
    expect((await desk.campaign(id)).status).toBe('running');

    expect((await stranger.api.post(`/v1/campaigns/${id}/winner`, { variant: 'A' })).status).toBe(404);
    expect((await api.post(`/v1/campaigns/${id}/winner`, { variant: 'C' })).body.details[0].field).toBe('variant');
    const asked = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        fetch(`${world.apis[n % world.apis.length]}/v1/campaigns/${id}/winner`, {
          method: 'POST',
          headers: { authorization: `Bearer ${desk.shop.tenant.accessToken}`, 'content-type': 'application/json' },
          body: JSON.stringify({ variant: n % 2 === 0 ? 'A' : 'B' }),
        }).then(({ status }) => status),
      ),
    );
    expect(asked.toSorted()).toEqual([200, ...Array(5).fill(409)]);
    const { decision, counts } = await desk.reached(id, 'completed');
    expect([decision.by, counts.total]).toEqual(['hand', 40]);
    const all = await desk.settled(id, 'read');
    for (const { contactId } of tried.rest)
      expect(all.find((one) => one.contactId === contactId).variant).toBe(decision.variant);
    for (const { contactId, variant } of tried.others)
      expect(all.find((one) => one.contactId === contactId).variant).toBe(variant);
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([40, [1]]);
    const words = desk.graph.messages.since(tried.others.length).map(({ body }) => JSON.stringify(body));
    expect(words.every((one) => one.includes(`Words of ${decision.variant}`))).toBe(true);
    const { body: report } = await api.get(`/v1/campaigns/${id}/report`);
    expect([report.decision, report.variants.map(({ key }: Body) => key)]).toEqual([decision, ['A', 'B']]);
    expect(report.variants.reduce((sum: number, { funnel }: Body) => sum + funnel.recipients, 0)).toBe(40);
  });

  it('leaves the rest alone when it is cancelled, and tells what is wrong with a trial', async () => {
    const desk = await openCampaignShop('messenger', 20);
    const { api } = desk.shop;
    const { id } = await desk.started({ variants, trial });
    const { counts } = await api.made(`/v1/campaigns/${id}/cancel`);
    expect(counts.pending).toBe(0);
    const { status, body } = await api.post(`/v1/campaigns/${id}/winner`, { variant: 'A' });
    expect([status, body.detail]).toEqual([409, expect.stringMatching(/cancelled/)]);
    const order = { name: 'Spring', channelId: desk.shop.channel.id, audience: { all: true } };
    for (const [wrong, field] of [
      [{ content: variants[0]!.content, trial }, 'trial'],
      [{ variants, trial: { ...trial, share: 100 } }, 'trial.share'],
      [{ variants, trial: { ...trial, by: 'luck' } }, 'trial.by'],
    ] as const) {
      const refused = await api.post('/v1/campaigns', { ...order, ...wrong });
      expect([refused.status, refused.body.details[0].field]).toEqual([400, field]);
    }
    const { id: plain } = await desk.started({ variants });
    expect((await api.post(`/v1/campaigns/${plain}/winner`, { variant: 'A' })).body.detail).toMatch(/tries nothing/);
  });
});
