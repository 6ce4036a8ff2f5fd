import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop, slowly, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const left = ({ graph }: CampaignShop, count: number) =>
  until(() => graph.messages.count >= count, `${count} messages have left`);

describe('a campaign pauses by itself, and tells why', () => {
  it('when too many of its messages fail', async () => {
    const desk = await openCampaignShop('whatsapp', 40, slowly);
    const socket = await desk.shop.tenant.sockets('/campaigns');
    desk.graph.always(sends).fail(131026);
    const { id } = await desk.started({ failureRatio: 0.5 });
    const { reason, counts } = await desk.reached(id, 'paused');
    expect(reason).toMatchObject({ code: 'failure_ratio', message: expect.stringMatching(/100 %/) });
    expect(counts.pending + counts.queued).toBeGreaterThan(0);
    expect((await socket.waitFor('campaign.paused'))[0]!.data.reason).toEqual(reason);
    desk.graph.calm();
    await desk.shop.api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'failed', 'sent', 'delivered', 'read');
    expect(all.filter(({ state }) => state !== 'failed')).toHaveLength(desk.graph.messages.count);
    expect(timesEach(desk)).toEqual([1]);
  });

  it('when its channel’s token is dead, and goes on with a new one', async () => {
    const desk = await openCampaignShop('whatsapp', 40, slowly);
    const { api, channel } = desk.shop;
    const { id } = await desk.started();
    await left(desk, 5);
    desk.graph.kill(desk.token);
    expect((await desk.reached(id, 'paused')).reason.code).toBe('channel_disconnected');
    expect((await api.post(`/v1/campaigns/${id}/resume`)).body.code).toBe('channel_disconnected');
    desk.graph.revive(desk.token);
    const credentials = { token: desk.token, graphHost: desk.graph.url };
    expect((await api.put(`/v1/channels/${channel.id}/credentials`, credentials)).status).toBe(200);
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'failed');
    // The calls that met the dead token are the only ones that may have failed, and say so.
    for (const { state, error } of all) if (state === 'failed') expect(error.reason).toBe('auth');
    expect(all.filter(({ state }) => state !== 'failed')).toHaveLength(desk.graph.messages.count);
    expect(timesEach(desk)).toEqual([1]);
  });
});
