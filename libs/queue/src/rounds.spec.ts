import { Rounds } from './rounds';

const times = { distanceMs: 0, lingerMs: 0, longestMs: 60_000 };
const never = () => {
  throw new Error('nothing is left unserved here');
};

/** A round that the spec ends when it likes. */
function stepwise() {
  const begun: (() => void)[] = [];
  let wake = () => {};
  const round = () =>
    new Promise<void>((resolve) => {
      begun.push(resolve);
      wake();
    });
  const hasBegun = async (count: number) => {
    while (begun.length < count) await new Promise<void>((resolve) => (wake = resolve));
  };
  return { round, hasBegun, end: (number: number) => begun[number - 1]!(), count: () => begun.length };
}

describe('rounds of a job', () => {
  it('are taken again for as long as somebody asks meanwhile, and no longer', async () => {
    const rounds = new Rounds(times);
    const { round, hasBegun, end, count } = stepwise();
    const run = rounds.run('lane', round, never);
    await hasBegun(1);
    expect([rounds.again('lane'), rounds.again('lane')]).toEqual([true, true]);
    end(1);
    await hasBegun(2);
    end(2);
    await run;
    expect(count()).toBe(2);
    expect(rounds.again('lane')).toBe(false);
  });

  it('of different work do not stand for each other', async () => {
    const rounds = new Rounds(times);
    const { round, hasBegun, end } = stepwise();
    const run = rounds.run('lane', round, never);
    await hasBegun(1);
    expect(rounds.again('another')).toBe(false);
    end(1);
    await run;
  });

  it('that are under way serve a second job of the same work', async () => {
    const rounds = new Rounds(times);
    const { round, hasBegun, end, count } = stepwise();
    const first = rounds.run('lane', round, never);
    await hasBegun(1);
    await rounds.run('lane', () => Promise.reject(new Error('not taken')), never);
    end(1);
    await hasBegun(2);
    end(2);
    await first;
    expect(count()).toBe(2);
  });

  it('wait a little to be asked, and go on at once when they are', async () => {
    const rounds = new Rounds({ ...times, lingerMs: 3_600_000 });
    const { round, hasBegun, end } = stepwise();
    void rounds.run('lane', round, never);
    await hasBegun(1);
    end(1);
    // Until the run waits there is nothing to see from outside; asking before that counts as well.
    await new Promise((resolve) => setImmediate(resolve));
    expect(rounds.again('lane')).toBe(true);
    await hasBegun(2);
    rounds.again('lane');
    end(2);
    await hasBegun(3);
  });

  it('end after the longest time, and say that somebody still asks', async () => {
    const rounds = new Rounds({ ...times, longestMs: 0.01 });
    const unserved = jest.fn();
    const { round, hasBegun, end, count } = stepwise();
    const run = rounds.run('lane', round, unserved);
    await hasBegun(1);
    const since = performance.now();
    while (performance.now() - since < 1);
    rounds.again('lane');
    end(1);
    await run;
    expect([count(), unserved.mock.calls.length]).toEqual([1, 1]);
    expect(rounds.again('lane')).toBe(false);
  });

  it('that fail fail the job, and say that somebody asked meanwhile', async () => {
    const rounds = new Rounds(times);
    const unserved = jest.fn();
    const failing = async () => {
      rounds.again('lane');
      throw new Error('the database is away');
    };
    await expect(rounds.run('lane', failing, unserved)).rejects.toThrow('the database is away');
    expect(unserved).toHaveBeenCalledTimes(1);
    expect(rounds.again('lane')).toBe(false);
  });
});
