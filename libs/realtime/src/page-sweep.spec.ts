import { setImmediate } from 'node:timers/promises';
import { PageSweep } from './page-sweep';

/** A log whose pages are their numbers, and what was read of it. */
function log(pages: number) {
  const read: number[] = [];
  const sweep = new PageSweep(async (page) => {
    read.push(page);
    await setImmediate();
    return page < pages ? page : undefined;
  });
  /** As a client does for which nothing is in memory. */
  const walk = async (from: number): Promise<number[]> => {
    const got: number[] = [];
    for (let page: number | undefined = from; ; ) {
      page = await sweep.ask(page, 0);
      if (page === undefined) return got;
      got.push(page++);
    }
  };
  return { read, sweep, walk };
}

describe('pages of the log', () => {
  it('are read once for all who come together, and once more for all who come while they are read', async () => {
    const { read, walk } = log(50);
    const clients = [walk(0), walk(0), walk(10)];
    while (read.length < 5) await setImmediate();
    for (let client = 0; client < 20; client++) {
      clients.push(walk(client % 3));
      await setImmediate();
    }
    const from = (first: number) => Array.from({ length: 50 - first }, (_, at) => first + at);
    expect(await Promise.all(clients)).toEqual([
      ...[0, 0, 10].map(from),
      ...Array.from({ length: 20 }, (_, client) => from(client % 3)),
    ]);
    expect(read.length).toBeLessThanOrEqual(2 * 51 + 1);
  });

  it('are read for who waits behind, however long the sweep goes on', async () => {
    const { read, sweep, walk } = log(1000);
    const long = walk(0);
    while (read.length < 20) await setImmediate();
    expect(await sweep.ask(3, 0)).toBe(3);
    expect(read.length).toBeLessThan(250);
    expect(await long).toHaveLength(1000);
  });

  it('that cannot be read are an error for those who asked, not for the next', async () => {
    let ended = 0;
    let failures = 1;
    const sweep = new PageSweep(
      async (page, position) => {
        if (failures-- > 0) throw new Error('the database is away');
        return `${page} up to ${position}`;
      },
      () => ended++,
    );
    const [first, second] = await Promise.allSettled([sweep.ask(1, 7), sweep.ask(1, 9)]);
    expect([first, second].map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await Promise.all([sweep.ask(1, 7), sweep.ask(1, 9)])).toEqual(['1 up to 9', '1 up to 9']);
    while (ended === 0) await setImmediate();
  });
});
