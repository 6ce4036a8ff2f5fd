import { isMet, tableOf } from './table';

const row = {
  row: 1 as const,
  title: 'intake',
  figures: [{ system: 'Express', what: 'webhooks/s', values: [5800, 5400, 6000] }],
  targets: [{ what: 'ratio', values: [1.4, 1.62, 1.7], atLeast: 1.5 }],
  rounds: [],
};

describe('table', () => {
  it('tells the median and the range over the rounds', () => {
    expect(tableOf([row])).toContain('| Express       | webhooks/s | 5,800  | 5,400 – 6,000 |');
  });

  it('says whether the median meets the target', () => {
    expect(tableOf([row])).toContain('| ratio         | ≥ 1.5 | 1.62   | 1.40 – 1.70 | yes |');
    expect(isMet({ what: '', values: [19, 21, 25], atMost: 20 })).toBe(false);
    expect(isMet({ what: '', values: [19, 20, 25], atMost: 20 })).toBe(true);
    expect(isMet({ what: '', values: [1.4], atLeast: 1.5 })).toBe(false);
  });

  it('passes no judgement where nothing is asked, and leaves out what there is not', () => {
    const informs = { ...row, targets: [{ what: 'ratio', values: [Number.NaN] }] };
    expect(tableOf([informs])).toContain('| ratio         | –     | –      | – – – | –   |');
    expect(tableOf([{ ...row, targets: [] }])).not.toContain('target');
  });
});
