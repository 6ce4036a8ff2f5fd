import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { hello, openCampaignShop, timesEach } from './support/campaigns';
import { closeGraphs } from './support/sending-shop';
import { tenant } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const soon = (ms: number) => new Date(Date.now() + ms).toISOString();
const hour = 3_600_000;
/** A time of day in UTC, so many hours from now. */
const clock = (hours: number) => soon(hours * hour).slice(11, 16);

describe('a scheduled campaign', () => {
  it('starts at its time, once, and can be made a draft again before', async () => {
    const desk = await openCampaignShop('messenger', 5);
    const { api } = desk.shop;
    const stranger = await tenant();
    const socket = await desk.shop.tenant.sockets('/campaigns');
    const { id } = await desk.draft({ schedule: { startsAt: soon(hour), timeZone: 'Europe/Madrid' } });
    expect(await api.made(`/v1/campaigns/${id}/schedule`)).toMatchObject({ status: 'scheduled', counts: null });
    expect((await api.patch(`/v1/campaigns/${id}`, { name: 'Late' })).status).toBe(409);
    expect(await api.made(`/v1/campaigns/${id}/unschedule`)).toMatchObject({ status: 'draft', startsAt: null });
    const startsAt = soon(1500);
    await api.patch(`/v1/campaigns/${id}`, { schedule: { startsAt, timeZone: 'Europe/Madrid' } });
    expect(await api.made(`/v1/campaigns/${id}/schedule`)).toMatchObject({ status: 'scheduled', startsAt });
    expect((await api.post(`/v1/campaigns/${id}/schedule`)).status).toBe(409);
    for (const path of ['schedule', 'unschedule'])
      expect((await stranger.api.post(`/v1/campaigns/${id}/${path}`)).status).toBe(404);
    const { startedAt } = await desk.reached(id, 'completed');
    expect(startedAt >= startsAt).toBe(true);
    expect([desk.graph.messages.count, timesEach(desk)]).toEqual([5, [1]]);
    await socket.waitFor('campaign.completed');
    const told = socket.events.filter(({ type }) => type !== 'campaign.progressed').map(({ type }) => type);
    expect(told).toEqual([...Array(2).fill('campaign.scheduled'), 'campaign.started', 'campaign.completed']);
    expect(socket.of('campaign.scheduled').at(-1)!.data.startsAt).toBe(startsAt);
  });

  it('has failed where it cannot be started, and says why', async () => {
    const desk = await openCampaignShop('messenger', 1);
    const { api, channel } = desk.shop;
    const socket = await desk.shop.tenant.sockets('/campaigns');
    const { id } = await desk.draft({ schedule: { startsAt: soon(2000), timeZone: 'UTC' } });
    await api.made(`/v1/campaigns/${id}/schedule`);
    desk.graph.kill(desk.token);
    await api.post(`/v1/channels/${channel.id}/check`);
    const { reason } = await desk.reached(id, 'failed');
    expect(reason).toMatchObject({
      code: 'channel_disconnected',
      message: expect.stringContaining('PUT /v1/channels'),
    });
    expect((await socket.waitFor('campaign.failed'))[0]!.data.reason).toEqual(reason);
    expect(desk.graph.messages.count).toBe(0);
  });

  it('is sent to each at the same hour of their own, and to nobody in quiet hours', async () => {
    const desk = await openCampaignShop('messenger', 3);
    const { api } = desk.shop;
    const [first, later, elsewhere] = desk.customers;
    await api.made('/v1/contact-attributes', { key: 'zone', label: 'Zone', type: 'text' });
    const give = (id: string, zone: string) => api.patch(`/v1/contacts/${id}`, { attributes: { zone } });
    await give(first.id, 'Pacific/Kiritimati');
    await give(later.id, 'Etc/GMT+1');
    await give(elsewhere.id, 'Mars/Base');
    const startsAt = soon(hour);
    const { id } = await desk.started({ schedule: { startsAt, timeZone: 'UTC', ownTimeAttribute: 'zone' } });
    const stateOf = async (contactId: string) => (await desk.recipients(id)).find((one) => one.contactId === contactId);
    await until(async () => (await stateOf(first.id)).state === 'read', 'it is that hour already where days begin');
    const due = async (contactId: string) => Date.parse((await stateOf(contactId)).dueAt) - Date.parse(startsAt);
    // To the second: hours are those of a clock on the wall.
    expect(Math.abs((await due(later.id)) - hour)).toBeLessThan(1000);
    expect(Math.abs(await due(elsewhere.id))).toBeLessThan(1000);
    expect((await desk.campaign(id)).counts).toMatchObject({ pending: 2, read: 1 });
    await api.made(`/v1/campaigns/${id}/cancel`);

    const quietHours = { from: clock(-1), to: clock(2) };
    const { id: quiet } = await desk.started({ schedule: { timeZone: 'UTC', quietHours } });
    await until(async () => {
      const all = await desk.recipients(quiet);
      return all.every(({ state, dueAt }) => state === 'pending' && dueAt.slice(11, 16) === quietHours.to);
    }, 'all wait for the end of the quiet hours');
    expect(desk.graph.messages.count).toBe(1);
  });

  it('tells what is wrong with its schedule', async () => {
    const desk = await openCampaignShop('messenger', 0);
    const { api } = desk.shop;
    for (const [schedule, field] of [
      [{ timeZone: 'Mars/Base' }, 'schedule.timeZone'],
      [{ timeZone: 'UTC', startsAt: 'tomorrow' }, 'schedule.startsAt'],
      [{ timeZone: 'UTC', ownTimeAttribute: 'zone' }, 'schedule.ownTimeAttribute'],
      [{ timeZone: 'UTC', quietHours: { from: '25:00', to: '09:00' } }, 'schedule.quietHours.from'],
    ] as const) {
      const order = {
        name: 'Spring',
        channelId: desk.shop.channel.id,
        audience: { all: true },
        content: hello,
        schedule,
      };
      const { status, body } = await api.post('/v1/campaigns', order);
      expect([schedule, status, body.details[0].field]).toEqual([schedule, 400, field]);
    }
    for (const schedule of [null, { timeZone: 'UTC' }, { timeZone: 'UTC', startsAt: '2020-01-01T00:00:00Z' }]) {
      const { id } = await desk.draft({ schedule });
      const { status, body } = await api.post(`/v1/campaigns/${id}/schedule`);
      expect([status, body.details[0].field]).toEqual([400, 'schedule.startsAt']);
    }
  });
});

describe('a campaign', () => {
  it('stops before the messaging limit of its business account, and goes on a day later', async () => {
    const templates = [{ name: 'news', components: [{ type: 'BODY', text: 'News!' }] }];
    const desk = await openCampaignShop('whatsapp', 255, { account: { templates, tier: 'TIER_250' } });
    const { api, channel } = desk.shop;
    await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
    const content = { type: 'template', name: 'news', language: 'en_US' };
    const { id } = await desk.started({ content });
    await until(() => desk.graph.messages.count >= 250, 'as many as Meta allows have left');
    const waiting = await until(async () => {
      const pending = await desk.recipients(id, '?state=pending');
      return pending.every(({ dueAt }) => Date.parse(dueAt) - Date.now() > 23 * hour) ? pending : undefined;
    }, 'the others wait for tomorrow');
    expect([waiting.length, desk.graph.messages.count, timesEach(desk)]).toEqual([5, 250, [1]]);
    expect((await desk.campaign(id)).status).toBe('running');
    await api.made(`/v1/campaigns/${id}/cancel`);
  });

  it('counts everybody once against that limit, however often and by whichever campaign they were sent to', async () => {
    const templates = [{ name: 'news', components: [{ type: 'BODY', text: 'News!' }] }];
    const desk = await openCampaignShop('whatsapp', 262, { account: { templates, tier: 'TIER_250' } });
    const { api, channel } = desk.shop;
    await until(async () => (await api.get(`/v1/channels/${channel.id}`)).body.templatesSyncedAt, 'templates are read');
    const content = { type: 'template', name: 'news', language: 'en_US' };
    const ids = desk.customers.map(({ id }) => id);
    const [some, others, rest] = [ids.slice(0, 120), ids.slice(120, 245), ids.slice(245)];
    for (const contactIds of [some, others, others]) {
      const { id } = await desk.started({ content, audience: { contactIds } });
      await desk.reached(id, 'completed');
    }
    const { id } = await desk.started({ content, audience: { contactIds: rest } });
    await until(async () => {
      const pending = await desk.recipients(id, '?state=pending');
      return pending.every(({ dueAt }) => Date.parse(dueAt) - Date.now() > 23 * hour) && pending.length < rest.length;
    }, 'whoever is beyond the limit waits for tomorrow');
    expect((await desk.campaign(id)).counts.pending).toBe(12);
    await api.made(`/v1/campaigns/${id}/cancel`);
  });

  it('is shown to some before it starts, who are no recipients by it', async () => {
    const desk = await openCampaignShop('messenger', 2);
    const { api } = desk.shop;
    const stranger = await openCampaignShop('messenger', 1);
    const [ana, ben] = desk.customers;
    await api.patch(`/v1/contacts/${ana.id}`, { name: 'Ana' });
    const nobody = await api.made('/v1/contacts', { name: 'Nobody' });
    const content = { type: 'text', text: 'Hello {{contact.first_name}}!' };
    const { id } = await desk.draft({ content });
    const contactIds = [ana.id, ben.id, nobody.id];
    const { items } = await api.made(`/v1/campaigns/${id}/test`, { contactIds });
    const of = (contactId: string) => items.find((one: { contactId: string }) => one.contactId === contactId);
    expect(of(ana.id)).toMatchObject({ messageId: expect.any(String), problem: null });
    expect(of(ben.id)).toMatchObject({ messageId: null, problem: expect.stringContaining('contact.first_name') });
    expect(of(nobody.id)).toMatchObject({ messageId: null, problem: expect.stringContaining('has not written') });
    await until(() => desk.graph.messages.count === 1, 'the look is sent');
    expect(JSON.stringify(desk.graph.messages.all()[0]!.body)).toContain('Hello Ana!');
    expect(await desk.campaign(id)).toMatchObject({ status: 'draft', counts: null });
    expect(await desk.recipients(id)).toEqual([]);
    const [theirs] = stranger.customers;
    const refused = await api.post(`/v1/campaigns/${id}/test`, { contactIds: [theirs.id] });
    expect([refused.status, refused.body.details[0].field]).toEqual([404, 'contactIds']);
    expect((await stranger.shop.api.post(`/v1/campaigns/${id}/test`, { contactIds: [theirs.id] })).status).toBe(404);
    expect(stranger.graph.messages.count).toBe(0);
  });
});
