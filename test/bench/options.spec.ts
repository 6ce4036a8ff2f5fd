import { readOptions } from './options';

describe('options', () => {
  it('measures every row in five rounds unless told otherwise', () => {
    expect(readOptions([])).toMatchObject({ rows: [1, 2, 3], rounds: 5, steadySeconds: 20, subjectOnly: false });
  });

  it('takes rows and a quick look', () => {
    expect(readOptions(['3', '1', '3', '--quick'])).toMatchObject({ rows: [1, 3], rounds: 1, steadySeconds: 4 });
    expect(readOptions(['--quick', '--rounds', '2'])).toMatchObject({ rounds: 2 });
    expect(readOptions(['hold', '5', '--connections', '2000'])).toMatchObject({
      rows: [5, 'hold'],
      connections: [200, 2000],
      holdSeconds: 600,
    });
    expect(readOptions(['inbox', '--quick'])).toMatchObject({ rows: ['inbox'], smallOnly: true });
  });

  it('measures Switchboard alone where users share workspaces, which the baselines do not know', () => {
    expect(readOptions(['3', '--workspaces', '1'])).toMatchObject({ workspaces: 1, subjectOnly: true });
  });

  it('refuses what it cannot do, by name', () => {
    expect(() => readOptions(['8'])).toThrow('There is no row 8; there are 1, 2, 3, 4, 5, 6, 7, hold, inbox, flows.');
    expect(() => readOptions(['hold', '--hold', '1'])).toThrow('--hold must be');
    expect(() => readOptions(['--rounds', 'many'])).toThrow('--rounds must be');
    expect(() => readOptions(['--workspaces', '1'])).toThrow('rows 2 and 3');
    expect(() => readOptions(['--fast'])).toThrow('--fast');
  });
});
