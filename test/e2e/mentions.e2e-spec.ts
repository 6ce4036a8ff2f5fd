import { randomInt } from 'node:crypto';
import { instagram, instagramChat, messenger, messengerChat, type SimulatedItem } from '@switchboard/simulator';
import type { Tenant } from '../support/api-client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type AccountAtMeta, accountAtMeta, closeGraphs, logOf, openConnecting, type Way } from './support/connecting';
import { deliver } from './support/deliver';
import type { Body } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const digits = () => String(randomInt(1e14, 2.8e14));
const at = Date.UTC(2026, 9, 1, 9);
let seed = 0;

/** Reads of what mentions say. */
const reads = {
  method: 'GET',
  where: ({ fields }: Record<string, unknown>) => /^mentioned_|^message,from/.test(String(fields)),
};

interface Mentioned {
  item: SimulatedItem;
  /** What Meta answers who asks for its words. */
  known: object;
}

/** Somebody mentions the account in a comment of an Instagram media. */
function inComment({ graph, inbox, externalId }: AccountAtMeta, text = 'Look, shop'): Mentioned {
  const [mediaId, commentId] = [digits(), digits()];
  const permalink = `https://www.instagram.com/p/${mediaId}/`;
  graph.post(inbox!, { id: mediaId, permalink, username: 'bea' });
  graph.comment(inbox!, { id: commentId, text, from: { id: '5', username: 'ada.l' }, at, objectId: mediaId });
  const chat = instagramChat({ now: Date.now, seed: ++seed, account: { id: externalId } });
  return {
    item: instagram.mention(chat, { mediaId, commentId }),
    known: {
      ...{ platform: 'instagram', mediaId, commentId, postId: null, text, permalink, mediaType: null },
      ...{ author: { id: null, name: null, username: 'ada.l' }, writtenAt: new Date(at).toISOString() },
    },
  };
}

/** … in a caption. */
function inCaption({ graph, inbox, externalId }: AccountAtMeta): Mentioned {
  const mediaId = digits();
  graph.post(inbox!, { id: mediaId, caption: 'With shop', username: 'ada.l', mediaType: 'VIDEO', at });
  const chat = instagramChat({ now: Date.now, seed: ++seed, account: { id: externalId } });
  return {
    item: instagram.mention(chat, { mediaId }),
    known: {
      ...{ platform: 'instagram', mediaId, commentId: null, postId: null, text: 'With shop', mediaType: 'VIDEO' },
      permalink: `https://www.instagram.com/p/${mediaId}/`,
      ...{ author: { id: null, name: null, username: 'ada.l' }, writtenAt: new Date(at).toISOString() },
    },
  };
}

/** … or a page in a post, whose words the webhook leaves out. */
function inPost({ graph, inbox, externalId }: AccountAtMeta): Mentioned {
  const chat = messengerChat({ now: Date.now, seed: ++seed, account: { id: externalId } });
  const from = { id: chat.customer.id, name: 'Ada Lovelace' };
  const postId = `${from.id}_${digits()}`;
  graph.post(inbox!, { id: postId, caption: 'Thanks, shop', from, at });
  return {
    item: messenger.mention(chat, { postId }),
    known: {
      ...{ platform: 'messenger', mediaId: null, commentId: null, postId, text: 'Thanks, shop', mediaType: null },
      permalink: `https://www.facebook.com/${postId}`,
      ...{ author: { ...from, username: null }, writtenAt: new Date(at).toISOString() },
    },
  };
}

const facebookLogin: Way = 'instagram behind a page';

async function connected(way: Way) {
  const opened = await openConnecting(way, { callbacks: false });
  const channel = await opened.owner.api.made('/v1/channels', opened.account.registration);
  return { ...opened, channel };
}

/** The only mention of a workspace, once it is no longer pending. */
function settled({ api }: Tenant): Promise<Body> {
  return until(async () => {
    const [mention] = await api.all('/v1/mentions');
    return mention && mention.state !== 'pending' && mention;
  }, 'the mention is read, or given up');
}

const told = async (tenant: Tenant): Promise<Body[]> =>
  (await logOf(tenant)).filter(({ type }: Body) => type === 'webhook.mention_read').map(({ data }) => data.mention);

describe('a mention', () => {
  it.each([
    ['in a comment on Instagram', facebookLogin, inComment],
    ['in a caption on Instagram', facebookLogin, inCaption],
    ['of a page', 'messenger' as const, inPost],
  ])('%s is told with its words, read once, to its workspace alone', async (_, way, write) => {
    const { owner, stranger, graph, account, channel } = await connected(way);
    const dashboard = await owner.sockets('/webhooks', { fields: ['mentions'] });
    const asked = graph.always(reads).delay(0);
    const { item, known } = write(account);
    await deliver(item);

    const [{ data }] = (await dashboard.waitFor('webhook.mention_read')) as [Body];
    expect(data.mention).toEqual({
      ...{ ...known, id: expect.any(String), channelId: channel.id },
      itemId: dashboard.of('webhook.received')[0]!.data.itemId,
    });
    expect(await settled(owner)).toEqual({
      ...{ ...data.mention, state: 'read', reason: null, mentionedAt: expect.any(String) },
    });

    // Told again in another body, it is no other mention; what comes behind it has been read when both have been taken in.
    await deliver({ ...item, id: `${item.id} again`, place: { ...item.place, in: 'flat' } as never });
    await deliver(write(account).item);
    await dashboard.waitFor('webhook.mention_read', 2);
    expect(asked.hits).toBe(2);
    expect(await told(owner)).toHaveLength(2);
    const { body: page } = await owner.api.get(`/v1/mentions?limit=1&channelId=${channel.id}`);
    expect([page.items.length, page.head]).toEqual([1, expect.any(String)]);
    const { body: last } = await owner.api.get(`/v1/mentions?limit=1&before=${page.next}`);
    expect([last.items.map(({ id }: Body) => id), last.next]).toEqual([[data.mention.id], null]);
    expect(await owner.api.all(`/v1/mentions?channelId=${crypto.randomUUID()}`)).toEqual([]);
    expect(await stranger.api.all('/v1/mentions')).toEqual([]);
    expect(await logOf(stranger)).toEqual([]);
  });

  it('of a page that says its words is told at once', async () => {
    const { owner, graph, account } = await connected('messenger');
    const asked = graph.always(reads).delay(0);
    const chat = messengerChat({ now: Date.now, seed: ++seed, account: { id: account.externalId } });
    await deliver(messenger.mention(chat, { text: 'Thanks, shop' }));
    expect(await settled(owner)).toMatchObject({
      ...{ state: 'read', text: 'Thanks, shop', author: { id: chat.customer.id, name: chat.customer.name } },
    });
    expect((await told(owner)).map(({ text }) => text)).toEqual(['Thanks, shop']);
    expect(asked.hits).toBe(0);
  });

  it.each([
    ['Meta throttles', { code: 4, retryAfter: 1 }],
    ['Meta does not answer', { code: 2 }],
  ])('is read later where %s', async (_, error) => {
    const { owner, graph, account } = await connected(facebookLogin);
    const failing = graph.next(1, reads).fail(error);
    const { item, known } = inComment(account);
    await deliver(item);
    expect(await settled(owner)).toMatchObject({ ...known, state: 'read' });
    expect(failing.hits).toBe(1);
    expect(await told(owner)).toHaveLength(1);
  });

  it.each([
    ['is deleted', { code: 100, subcode: 2207021, message: 'Invalid parameter: comment_id' }],
    ['the token may not read', { code: 10 }],
  ])('that %s is given up, with the reason', async (_, error) => {
    const { owner, graph, account, channel } = await connected(facebookLogin);
    const refusing = graph.always(reads).fail(error);
    await deliver(inComment(account).item);
    const mention = await settled(owner);
    expect(mention).toMatchObject({
      state: 'unreadable',
      text: null,
      reason: expect.stringMatching(`^${error.code}: `),
    });
    refusing.end();
    await deliver(inComment(account, 'The next one').item);
    await until(async () => (await told(owner)).length === 1, 'the next one is read');
    expect(refusing.hits).toBe(1);
    expect((await owner.api.get(`/v1/channels/${channel.id}`)).body.status).toBe('connected');
  });

  it('of an account with Instagram Login is not asked about: Meta tells it with Facebook Login only', async () => {
    const { owner, graph, account } = await connected('instagram by itself');
    const asked = graph.always(reads).delay(0);
    await deliver(inComment(account).item);
    expect(await settled(owner)).toMatchObject({
      state: 'unreadable',
      reason: expect.stringMatching(/Facebook Login/),
    });
    expect(asked.hits).toBe(0);
  });

  it('waits for a channel that is not connected yet', async () => {
    const { owner, graph, account } = await openConnecting(facebookLogin, { callbacks: false });
    const { token, graphHost } = account.registration;
    const subscribing = graph.always({ method: 'POST', path: /subscribed_apps/ }).fail(200);
    const channel = await owner.api.made('/v1/channels', account.registration);
    const { item, known } = inComment(account);
    await deliver(item);
    await until(async () => (await owner.api.all('/v1/mentions'))[0], 'it has been taken in');
    expect((await owner.api.all('/v1/mentions'))[0]).toMatchObject({ state: 'pending', text: null });
    subscribing.end();
    await owner.api.put(`/v1/channels/${channel.id}/credentials`, { token, graphHost });
    expect(await settled(owner)).toMatchObject(known);
  });

  it('of two workspaces at once comes to each with its own words', async () => {
    const { owner, stranger, graph, account } = await connected(facebookLogin);
    const other = await accountAtMeta(facebookLogin, graph);
    await stranger.api.made('/v1/channels', other.registration);
    await deliver([inComment(account, 'For the one').item, inComment(other, 'For the other').item]);
    expect((await settled(owner)).text).toBe('For the one');
    expect((await settled(stranger)).text).toBe('For the other');
    expect((await told(owner)).map(({ text }) => text)).toEqual(['For the one']);
    expect((await told(stranger)).map(({ text }) => text)).toEqual(['For the other']);
  });

  it('goes with the person who wrote it, when they are erased', async () => {
    const { owner, account } = await connected('messenger');
    const chat = messengerChat({ now: Date.now, seed: ++seed, account: { id: account.externalId } });
    const theirs = messenger.mention(chat, { text: 'Thanks, shop' });
    const { item: another } = inPost(account);
    await deliver([messenger.text(chat, 'Hello'), theirs, another]);
    await until(async () => (await told(owner)).length === 2, 'both mentions are told');
    const [{ contact }] = await owner.api.all('/v1/conversations');
    const copy = await owner.api.get(`/v1/contacts/${contact.id}/personal-data`);
    expect(copy.body.mentions).toEqual([expect.objectContaining({ text: 'Thanks, shop' })]);

    await owner.api.made(`/v1/contacts/${contact.id}/erase`);
    const events = async () => JSON.stringify(await logOf(owner));
    await until(async () => (await events()).includes('contact.erased'), 'nothing is left of them');
    const left = await owner.api.all('/v1/mentions');
    expect(left.map(({ postId }) => postId)).toEqual([(another.element as Body).post_id]);
    const kept = JSON.stringify([await logOf(owner), await owner.api.all('/v1/webhook-deliveries')]);
    expect(kept).not.toContain((theirs.element as Body).post_id);
  });
});
