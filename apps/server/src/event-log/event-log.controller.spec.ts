import type { EventLogRepository, LogHead, StoredEvent } from '@switchboard/events';
import type { Session } from '../identity';
import { EventLogController } from './event-log.controller';

const epoch = '54d4bde47d';
const cursor = (sequence: number) => `${epoch}.${String(sequence).padStart(16, '0')}`;
const session = { workspaceId: 'w1', userId: 'u1', role: 'owner' } as Session;

/** A log that is told of as it stood before its oldest events were dropped; `now` is how it stands. */
function controllerOf(before: LogHead, now: LogHead, sequences: number[]): EventLogController {
  const stands = [before];
  const log = {
    heads: async () => new Map([['w1', stands.shift() ?? now]]),
    read: async (_: string, after: number) =>
      sequences
        .filter((sequence) => sequence > after)
        .map((sequence) => ({
          workspaceId: 'w1',
          sequence,
          type: 'contact.created',
          audience: ['workspace:w1'],
          data: '{}',
        })) as unknown as StoredEvent[],
  };
  return new EventLogController(log as unknown as EventLogRepository, { refetch: [] } as never, epoch);
}

const pruned = [
  { head: 6, floor: 0 },
  { head: 6, floor: 4 },
] as const;

describe('a page of the log of which some was dropped while it was read', () => {
  it.each([
    ['its beginning', [5, 6]],
    // A partition may hold one from before the newest that was dropped.
    ['some in between', [2, 5, 6]],
  ])('is refused where a cursor asked for %s', async (_, held) => {
    const reading = controllerOf(...pruned, held).events(session, { after: cursor(1), limit: 200 });
    await expect(reading).rejects.toMatchObject({
      status: 410,
      response: { code: 'resync', reason: 'cursor_expired' },
    });
  });

  it('is refused where all of it was dropped', async () => {
    const reading = controllerOf({ head: 6, floor: 0 }, { head: 6, floor: 6 }, []).events(session, {
      after: cursor(1),
      limit: 200,
    });
    await expect(reading).rejects.toMatchObject({ status: 410 });
  });

  it('begins with the oldest that is held where no cursor was given', async () => {
    const { items, next } = await controllerOf(...pruned, [5, 6]).events(session, { limit: 200 });
    expect(items.map((item) => item.cursor)).toEqual([cursor(5), cursor(6)]);
    expect(next).toBe(cursor(6));
  });

  it('is given where it was not asked for what was dropped', async () => {
    const { items } = await controllerOf(...pruned, [5, 6]).events(session, { after: cursor(4), limit: 200 });
    expect(items.map((item) => item.cursor)).toEqual([cursor(5), cursor(6)]);
  });
});
