import type { ConversationSummary, MessageView } from '@switchboard/contracts';
import { type ConversationFilter, type ConversationItem, conversationsAfter } from './conversation-list';
import type { Envelope } from './events';
import { type MessageItem, messagesAfter } from './message-list';
import { cursorAt } from './scripted-socket-io.fixture';
import { ToldContacts } from './told-contacts';

const time = (minute: number) => `2026-11-22T10:${String(minute).padStart(2, '0')}:00.000Z`;

function conversation(id: string, minute: number, change: Partial<ConversationSummary> = {}): ConversationSummary {
  return {
    id,
    platform: 'whatsapp',
    channelId: 'shop',
    status: 'open',
    snoozedUntil: null,
    assigneeId: null,
    labels: [],
    version: 1,
    contact: { id: `contact of ${id}`, name: null, username: null, phone: null },
    unreadCount: 1,
    lastMessage: { id: `last of ${id}`, type: 'text', preview: 'Hi', direction: 'inbound', sentAt: time(minute) },
    serviceWindowEndsAt: null,
    ...change,
  };
}

function message(id: string, minute: number, change: Partial<MessageView> = {}): MessageView {
  return {
    id,
    conversationId: 'a',
    channelId: 'shop',
    contactId: 'somebody',
    platform: 'whatsapp',
    platformMessageId: null,
    direction: 'outbound',
    author: { kind: 'user', id: 'me' },
    type: 'text',
    content: { text: id },
    status: 'sent',
    replyToMessageId: null,
    clientId: null,
    sentAt: time(minute),
    deletedAt: null,
    error: null,
    editedAt: null,
    ...change,
  };
}

const event = (type: string, data: object) =>
  ({ id: 'e', type, workspaceId: 'w', occurredAt: time(0), data }) as Envelope;

describe('a list of conversations', () => {
  const items: readonly ConversationItem[] = [conversation('a', 30), conversation('b', 20), conversation('c', 10)];
  const reload = jest.fn();
  const after = (told: Envelope, filter: ConversationFilter = {}, hasMore = false) =>
    conversationsAfter(items, told, { hasMore, reload }, filter, 'me');
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id).join('');
  const updated = (one: ConversationItem) => event('conversation.updated', { conversation: one, changedBy: 'me' });

  it('has the one with the latest message first', () => {
    expect(ids(after(updated(conversation('c', 40))))).toBe('cab');
    expect(ids(after(updated(conversation('d', 25))))).toBe('adbc');
  });

  it('does not show at its end what stands on a page that is not loaded', () => {
    expect(ids(after(updated(conversation('d', 5)), {}, false))).toBe('abcd');
    expect(after(updated(conversation('d', 5)), {}, true)).toBe(items);
  });

  it.each<[string, ConversationFilter, Partial<ConversationSummary>]>([
    ['status', { status: ['open', 'pending'] }, { status: 'closed' }],
    ['snooze', { snoozed: false }, { status: 'snoozed' }],
    ['assignee', { assignee: 'me' }, { assigneeId: 'somebody else' }],
    ['nobody to care', { assignee: 'none' }, { assigneeId: 'me' }],
    ['channel', { channelId: 'shop' }, { channelId: 'another' }],
    ['platform', { platform: 'whatsapp' }, { platform: 'instagram' }],
    ['label', { label: 'vip' }, { labels: ['other'] }],
    ['unread', { unread: true }, { unreadCount: 0 }],
  ])('loses what its filter lets through no more: %s', (_, filter, change) => {
    expect(ids(after(updated(conversation('b', 20, change)), filter))).toBe('ac');
    expect(after(updated(conversation('d', 50, change)), filter)).toBe(items);
  });

  it('shows one that is mine by now', () => {
    expect(ids(after(updated(conversation('d', 50, { assigneeId: 'me' })), { assignee: 'me' }))).toBe('dabc');
  });

  it('counts what was read, and drops labels that are gone', () => {
    const read = event('conversation.read', { conversationId: 'b', userId: 'me', messageIds: [], unreadCount: 0 });
    expect(after(read)[1]).toMatchObject({ id: 'b', unreadCount: 0 });
    expect(ids(after(read, { unread: true }))).toBe('ac');
    const labelled = [conversation('a', 30, { labels: ['vip', 'new'] })];
    const gone = event('label.deleted', { labelId: 'vip' });
    expect(conversationsAfter(labelled, gone, { hasMore: false, reload }, {}, 'me')).toMatchObject([
      { labels: ['new'] },
    ]);
  });

  it('is loaded anew when the words it shows are edited, and only then', () => {
    reload.mockClear();
    expect(after(event('message.edited', { messageId: 'another' }))).toBe(items);
    expect(reload).not.toHaveBeenCalled();
    after(event('message.edited', { messageId: 'last of b' }));
    expect(reload).toHaveBeenCalledTimes(1);
  });
});

describe('a list of conversations, when contacts change', () => {
  const items: readonly ConversationItem[] = [conversation('a', 30), conversation('b', 20)];
  const reload = jest.fn();
  beforeEach(() => reload.mockClear());
  const list = (head?: string) => {
    const contacts = new ToldContacts();
    return (told: Envelope, from = items) =>
      conversationsAfter(from, told, { hasMore: false, reload, head }, {}, 'me', contacts);
  };
  const names = (all: readonly ConversationItem[]) => all.map((one) => 'contact' in one && one.contact.name);
  const ofB = (name: string | null) => ({ id: 'contact of b', name, username: null, phone: null });
  const renamed = (name: string, sequence: number) => ({
    ...event('contact.updated', { contact: { ...ofB(name), email: null, tags: [], attributes: {} } }),
    cursor: cursorAt(sequence),
  });
  const answered = (name: string | null, sequence: number) => ({
    ...event('conversation.updated', { conversation: conversation('b', 20, { contact: ofB(name) }), changedBy: 'me' }),
    cursor: cursorAt(sequence),
  });

  it('shows their names, and no more of them than it did', () => {
    const after = list();
    expect(names(after(renamed('Bea', 1)))).toEqual([null, 'Bea']);
    expect(after(renamed('Bea', 1))[1]).toMatchObject({ contact: ofB('Bea') });
    expect(Object.keys((after(renamed('Bea', 1))[1] as ConversationSummary).contact)).toEqual(Object.keys(ofB('Bea')));
    expect(after(event('contact.updated', { contact: { ...ofB('Cid'), id: 'of nobody here' } }))).toBe(items);
    expect(after(event('contact.updated', { erased: true }))).toBe(items);
    expect(reload).not.toHaveBeenCalled();
  });

  it('keeps a name against an event of /messages that was recorded before, and told after', () => {
    const after = list(cursorAt(1));
    const shown = after(renamed('Bea', 5));
    expect(names(after(answered(null, 4), shown))).toEqual([null, 'Bea']);
  });

  it('takes what it was loaded with for newer than what had been told before', () => {
    const after = list(cursorAt(9));
    after(renamed('Bea', 5));
    expect(names(after(answered('Beatrice', 10)))).toEqual([null, 'Beatrice']);
  });

  it('forgets who was erased, and is loaded anew without their words', () => {
    const after = list();
    after(renamed('Bea', 5));
    for (const type of ['contact.deleted', 'contact.erased']) after(event(type, { contactId: 'contact of b' }));
    expect(reload).toHaveBeenCalledTimes(2);
    expect(names(after(answered(null, 7)))).toEqual([null, null]);
    after(event('contact.erased', { contactId: 'of nobody here' }));
    expect(reload).toHaveBeenCalledTimes(2);
  });

  it('is loaded anew where conversations became one or two, or an import has changed somebody', () => {
    const after = list();
    const merged = (more: object) =>
      event('contact.merged', {
        ...{ mergeId: 'm', contact: ofB('Bea'), mergedContactId: 'contact of a', reason: 'manual', undone: false },
        ...more,
      });
    expect(names(after(merged({ conversations: [{ id: 'a', into: null }] })))).toEqual(['Bea', 'Bea']);
    expect(reload).not.toHaveBeenCalled();
    after(merged({ conversations: [{ id: 'a', into: 'b' }] }));
    after(merged({ conversations: [], undone: true }));
    after(event('contact.import_completed', { dryRun: false, updated: 1 }));
    expect(reload).toHaveBeenCalledTimes(3);
    after(event('contact.import_completed', { dryRun: true, updated: 1 }));
    after(event('contact.import_completed', { dryRun: false, updated: 0 }));
    expect(reload).toHaveBeenCalledTimes(3);
  });
});

describe('the messages of a conversation', () => {
  const items: readonly MessageItem[] = [message('c', 30), message('b', 20, { status: 'read' }), message('a', 10)];
  const reload = jest.fn();
  const after = (type: string, data: object) =>
    messagesAfter(items, event(type, data), { hasMore: false, reload }, 'a');
  const state = (change: object) => ({
    conversationId: 'a',
    status: 'delivered',
    messageIds: [],
    watermark: null,
    changed: 1,
    ...change,
  });
  const statuses = (list: readonly MessageItem[]) => list.map((one) => ('status' in one ? one.status : ''));

  it('stand in the order of their times, each once', () => {
    const told = after('message.received', { message: message('late', 25, { direction: 'inbound' }) });
    expect(told.map(({ id }) => id)).toEqual(['c', 'late', 'b', 'a']);
    expect(after('message.sent', { message: message('c', 30) })).toHaveLength(3);
    expect(after('message.received', { message: message('x', 40, { conversationId: 'other' }) })).toBe(items);
  });

  it('go forward in their states and never back', () => {
    expect(statuses(after('message.delivered', state({ messageIds: ['a', 'b', 'c'] })))).toEqual([
      'delivered',
      'read',
      'delivered',
    ]);
    expect(statuses(after('message.sent', { message: message('b', 20, { status: 'sent' }) }))[1]).toBe('read');
    const failed = after('message.failed', state({ status: 'failed', messageIds: ['a'], errors: [{ code: 131047 }] }));
    expect(failed[2]).toMatchObject({ status: 'failed', error: { code: 131047 } });
  });

  it('are meant by a watermark, named or not', () => {
    expect(statuses(after('message.read', state({ status: 'read', watermark: time(20) })))).toEqual([
      'sent',
      'read',
      'read',
    ]);
  });

  it('are loaded anew when their contact is merged or erased, and only then', () => {
    reload.mockClear();
    const merged = (id: string, into: string | null) => ({
      mergeId: 'm',
      conversations: [{ id, into }],
      undone: false,
    });
    expect(after('contact.merged', merged('x', 'y'))).toBe(items);
    after('contact.erased', { contactId: 'another' });
    expect(reload).not.toHaveBeenCalled();
    after('contact.merged', merged('x', 'a'));
    after('contact.merged', merged('a', 'x'));
    after('contact.erased', { contactId: 'somebody' });
    expect(reload).toHaveBeenCalledTimes(3);
  });

  it('say what they were edited to, and nothing once deleted', () => {
    const edited = { conversationId: 'a', messageId: 'c', content: { text: 'new' }, editedAt: time(31) };
    expect(after('message.edited', edited)[0]).toMatchObject({ content: { text: 'new' }, editedAt: time(31) });
    const deleted = { conversationId: 'a', messageId: 'c', deletedAt: time(32) };
    expect(after('message.deleted', deleted)[0]).toMatchObject({ content: {}, deletedAt: time(32) });
  });
});
