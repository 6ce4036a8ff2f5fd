import type { MessageStatus } from '@switchboard/contracts';
import fc from 'fast-check';
import { eventOf, higher, rankOf } from './message-status';

const told = fc.array(fc.constantFrom<MessageStatus>('sent', 'delivered', 'read', 'played', 'failed'), {
  minLength: 1,
});
const settle = (statuses: MessageStatus[]) =>
  statuses.reduce<MessageStatus>((now, next) => higher(now, next), 'queued');

describe("a message's status", () => {
  it('ends the same whatever order Meta tells it in', () => {
    fc.assert(
      fc.property(told, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (statuses, random) => {
        const shuffled = [...statuses]
          .map((status) => ({ status, at: random.next().value as number }))
          .sort((a, b) => a.at - b.at)
          .map(({ status }) => status);
        expect(settle(shuffled)).toBe(settle(statuses));
      }),
    );
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(told, (statuses) => {
        let now: MessageStatus = 'queued';
        for (const next of statuses) {
          const then = higher(now, next);
          expect(rankOf(then)).toBeGreaterThanOrEqual(rankOf(now));
          now = then;
        }
      }),
    );
  });

  it('is failed after sent, and not after it was delivered', () => {
    expect(settle(['sent', 'failed'])).toBe('failed');
    expect(settle(['failed', 'delivered'])).toBe('delivered');
    expect(settle(['delivered', 'failed'])).toBe('delivered');
  });

  it.each([
    ['sent', 'message.sent'],
    ['delivered', 'message.delivered'],
    ['read', 'message.read'],
    ['played', 'message.read'],
    ['failed', 'message.failed'],
  ] as const)('%s is told as %s', (status, event) => {
    expect(eventOf(status)).toBe(event);
  });
});
