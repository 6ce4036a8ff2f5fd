import { Turns } from './turns';

describe('turns at a host', () => {
  it('go to whoever waits and has the fewest, then in the order of asking', async () => {
    const turns = new Turns(4);
    const had: string[] = [];
    const take = (who: string, call: string) => turns.take(who, 10_000).then(() => had.push(call));
    await Promise.all([take('a', 'a1'), take('a', 'a2'), take('b', 'b1'), take('b', 'b2')]);
    const all = Promise.all([take('a', 'a3'), take('a', 'a4'), take('c', 'c1'), take('d', 'd1')]);
    for (const who of ['a', 'b', 'a', 'b']) turns.giveBack(who);
    await all;
    expect(had).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'd1', 'a3', 'a4']);
  });

  it('are not had by more than half for one, even where others are free', async () => {
    const turns = new Turns(4);
    expect(await Promise.all([1, 2, 3].map(() => turns.take('a', 1)))).toEqual([true, true, false]);
    expect(await turns.take('b', 1)).toBe(true);
  });
});
