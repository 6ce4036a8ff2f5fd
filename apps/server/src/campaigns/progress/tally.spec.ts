import { count, countReplies, countsOf, exclusionsOf, failuresOf, leftOf, type Tally } from './tally';

const refused = { reason: 'undeliverable', code: 131026, message: 'Message undeliverable' };

describe('a tally', () => {
  const tally: Tally = {};
  count(tally, [
    { variant: 'A', after: 'pending', count: 10 },
    { variant: 'B', after: 'pending', count: 10 },
    { variant: 'A', after: 'excluded', reason: 'opted_out', count: 3 },
    { variant: 'A', before: 'pending', after: 'queued', count: 4 },
    { variant: 'A', before: 'queued', after: 'sent' },
    { variant: 'A', before: 'queued', after: 'unknown' },
    { variant: 'A', before: 'queued', after: 'failed', error: refused },
    { variant: 'B', before: 'pending', after: 'failed', error: refused },
    {
      variant: 'B',
      before: 'pending',
      after: 'failed',
      error: { reason: 'outcome_unknown', message: 'Nothing was heard.' },
    },
  ]);
  countReplies(tally, ['A']);

  it('has each recipient in one state, and all of them in its total', () => {
    const { total, replied, ...states } = countsOf(tally);
    expect(states).toEqual({
      ...{ pending: 14, queued: 1, sent: 1, delivered: 0, read: 0, failed: 3, unknown: 1, cancelled: 0, excluded: 3 },
    });
    expect([total, replied]).toEqual([23, 1]);
    expect(countsOf(tally, 'B')).toMatchObject({ total: 10, pending: 8, failed: 2, replied: 0 });
    expect(leftOf(tally)).toEqual({ left: 5, failed: 3 });
    expect(exclusionsOf(tally)).toEqual({ opted_out: 3 });
  });

  it('tells failures by Meta’s code, and forgets one that Meta took back', () => {
    expect(failuresOf(tally).map(({ code, reason, count: n }) => [code, reason, n])).toEqual([
      [131026, 'undeliverable', 2],
      [null, 'outcome_unknown', 1],
    ]);
    count(tally, [{ variant: 'A', before: 'failed', after: 'delivered', errorBefore: refused }]);
    expect(failuresOf(tally, 'A')).toEqual([]);
    expect(countsOf(tally).failed).toBe(2);
  });
});
