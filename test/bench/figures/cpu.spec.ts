import { cpuBetween, cpuTotal, parseStat } from './cpu';

describe('CPU times', () => {
  it('reads a process whose name holds spaces and parentheses', () => {
    const stat = '4711 (postgres: (a) b) S 4000 4711 4711 0 -1 4194624 2 3 4 5 120 30 7 5 20 0 1 0 324039 3133440 360';
    expect(parseStat(stat)).toEqual({ parent: 4000, own: 1_500_000, ended: 120_000 });
  });

  it('counts what was used between two readings', () => {
    const used = cpuBetween({ server: 100, redis: 10, postgres: 50 }, { server: 400, redis: 15, postgres: 70 });
    expect(used).toEqual({ server: 300, redis: 5, postgres: 20 });
    expect(cpuTotal(used)).toBe(325);
  });
});
