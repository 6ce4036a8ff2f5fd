import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop, slowly, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { world } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const left = ({ graph }: CampaignShop, count: number) =>
  until(() => graph.messages.count >= count, `${count} messages have left`);

describe('a campaign among others', () => {
  it('is started once, however many ask at the same moment', async () => {
    const desk = await openCampaignShop('messenger', 20);
    const { id } = await desk.draft();
    const asked = await Promise.all(
      Array.from({ length: 8 }, (_, n) => {
        const url = world.apis[n % world.apis.length]!;
        return fetch(`${url}/v1/campaigns/${id}/start`, {
          method: 'POST',
          headers: { authorization: `Bearer ${desk.shop.tenant.accessToken}` },
        }).then(({ status }) => status);
      }),
    );
    expect(asked.toSorted()).toEqual([200, ...Array(7).fill(409)]);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'read', 'delivered', 'sent');
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([20, [1]]);
  });

  it('lets an agent’s message by, and shares its channel’s rate with another campaign', async () => {
    const desk = await openCampaignShop('whatsapp', 40, slowly);
    const conversations = await desk.shop.conversations();
    const [one, other] = [await desk.draft({ name: 'One' }), await desk.draft({ name: 'Other' })];
    for (const { id } of [one, other]) await desk.shop.api.made(`/v1/campaigns/${id}/start`);
    await left(desk, 10);
    const at = performance.now();
    const { body } = await desk.send(conversations.at(-1).id, { type: 'text', text: 'By hand' });
    await until(() => desk.graph.messages.all().some(({ callbackData }) => callbackData === body.id), 'it has left');
    expect(performance.now() - at).toBeLessThan(1500);
    await left(desk, 40);
    const [first, second] = await Promise.all(
      [one, other].map(async ({ id }) => (await desk.campaign(id)).counts.pending),
    );
    expect(Math.abs(first - second)).toBeLessThan(25);
    await Promise.all([one, other].map(({ id }) => desk.shop.api.made(`/v1/campaigns/${id}/cancel`)));
    expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(20);
  });
});
