import type { EventType } from '@switchboard/contracts';
import type { StoredEvent } from '@switchboard/events';
import { heard } from './happenings';

const event = (type: EventType, data: object): StoredEvent => ({
  ...{ workspaceId: 'w', sequence: 7, id: 'e', type, audience: [], field: null },
  ...{ occurredAt: '2026-03-02T10:00:00.000Z', data: JSON.stringify(data) },
});
const of = (type: EventType, data: object) => heard(event(type, data));

const author = { kind: 'contact', id: 'c' };
const place = { id: 'm', contactId: 'c', conversationId: 'v', channelId: 'h', platform: 'messenger', author };
const received = (message: object, more: object = {}) =>
  of('message.received', {
    message: { ...place, type: 'text', content: { text: 'Hi' }, sentAt: '2026-03-02T09:59:59.000Z', ...message },
    conversation: { status: 'open' },
    ...{ first: false, reopened: false, campaignId: null },
    ...more,
  });

const conversation = { id: 'v', channelId: 'h', contact: { id: 'c' }, status: 'open', assigneeId: null };
const updated = (now: object, before: object | null, changedBy: string | null = null) =>
  of('conversation.updated', { conversation: { ...conversation, ...now }, changedBy, before });

describe('what flows hear of an event', () => {
  it('a message says who wrote what, where, when, and whether it is their first', () => {
    expect(received({}, { first: true })).toEqual({
      ...{ sequence: 7, contactId: 'c', conversationId: 'v', channelId: 'h' },
      message: { id: 'm', type: 'text', text: 'Hi', payload: null, content: { text: 'Hi' } },
      happenings: [{ on: 'message', text: 'Hi', payload: null, first: true, referral: null, at: 1772445599000 }],
    });
  });

  it.each([
    ['postback', { text: 'Begin', reply: { payload: 'GO' } }, [{ on: 'postback', payload: 'GO' }]],
    ['order', { structured: {} }, [{ on: 'order_created' }]],
    ['story_mention', { attachments: [{ type: 'story_mention' }] }, [{ on: 'story_mention' }]],
    ['text', { text: 'Hi', referral: { source_id: '120', source_url: 'https://fb.me/1' } }, []],
  ])('a message of type %s says so before it is one', (type, content, more) => {
    const found = received({ type, content })!;
    expect(found.happenings.slice(0, -1)).toEqual(more);
    expect(found.happenings.at(-1)).toMatchObject({ on: 'message' });
  });

  it.each([
    [{ ref: 'spring' }, 'spring'],
    [{ source_id: '120' }, '120'],
    [{ ad_id: 77 }, '77'],
    [{ source: 'SHORTLINK' }, ''],
    [undefined, null],
  ])('what brought it, %j, is %j', (referral, expected) => {
    expect(received({ content: { text: 'Hi', referral } })!.happenings.at(-1)).toMatchObject({ referral: expected });
  });

  it('a caption is what a picture says', () => {
    const content = { attachments: [{ type: 'image', caption: 'Like this one' }] };
    expect(received({ type: 'image', content })!.message).toMatchObject({ text: 'Like this one' });
  });

  it('a conversation that it has opened again, and the campaign that it may answer', () => {
    const found = received({}, { reopened: true, campaignId: 'k' })!;
    expect(found.happenings.map(({ on }) => on)).toEqual(['conversation_opened', 'message']);
    expect(found.campaign).toEqual({ id: 'k', at: '2026-03-02T09:59:59.000Z' });
  });

  it.each([
    [{ status: 'open' }, { status: 'closed', assigneeId: null }, [{ on: 'conversation_opened' }]],
    [{ status: 'open' }, { status: 'snoozed', assigneeId: null }, [{ on: 'conversation_opened' }]],
    [{ status: 'closed' }, { status: 'open', assigneeId: null }, [{ on: 'conversation_closed' }]],
    [{ assigneeId: 'u' }, { status: 'open', assigneeId: null }, [{ on: 'conversation_assigned', user: 'u' }]],
  ])('a conversation that is %j and was %j', (now, before, expected) => {
    expect(updated(now, before)!.happenings).toEqual(expected);
  });

  it('nothing, where a conversation has other labels, or its history was imported', () => {
    expect(updated({}, { status: 'open', assigneeId: null })).toBeUndefined();
    expect(updated({ status: 'closed' }, null)).toBeUndefined();
    expect(updated({ status: 'open' }, { status: 'pending', assigneeId: null })).toBeUndefined();
  });

  it('a person has a conversation who takes it for themselves, and not who is given it', () => {
    const before = { status: 'open', assigneeId: null };
    expect(updated({ assigneeId: 'u' }, before, 'u')!.taken).toBe(true);
    expect(updated({ assigneeId: 'u' }, before, 'boss')!.taken).toBeUndefined();
    expect(updated({ assigneeId: 'u', status: 'closed' }, before, 'u')).toMatchObject({ closed: true });
  });

  it('a person has a conversation in which they write, here, on the phone, or in an inbox of Meta’s', () => {
    const sent = (by: object, platform: string) =>
      of('message.sent', { message: { ...place, platform, author: by }, conversation });
    const queued = (by: object) => of('message.queued', { message: { ...place, author: by }, conversation });
    expect(queued({ kind: 'user', id: 'u' })!.taken).toBe(true);
    for (const kind of ['flow', 'campaign', 'api_key']) expect(queued({ kind, id: 'x' })).toBeUndefined();
    const app = { kind: 'meta_app', appId: null };
    expect(sent(app, 'whatsapp')!.taken).toBe(true);
    expect(sent({ ...app, appId: '26' }, 'messenger')!.taken).toEqual({ appId: '26' });
    // It may be what was sent from here.
    expect(sent(app, 'instagram')).toBeUndefined();
  });

  it('what becomes of messages that flows have sent', () => {
    expect(
      of('message.failed', { messageIds: ['a'], errors: [{ reason: 'undeliverable', message: 'No' }] })!.messages,
    ).toEqual({
      ...{ ids: ['a'], state: 'failed', error: { code: 'undeliverable', message: 'No' } },
    });
    expect(of('message.unknown', { messageIds: ['a'] })!.messages).toEqual({
      ids: ['a'],
      state: 'unknown',
      error: null,
    });
    expect(of('message.sent', { messageIds: ['a'], status: 'sent' })!.messages).toMatchObject({ state: 'completed' });
  });

  it('tags that were put on, and a contact that is made', () => {
    expect(of('contact.updated', { contact: { id: 'c' } })).toBeUndefined();
    expect(of('contact.updated', { contact: { id: 'c' }, tagged: ['VIP'] })!.happenings).toEqual([
      { on: 'contact_tagged', tags: ['VIP'] },
    ]);
    const made = of('contact.created', { contact: { id: 'c', tags: ['VIP'] }, channelId: null })!;
    expect(made.happenings).toEqual([{ on: 'contact_created' }, { on: 'contact_tagged', tags: ['VIP'] }]);
  });

  it('comments that are new, of whichever platform', () => {
    const webhook = (field: string, content: object) =>
      of('webhook.received', { field, channelId: 'h', sender: { id: 'p' }, content });
    const comment = { commentId: '1', text: 'How much?' };
    expect(webhook('comments', { ...comment, mediaId: '9' })).toMatchObject({
      ...{ author: 'p', channelId: 'h', contactId: null },
      happenings: [{ on: 'comment', commentId: '1', postId: '9', text: 'How much?' }],
    });
    const feed = { ...comment, item: 'comment', postId: '8' };
    expect(webhook('feed', { ...feed, verb: 'add' })!.happenings).toMatchObject([{ postId: '8' }]);
    for (const verb of ['edited', 'remove']) expect(webhook('feed', { ...feed, verb })).toBeUndefined();
    expect(webhook('feed', { ...feed, item: 'reaction', verb: 'add' })).toBeUndefined();
    expect(webhook('comments', { text: 'no id' })).toBeUndefined();
  });
});
