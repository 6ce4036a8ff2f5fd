import { reportOf, winnerOf } from './report';

describe('a report', () => {
  it('is a funnel of which each step holds the next', () => {
    const states = { pending: 1, queued: 1, sent: 2, delivered: 3, read: 4, failed: 1, unknown: 1, excluded: 5 };
    const tally = { A: { states, replied: 2, failures: {}, exclusions: { opted_out: 5 } } };
    const { funnel, variants, winner, exclusions } = reportOf(tally);
    expect(funnel).toEqual({
      ...{ recipients: 13, sent: 9, delivered: 7, read: 4, replied: 2, failed: 1, unknown: 1, cancelled: 0 },
    });
    expect(variants).toEqual([{ key: 'A', funnel, replyRate: 0.2222, readRate: 0.4444 }]);
    expect([winner, exclusions]).toEqual([null, { opted_out: 5 }]);
  });

  it('has a winner beside those who wait for one', () => {
    const of = (sent: number, replied: number) => ({ ...{ states: { sent }, replied, failures: {}, exclusions: {} } });
    const waiting = { states: { pending: 500 }, replied: 0, failures: {}, exclusions: {} };
    expect(reportOf({ A: of(100, 30), B: of(100, 10), '*': waiting }).winner).toBe('A');
  });

  it.each([
    ['a clear lead', [100, 30], [100, 10], 'A'],
    ['one that may be chance', [100, 12], [100, 10], null],
    ['few', [5, 3], [5, 1], null],
    ['nobody replied', [100, 0], [100, 0], null],
    ['one that was not sent', [0, 0], [100, 10], null],
  ] as const)('names a winner only for %s', (_, a, b, winner) => {
    const sample = (key: string, [of, replied]: readonly [number, number]) => ({ key, of, replied });
    expect(winnerOf([sample('A', a), sample('B', b)])).toBe(winner);
  });
});
