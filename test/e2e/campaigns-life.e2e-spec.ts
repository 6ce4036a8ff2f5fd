import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop, slowly, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { openShop } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const left = ({ graph }: CampaignShop, count: number) =>
  until(() => graph.messages.count >= count, `${count} messages have left`);

/** Until so many milliseconds have passed without a message. */
async function silent({ graph }: CampaignShop, ms: number): Promise<number> {
  let [seen, since] = [graph.messages.count, performance.now()];
  await until(() => {
    if (graph.messages.count > seen) [seen, since] = [graph.messages.count, performance.now()];
    return performance.now() - since > ms;
  }, `nothing has left for ${ms} ms`);
  return seen;
}

describe('a campaign under way', () => {
  it('stops within a second of a pause, goes on where it was, and sends to nobody twice', async () => {
    const desk = await openCampaignShop('whatsapp', 40, slowly);
    const { api } = desk.shop;
    const { id } = await desk.started();
    await left(desk, 10);
    const paused = await api.made(`/v1/campaigns/${id}/pause`);
    const at = Date.now();
    expect(paused).toMatchObject({ status: 'paused', reason: { code: 'by_hand' } });
    const seen = await silent(desk, 1200);
    expect(desk.graph.messages.all().filter((one) => one.at > at + 1000)).toEqual([]);
    expect(seen).toBeLessThan(35);
    expect((await api.post(`/v1/campaigns/${id}/pause`)).status).toBe(409);
    expect((await desk.campaign(id)).counts.pending).toBeGreaterThan(0);

    expect((await api.made(`/v1/campaigns/${id}/resume`)).status).toBe('running');
    await desk.reached(id, 'completed');
    await desk.settled(id, 'sent', 'delivered', 'read');
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([40, [1]]);
    expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(20);
  });

  it('leaves whoever was not sent to cancelled, and tells so', async () => {
    const desk = await openCampaignShop('whatsapp', 40, slowly);
    const stranger = await openShop('whatsapp');
    const foreign = await stranger.tenant.sockets('/campaigns');
    const socket = await desk.shop.tenant.sockets('/campaigns');
    const { id } = await desk.started();
    await left(desk, 5);
    const cancelled = await desk.shop.api.made(`/v1/campaigns/${id}/cancel`);
    expect([cancelled.status, cancelled.counts.pending]).toEqual(['cancelled', 0]);
    const seen = await silent(desk, 1200);
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'cancelled');
    expect(all.filter(({ state }) => state !== 'cancelled')).toHaveLength(seen);
    expect(seen).toBeLessThan(35);
    expect(timesEach(desk)).toEqual([1]);
    expect(socket.of('campaign.cancelled')).toHaveLength(1);
    for (const path of ['resume', 'pause', 'cancel', 'start'])
      expect((await desk.shop.api.post(`/v1/campaigns/${id}/${path}`)).body.details).toEqual({ status: 'cancelled' });
    expect(foreign.events).toEqual([]);
  });

  it('sends nothing to whoever opts out while it runs, be it before their turn or in the queue', async () => {
    const desk = await openCampaignShop('whatsapp', 30, slowly);
    const { api } = desk.shop;
    const { id } = await desk.started();
    await left(desk, 3);
    await api.made(`/v1/campaigns/${id}/pause`);
    await silent(desk, 500);
    const waiting = await desk.recipients(id);
    const queued = waiting.find(({ state }) => state === 'queued');
    const pending = waiting.find(({ state }) => state === 'pending');
    for (const { contactId } of [queued, pending])
      await api.made(`/v1/contacts/${contactId}/consents`, { state: 'opted_out', detail: 'STOP' });
    await until(
      async () => (await desk.recipients(id, '?state=excluded')).length === 1,
      'what waited for them is withdrawn',
    );
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'excluded');
    const excluded = all.filter(({ state }) => state === 'excluded');
    expect(excluded.map(({ contactId, reason }) => [contactId, reason]).toSorted()).toEqual(
      [queued, pending].map(({ contactId }) => [contactId, 'opted_out']).toSorted(),
    );
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([28, [1]]);
  });

  it('goes on without whoever is erased while it is paused, be it before their turn or in the queue', async () => {
    const desk = await openCampaignShop('whatsapp', 30, slowly);
    const { api } = desk.shop;
    const { id } = await desk.started();
    await left(desk, 3);
    await api.made(`/v1/campaigns/${id}/pause`);
    await silent(desk, 500);
    const waiting = await desk.recipients(id);
    const erased = ['queued', 'pending'].map((state) => waiting.find((one) => one.state === state).contactId);
    for (const contactId of erased) await api.made(`/v1/contacts/${contactId}/erase`);
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'excluded');
    const excluded = all.filter(({ state }) => state === 'excluded');
    expect(excluded.map(({ contactId, reason }) => [contactId, reason]).toSorted()).toEqual(
      erased.map((contactId) => [contactId, 'gone']).toSorted(),
    );
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([28, [1]]);
  });
});
