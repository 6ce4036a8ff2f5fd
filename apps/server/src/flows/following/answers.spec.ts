import type { Wait } from '@switchboard/flows';
import { eventFor, questionFor } from './answers';
import type { Waiting } from './follower.repository';

const waiting = (id: string, more: Partial<Waiting> = {}): Waiting => ({
  ...{ id, contactId: 'c', conversationId: 'v', waitsFor: 'message', waitsAfter: 5, lane: 0 },
  wait: { for: 'message', expect: { as: 'any' }, until: 0 },
  ...more,
});
const forEvent = (on: string, tags?: string[]): Wait => ({
  for: 'event',
  event: { on, ...(tags ? { tags } : {}) },
  until: 0,
});

describe('a message is the answer to', () => {
  const message = { conversationId: 'v', sequence: 10 };

  it('the question of its conversation that was asked last, and before it', () => {
    const all = [
      waiting('first', { waitsAfter: 3 }),
      waiting('last', { waitsAfter: 8 }),
      waiting('later', { waitsAfter: 10 }),
      waiting('elsewhere', { conversationId: 'other', waitsAfter: 9 }),
      waiting('no question', { wait: forEvent('message'), waitsAfter: 9 }),
    ];
    expect(questionFor(all, message)?.id).toBe('last');
    expect(questionFor(all.slice(2), message)).toBeUndefined();
  });
});

describe('a wait for an event is ended by', () => {
  it('that event, and of tags by one of those that it names, whatever their case', () => {
    const tagged = [{ on: 'contact_tagged' as const, tags: ['vip', 'New'] }];
    expect(eventFor(forEvent('contact_tagged', ['VIP']), tagged)).toEqual({
      ...{ kind: 'event', on: 'contact_tagged', value: tagged[0] },
    });
    expect(eventFor(forEvent('contact_tagged', ['Old']), tagged)).toBeUndefined();
    expect(eventFor(forEvent('conversation_closed'), tagged)).toBeUndefined();
    expect(eventFor(forEvent('conversation_closed'), [{ on: 'conversation_closed' }])).toMatchObject({ kind: 'event' });
    expect(eventFor(waiting('q').wait, tagged)).toBeUndefined();
  });
});
