import { latencyOf, percentile, slopeOf, spreadOf } from './statistics';

const oneTo = (n: number) => Float64Array.from({ length: n }, (_, i) => n - i);

describe('statistics', () => {
  it('takes percentiles by nearest rank, whatever the order of the values', () => {
    expect(latencyOf(oneTo(100))).toEqual({ p50: 50, p95: 95, p99: 99, max: 100 });
    expect(latencyOf(oneTo(10))).toEqual({ p50: 5, p95: 10, p99: 10, max: 10 });
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('has no percentile of nothing', () => {
    expect(latencyOf(new Float64Array())).toEqual({ p50: NaN, p95: NaN, p99: NaN, max: NaN });
  });

  it('tells how fast something grows, whatever it jitters', () => {
    expect(slopeOf([0, 1, 2, 3].map((x) => [x, 5 + 3 * x]))).toBeCloseTo(3);
    expect(slopeOf([0, 1, 2, 3].map((x) => [x, 7]))).toBe(0);
    expect(
      slopeOf([
        [0, 1],
        [1, 5],
        [2, 3],
        [3, 7],
      ]),
    ).toBeCloseTo(1.6);
  });

  it('tells median and range of the rounds', () => {
    expect(spreadOf([10, 2, 9])).toEqual({ median: 9, min: 2, max: 10 });
    expect(spreadOf([4, 1, 2, 10])).toEqual({ median: 3, min: 1, max: 10 });
  });
});
