import { UsageError } from '../cli/options';
import { parseDemo } from './options';

describe("the demo's command line", () => {
  it('plays at a readable pace until Ctrl-C unless told otherwise', () => {
    expect(parseDemo([])).toMatchObject({
      exitAfter: undefined,
      dropOne: false,
      rate: 2,
      seed: 109,
      port: 0,
      keep: false,
    });
  });

  it('plays faster when it is a check, and gives it time according to its size', () => {
    expect(parseDemo(['--exit-after', '50'])).toMatchObject({ exitAfter: 50, rate: 15, timeoutMs: 70_000 });
    expect(parseDemo(['--exit-after', '50', '--rate', '3', '--timeout', '9'])).toMatchObject({
      rate: 3,
      timeoutMs: 9_000,
    });
  });

  it.each([
    [['--frob'], "Unknown option '--frob'. See --help."],
    [['fifty'], "Unexpected argument 'fifty'. See --help."],
    [['--exit-after', '0'], '--exit-after must be a whole number from 1 to 100000.'],
    [['--exit-after', 'many'], '--exit-after must be a whole number from 1 to 100000.'],
    [['--port', '65536'], '--port must be a whole number from 0 to 65535.'],
    [['--rate', '0'], '--rate must be a number from 0.1 to 200.'],
    [['--drop-one'], '--drop-one needs --exit-after.'],
    [['--timeout', '9'], '--timeout needs --exit-after.'],
  ])('answers %j with one sentence', (args, sentence) => {
    expect(() => parseDemo(args)).toThrow(new UsageError(sentence));
  });
});
