import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { accountAtMeta, closeGraphs, firstConversation, logOf, openConnecting, ways } from './support/connecting';
import { deliver, deliverBody } from './support/deliver';
import type { Body } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const of = async (owner: Parameters<typeof logOf>[0], type: string): Promise<Body[]> =>
  (await logOf(owner)).filter((event) => event.type === type).map(({ data }) => data);

describe('limits and quality', () => {
  it('are read again, and what has changed is told to the workspace alone', async () => {
    const { owner, stranger, graph, account } = await openConnecting('whatsapp');
    const { id } = await owner.api.made('/v1/channels', account.registration);
    expect((await owner.api.post(`/v1/channels/${id}/check`)).body.details.quality).toBe('GREEN');
    expect(await of(owner, 'channel.quality_changed')).toEqual([]);

    const { businessAccountId } = account.registration;
    const worse = { qualityRating: 'RED', status: 'FLAGGED', messagesPerSecond: 1000, tier: 'TIER_250' } as const;
    graph.whatsapp({ businessAccountId, phoneNumberId: account.externalId, token: account.token, ...worse });
    const agent = await colleague(owner, 'agent');
    expect((await agent.api.post(`/v1/channels/${id}/check`)).status).toBe(403);
    expect((await stranger.api.post(`/v1/channels/${id}/check`)).status).toBe(404);
    const { body } = await owner.api.post(`/v1/channels/${id}/check`);
    expect(body.details).toMatchObject({
      quality: 'RED',
      throughput: 'HIGH',
      tier: 'TIER_250',
      phoneStatus: 'FLAGGED',
    });
    expect(await of(owner, 'channel.quality_changed')).toEqual([
      {
        ...{ channelId: id, platform: 'whatsapp', quality: 'RED', tier: 'TIER_250', throughput: 'HIGH' },
        previous: { quality: 'GREEN', tier: 'TIER_10K', throughput: 'STANDARD' },
      },
    ]);
    const [alert] = await of(owner, 'channel.alert');
    expect(alert).toMatchObject({
      kind: 'number_status',
      severity: 'warning',
      detail: expect.stringContaining('FLAGGED'),
    });
    expect(await logOf(stranger)).toEqual([]);
  });

  it('are read at once when a webhook tells of them', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp');
    await owner.api.made('/v1/channels', account.registration);
    const { businessAccountId } = account.registration;
    const worse = { qualityRating: 'YELLOW', messagesPerSecond: 80, tier: 'TIER_10K' } as const;
    graph.whatsapp({ businessAccountId, phoneNumberId: account.externalId, token: account.token, ...worse });
    await deliverBody({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: businessAccountId,
          time: Math.floor(Date.now() / 1000),
          changes: [
            {
              field: 'phone_number_quality_update',
              value: { display_phone_number: '15550100', event: 'FLAGGED', current_limit: 'TIER_10K' },
            },
          ],
        },
      ],
    });
    await until(async () => (await of(owner, 'channel.quality_changed')).length === 1, 'the quality is told');
    const [alert] = await of(owner, 'channel.alert');
    expect(alert).toMatchObject({ kind: 'number', severity: 'warning', detail: expect.stringContaining('FLAGGED') });
  });
});

describe.each(ways)('a token of %s that has died', (way) => {
  it('stops the channel wherever that is noticed, once, and a new one connects it again', async () => {
    const { owner, stranger, graph, account } = await openConnecting(way);
    const channel = await owner.api.made('/v1/channels', account.registration);
    await deliver(account.hears('Hello?'));
    const conversation = await firstConversation(owner);
    const credentials = account.registration;
    // Behind a page, the token of the account serves the page too.
    graph.kill(account.token, 463);
    const checked = await Promise.all([1, 2, 3].map(() => owner.api.post(`/v1/channels/${channel.id}/check`)));
    expect(checked.map(({ status }) => status)).toEqual([200, 200, 200]);
    const { body: stopped } = await owner.api.get(`/v1/channels/${channel.id}`);
    expect(stopped).toMatchObject({ status: 'failed', statusReason: expect.stringContaining('new token') });
    const refused = await owner.api.post(`/v1/conversations/${conversation.id}/messages`, {
      content: { type: 'text', text: 'No' },
    });
    expect([refused.status, refused.body.code]).toEqual([409, 'channel_disconnected']);

    graph.revive(account.token);
    const { token, graphHost, login } = credentials;
    const again = await owner.api.put(`/v1/channels/${channel.id}/credentials`, { token, graphHost, login });
    expect(again.body.status).toBe('connected');
    const statuses = (await of(owner, 'channel.status_changed')).map(({ status }) => status);
    expect(statuses).toEqual(['connecting', 'connected', 'failed', 'connecting', 'connected']);
    expect(JSON.stringify(await logOf(owner))).not.toContain(account.token);

    // Those who can see to it are told apart.
    const { body: log } = await owner.api.get('/v1/events?limit=1000');
    const alarms = log.items.map(({ data }: Body) => data).filter(({ action }: Body) => action === 'channel.stopped');
    expect(alarms).toMatchObject([
      {
        actor: { kind: 'switchboard', id: null, name: null },
        subject: { kind: 'channel', id: channel.id, name: channel.name },
        details: { reason: stopped.statusReason },
      },
    ]);
    const { body: kept } = await owner.api.get('/v1/audit-log?action=channel.stopped');
    expect(kept.items).toMatchObject([{ id: alarms[0].entryId, subject: { id: channel.id } }]);
    expect((await stranger.api.get('/v1/audit-log?action=channel.stopped')).body.items).toEqual([]);
  });
});

describe('a token that died on its way out', () => {
  it('does not stop the channel that has another by now', async () => {
    const { owner, graph, account } = await openConnecting('whatsapp');
    const { id } = await owner.api.made('/v1/channels', account.registration);
    const fresh = `${account.token}fresh`;
    const { businessAccountId } = account.registration;
    await accountAtMeta('whatsapp', graph, { token: fresh });
    graph.whatsapp({ businessAccountId, phoneNumberId: account.externalId, token: fresh, windows: 'open' });
    // The check is under way with the old token while the new one is given.
    graph.next(1, { method: 'GET', path: new RegExp(account.externalId), token: account.token }).delay(1500);
    graph.kill(account.token, 460);
    const checking = owner.api.post(`/v1/channels/${id}/check`);
    await owner.api.put(`/v1/channels/${id}/credentials`, { token: fresh, graphHost: graph.url });
    await checking;
    expect((await owner.api.get(`/v1/channels/${id}`)).body.status).toBe('connected');
  });
});

describe('an Instagram token', () => {
  it('is known to end, and when', async () => {
    const { owner, graph, account } = await openConnecting('instagram by itself');
    const expiresAt = Date.now() + 50 * 24 * 3_600_000;
    graph.token({
      ...{ value: account.token, kind: 'instagram', profileId: account.externalId, expiresAt },
      assets: [account.externalId],
    });
    const made = await owner.api.made('/v1/channels', account.registration);
    expect(Date.parse(made.tokenExpiresAt)).toBe(Math.floor(expiresAt / 1000) * 1000);
  });

  it('is renewed before it ends, and goes on without anybody', async () => {
    const { owner, graph, account } = await openConnecting('instagram by itself');
    graph.token({
      ...{ value: account.token, kind: 'instagram', profileId: account.externalId },
      ...{ assets: [account.externalId], expiresAt: Date.now() + 5 * 24 * 3_600_000 },
    });
    const { id } = await owner.api.made('/v1/channels', account.registration);
    const ends = async () => Date.parse((await owner.api.get(`/v1/channels/${id}`)).body.tokenExpiresAt);
    await until(async () => (await ends()) > Date.now() + 50 * 24 * 3_600_000, 'it is renewed');
    graph.kill(account.token, 463);
    const { body } = await owner.api.post(`/v1/channels/${id}/check`);
    expect([body.status, body.statusReason]).toEqual(['connected', null]);
  });
});

describe('a token that cannot be renewed', () => {
  it('is told of before it ends', async () => {
    const { owner, stranger, graph, account } = await openConnecting('messenger');
    const expiresAt = Date.now() + 5 * 24 * 3_600_000;
    graph.token({
      ...{ value: account.token, kind: 'page', profileId: account.externalId },
      ...{ assets: [account.externalId], expiresAt },
    });
    await owner.api.made('/v1/channels', account.registration);
    await until(async () => (await of(owner, 'channel.alert')).length === 1, 'it is told');
    const [alert] = await of(owner, 'channel.alert');
    expect(alert).toMatchObject({ kind: 'token_expiring', severity: 'warning' });
    expect(Date.parse(alert.at)).toBe(Math.floor(expiresAt / 1000) * 1000);
    expect(await logOf(stranger)).toEqual([]);
  });
});
