import { Latencies } from './latencies';

describe('Latencies', () => {
  it('tells percentiles within three per cent', () => {
    const latencies = new Latencies();
    for (let ms = 1; ms <= 1_000; ms++) latencies.record(ms);

    expect(latencies.count).toBe(1_000);
    for (const [share, ms] of [
      [0.5, 500],
      [0.95, 950],
      [1, 1_000],
    ] as const) {
      expect(Math.abs(latencies.percentile(share) / ms - 1)).toBeLessThan(0.03);
    }
  });

  it('is nothing before the first answer and survives the shortest and the longest', () => {
    const latencies = new Latencies();
    expect(latencies.percentile(0.5)).toBe(0);

    latencies.record(0);
    latencies.record(1e12);
    expect(latencies.count).toBe(2);
    expect(latencies.percentile(0)).toBeLessThan(0.01);
  });
});
