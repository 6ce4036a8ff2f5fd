import type { AppConfig } from '@switchboard/config';
import type { Database } from '@switchboard/database';
import type { Nudges, Sweeper } from '@switchboard/queue';
import type { DeliveriesRepository, PendingDelivery } from '../deliveries.repository';
import { lanes } from '../lane';
import { Intake } from './intake.service';
import type { ItemsRepository } from './items.repository';
import type { Amount } from './portion';
import type { Settlement } from './settlement.service';

const delivery = { id: 1, metaAppId: 'app', body: Buffer.from('{}'), receivedAt: new Date() } satisfies PendingDelivery;

/** A lane that hands out one webhook a batch, and what was asked of it. */
function intakeOf(batches: { more: boolean; failure?: Error }[]) {
  const asked: Amount[] = [];
  let current: (typeof batches)[number] | undefined;
  const database = { transaction: (work: () => unknown) => work() } as unknown as Database;
  const deliveries = {
    take: async (_lane: number, amount: Amount) => {
      asked.push(amount);
      current = batches.shift();
      return current ? { deliveries: [delivery], more: current.more } : { deliveries: [], more: false };
    },
  } as unknown as DeliveriesRepository;
  const settlement = {
    settle: async () => {
      if (current?.failure) throw current.failure;
    },
  } as unknown as Settlement;
  const intake = new Intake(
    database,
    deliveries,
    {} as ItemsRepository,
    settlement,
    {} as Sweeper,
    {} as Nudges,
    { intakeBatch: 300 } as AppConfig,
  );
  return { drain: () => intake.drain(lanes.bulk), asked };
}

const lost = () =>
  Object.assign(new Error('terminating connection due to idle-in-transaction timeout'), { code: '25P03' });
const locked = () => Object.assign(new Error('canceling statement due to lock timeout'), { code: '55P03' });

describe('a lane is emptied', () => {
  it('as long as there is more, however few webhooks a batch holds', async () => {
    const { drain, asked } = intakeOf([{ more: true }, { more: true }, { more: false }, { more: true }]);
    expect(await drain()).toBe(3);
    expect(asked).toHaveLength(3);
  });

  it('in smaller batches once the database did not see the end of one, and in larger ones again when they go well', async () => {
    const { drain, asked } = intakeOf([
      { more: true, failure: lost() },
      { more: true, failure: lost() },
      { more: true },
      { more: true },
      { more: false },
    ]);
    await expect(drain()).rejects.toThrow('idle-in-transaction');
    await expect(drain()).rejects.toThrow('idle-in-transaction');
    await drain();
    expect(asked.map(({ count }) => count)).toEqual([300, 150, 75, 150, 300]);
    expect(asked.map(({ bytes }) => bytes / asked[0]!.bytes)).toEqual([1, 0.5, 0.25, 0.5, 1]);
  });

  it('in batches as large as ever where only a lock was not free', async () => {
    const { drain, asked } = intakeOf([{ more: true, failure: locked() }, { more: false }]);
    expect(await drain()).toBe(0);
    expect(await drain()).toBe(1);
    expect(asked[1]).toEqual(asked[0]);
  });
});
