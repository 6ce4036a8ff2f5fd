import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type CampaignShop, openCampaignShop, slowly, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const left = ({ graph }: CampaignShop, count: number) =>
  until(() => graph.messages.count >= count, `${count} messages have left`);

/** What Meta says of the number from now on. */
const rated = ({ account }: CampaignShop, qualityRating: string) =>
  Object.assign((account as { settings: object }).settings, { qualityRating });

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

  it('when all that is left of it waits for a channel that is dead', async () => {
    const desk = await openCampaignShop('whatsapp', 12, slowly);
    const { api, channel } = desk.shop;
    const hold = desk.graph.next(1, sends).hold();
    const { id } = await desk.started();
    await until(async () => (await desk.campaign(id)).counts.pending === 0, 'all of them are queued');
    desk.graph.kill(desk.token);
    await api.post(`/v1/channels/${channel.id}/check`);
    hold.release();
    expect((await desk.reached(id, 'paused')).reason.code).toBe('channel_disconnected');
    desk.graph.revive(desk.token);
    const credentials = { token: desk.token, graphHost: desk.graph.url };
    expect((await api.put(`/v1/channels/${channel.id}/credentials`, credentials)).status).toBe(200);
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'sent', 'delivered', 'read', 'failed');
    expect(timesEach(desk)).toEqual([1]);
  });

  it('when Meta has paused its template, and not again for what had failed before it went on', async () => {
    const templates = [{ name: 'news', components: [{ type: 'BODY', text: 'News!' }] }];
    const desk = await openCampaignShop('whatsapp', 40, { account: { messagesPerSecond: 20, templates } });
    const { api, channel } = desk.shop;
    await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
    desk.graph.next(1, sends).fail(132015);
    const content = { type: 'template', name: 'news', language: 'en_US' };
    const { id } = await desk.started({ content, failureRatio: null });
    expect((await desk.reached(id, 'paused')).reason).toMatchObject({
      code: 'template',
      message: expect.stringMatching(/resume the campaign/),
    });
    desk.graph.next(1, sends).fail(131026);
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'failed');
    expect(
      all
        .filter(({ state }) => state === 'failed')
        .map(({ error }) => error.code)
        .toSorted(),
    ).toEqual([131026, 132015]);
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([38, [1]]);
  });

  it('when Meta rates the number red, and goes on where somebody says so', async () => {
    const desk = await openCampaignShop('whatsapp', 60, slowly);
    const { api, channel } = desk.shop;
    const { id } = await desk.started();
    await left(desk, 3);
    rated(desk, 'RED');
    await api.post(`/v1/channels/${channel.id}/check`);
    expect((await desk.reached(id, 'paused')).reason).toMatchObject({
      code: 'quality',
      message: expect.stringMatching(/RED/),
    });
    rated(desk, 'GREEN');
    await api.post(`/v1/channels/${channel.id}/check`);
    await api.made(`/v1/campaigns/${id}/resume`);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'sent', 'delivered', 'read');
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([60, [1]]);
  });
});

describe('a campaign slows down', () => {
  /** How long the messages from so many on took to leave, seconds. */
  const took = ({ graph }: CampaignShop, from: number) => {
    const times = graph.messages.since(from).map(({ at }) => at);
    return (times.at(-1)! - times[0]!) / 1000;
  };

  it('where Meta refuses for spam, and agents’ messages do not', async () => {
    const desk = await openCampaignShop('whatsapp', 130, slowly);
    const [conversation] = await desk.shop.conversations();
    desk.graph.next(1, sends).fail(131048);
    const { id } = await desk.started({ failureRatio: null });
    await left(desk, 30);
    const at = performance.now();
    const { body } = await desk.send(conversation.id, { type: 'text', text: 'By hand' });
    await until(() => desk.graph.messages.all().some(({ callbackData }) => callbackData === body.id), 'it has left');
    expect(performance.now() - at).toBeLessThan(1500);
    await desk.reached(id, 'completed');
    const all = await desk.settled(id, 'sent', 'delivered', 'read', 'failed');
    expect(all.filter(({ state }) => state === 'failed').map(({ error }) => error.code)).toEqual([131048]);
    // What was queued when it was refused leaves as fast as before; then half as much: 60 in 6 s, of
    // which one second's worth stands in the queue already.
    expect(took(desk, 70)).toBeGreaterThan(4);
    expect(desk.graph.messages.repeated()).toEqual([]);
  });

  it('where Meta rates the number yellow', async () => {
    const desk = await openCampaignShop('whatsapp', 100, slowly);
    rated(desk, 'YELLOW');
    await desk.shop.api.post(`/v1/channels/${desk.shop.channel.id}/check`);
    const { id } = await desk.started();
    await desk.reached(id, 'completed');
    // At the whole rate 4 to 5 s. Another process may know of the rating 2 s later: 40 in these, then ten a second.
    expect(took(desk, 0)).toBeGreaterThan(5.5);
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([100, [1]]);
  });

  it('to nobody but the one whom Meta says has had too many', async () => {
    const desk = await openCampaignShop('whatsapp', 30);
    desk.graph.next(1, sends).fail(131056);
    const { id } = await desk.started();
    await left(desk, 29);
    const [waiting, ...others] = await until(async () => {
      const open = await desk.recipients(id, '?state=queued');
      return open.length === 1 ? open : undefined;
    }, 'one of them waits');
    expect([waiting.error, others, (await desk.campaign(id)).status]).toEqual([null, [], 'running']);
    await desk.reached(id, 'completed');
    await desk.settled(id, 'sent', 'delivered', 'read');
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([30, [1]]);
    const [late] = desk.graph.messages.since(29);
    expect(late!.callbackData).toBe(waiting.messageId);
    // Four seconds, as WhatsApp advises.
    expect(late!.at - desk.graph.messages.all()[28]!.at).toBeGreaterThan(2500);
  });
});
