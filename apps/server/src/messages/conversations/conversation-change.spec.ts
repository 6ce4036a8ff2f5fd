import { type ConversationState, changed } from './conversation-change';

const now = new Date('2026-11-21T10:00:00Z');
const tomorrow = new Date('2026-11-22T10:00:00Z');
const open: ConversationState = { status: 'open', snoozedUntil: null, assigneeId: null, labelIds: ['b'] };
const snoozed: ConversationState = { ...open, status: 'snoozed', snoozedUntil: tomorrow };

describe('a change of a conversation', () => {
  it.each([
    ['closes it', open, { status: 'closed' as const }, { ...open, status: 'closed' }],
    ['snoozes it', open, { status: 'snoozed' as const, snoozedUntil: tomorrow }, snoozed],
    ['ends the snooze with the status', snoozed, { status: 'open' as const }, open],
    ['moves the snooze', snoozed, { snoozedUntil: new Date('2026-11-23T10:00:00Z') }, expect.anything()],
    ['keeps the snooze where only the assignee changes', snoozed, { assigneeId: 'u' }, { ...snoozed, assigneeId: 'u' }],
    ['assigns it', open, { assigneeId: 'u' }, { ...open, assigneeId: 'u' }],
    ['gives it to nobody', { ...open, assigneeId: 'u' }, { assigneeId: null }, open],
    ['replaces the labels, each once', open, { labels: ['c', 'a', 'c'] }, { ...open, labelIds: ['a', 'c'] }],
    ['takes the labels off', open, { labels: [] }, { ...open, labelIds: [] }],
  ])('%s', (_, before, change, after) => {
    expect(changed(before, change, now)).toEqual(after);
  });

  it.each([
    ['nothing said', {}],
    ['the status it has', { status: 'open' as const }],
    ['the labels it has', { labels: ['b', 'b'] }],
    ['nobody again', { assigneeId: null }],
  ])('changes nothing with %s', (_, change) => {
    expect(changed(open, change, now)).toBe(open);
  });

  it.each([
    ['snoozed without an end', open, { status: 'snoozed' as const }, /^snoozedUntil: say until when/],
    [
      'an end in the past',
      open,
      { status: 'snoozed' as const, snoozedUntil: now },
      /^snoozedUntil: must be in the future/,
    ],
    [
      'an end in years',
      open,
      { status: 'snoozed' as const, snoozedUntil: new Date('2030-01-01') },
      /^snoozedUntil: at most 366 days/,
    ],
    ['an end without the status', open, { snoozedUntil: tomorrow }, /^snoozedUntil: only with/],
  ])('is refused with %s', (_, before, change, message) => {
    expect(() => changed(before, change, now)).toThrow(message);
  });
});
