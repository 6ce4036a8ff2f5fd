import type { Tally } from '../progress/tally';
import { better } from './better';

const of = (delivered: number, read: number, replied: number) => ({
  ...{ states: { delivered, read }, replied, failures: {}, exclusions: {} },
});
const variants = ['A', 'B', 'C'].map((key) => ({ key, share: 33, content: {} }));
const trial = (by: 'replied' | 'read') => ({ variants, trial: { share: 20, decideAfterMinutes: 60, by } });

describe('what the rest of a campaign is sent', () => {
  const tally: Tally = { A: of(10, 10, 2), B: of(2, 8, 1), C: of(4, 1, 1), '*': of(0, 99, 99) };

  it('is what the largest part of those who were tried replied to, or read, however many they were', () => {
    expect(better(trial('replied'), tally)).toBe('C');
    expect(better(trial('read'), tally)).toBe('B');
  });

  it('is the first where they are equal, or nobody was reached', () => {
    expect(better(trial('replied'), { B: of(5, 5, 5), A: of(5, 5, 5) })).toBe('A');
    expect(better(trial('read'), {})).toBe('A');
  });
});
