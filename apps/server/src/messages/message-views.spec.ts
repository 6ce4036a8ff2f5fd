import { type ConversationRow, conversationSummary, previewOf } from './message-views';

describe('the preview of a message', () => {
  it.each([
    ['text', { text: 'Do you have it in blue?' }, 'Do you have it in blue?'],
    ['postback', { reply: { title: 'Get started', payload: 'START' } }, 'Get started'],
    ['image', { attachments: [{ type: 'image', caption: 'my receipt' }] }, 'my receipt'],
    ['document', { attachments: [{ type: 'document', filename: 'offer.pdf' }] }, 'offer.pdf'],
    ['audio', { attachments: [{ type: 'audio' }] }, '[audio]'],
    ['unsupported', {}, '[unsupported]'],
  ])('of %s says what it holds', (type, content, preview) => {
    expect(previewOf(type, content)).toBe(preview);
  });

  it('is cut between characters, never within one', () => {
    const preview = previewOf('text', { text: '😀'.repeat(200) });
    expect(preview.isWellFormed()).toBe(true);
    expect(preview.endsWith('…')).toBe(true);
    expect(preview.length).toBeLessThanOrEqual(122);
  });

  it('holds no NUL, which PostgreSQL would refuse', () => {
    expect(previewOf('text', { text: 'a\0b' })).toBe('ab');
  });
});

describe('the summary of a conversation', () => {
  const contact = { id: 'c', name: 'Ana', username: null, phone: null };
  const row: ConversationRow = {
    id: '1',
    workspaceId: 'w',
    channelId: 'ch',
    contactId: 'c',
    platform: 'messenger',
    status: 'open',
    snoozedUntil: null,
    assigneeId: null,
    labelIds: [],
    version: 1,
    inboundCount: 5,
    readCount: 2,
    lastMessageId: 'm',
    lastMessageType: 'text',
    lastMessagePreview: 'hi',
    lastMessageDirection: 'inbound',
    lastMessageAt: new Date('2026-11-21T10:00:00Z'),
    lastInboundAt: new Date('2026-11-21T10:00:00Z'),
  };

  it('counts what nobody has read', () => {
    expect(conversationSummary(row, contact).unreadCount).toBe(3);
    expect(conversationSummary({ ...row, readCount: 7 }, contact).unreadCount).toBe(0);
  });

  it('says until when Meta allows a free answer: 24 hours after the last message of the customer', () => {
    expect(conversationSummary(row, contact).serviceWindowEndsAt).toBe('2026-11-22T10:00:00.000Z');
    expect(conversationSummary({ ...row, lastInboundAt: null }, contact).serviceWindowEndsAt).toBeNull();
  });
});
