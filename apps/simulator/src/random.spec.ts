import { Random } from './random';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.uint32());

describe('Random', () => {
  it('repeats itself for the same seed and for no other', () => {
    expect(draw(new Random(7), 50)).toEqual(draw(new Random(7), 50));
    expect(draw(new Random(7), 50)).not.toEqual(draw(new Random(8), 50));
    expect(draw(new Random(7), 50)).not.toEqual(draw(new Random(7 + 2 ** 32), 50));
  });

  it('forks a stream of its own', () => {
    const random = new Random(1);
    const fork = random.fork();
    const rest = draw(random, 50);
    const again = new Random(1);
    const sameFork = again.fork();
    draw(sameFork, 1000);

    expect(draw(again, 50)).toEqual(rest);
    expect(draw(fork, 50)).not.toEqual(rest);
  });

  it('spreads over its range', () => {
    const random = new Random(3);
    const hits = new Map<number, number>();
    for (let i = 0; i < 10_000; i++) {
      const drawn = random.below(10);
      hits.set(drawn, (hits.get(drawn) ?? 0) + 1);
    }

    expect([...hits.keys()].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    for (const count of hits.values()) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });

  it('gives digits, hexadecimal and bytes of exactly the length asked for', () => {
    const random = new Random(5);
    for (const length of [1, 7, 15, 16, 35]) {
      expect(random.digits(length)).toMatch(new RegExp(`^[1-9][0-9]{${length - 1}}$`));
      expect(random.hex(length)).toMatch(new RegExp(`^[0-9A-F]{${length}}$`));
      expect(random.bytes(length)).toHaveLength(length);
    }
  });

  it('takes probabilities at their word at both ends', () => {
    const random = new Random(5);
    expect(Array.from({ length: 100 }, () => random.chance(0))).not.toContain(true);
    expect(Array.from({ length: 100 }, () => random.chance(1))).not.toContain(false);
  });
});
