import { defaultAccounts } from '../cast';
import { help, parseCommand, UsageError } from './options';

const needed = ['--url', 'http://127.0.0.1:3000/webhooks/meta', '--secret', 's'];
const parse = (...args: string[]) => parseCommand([...needed, ...args], () => 42).options;

describe('the command line', () => {
  it('plays a calm day for all three platforms unless told otherwise', () => {
    const options = parse();

    expect(options).toMatchObject({
      accounts: defaultAccounts,
      secret: { whatsapp: 's', messenger: 's', instagram: 's' },
      rate: 10,
      seed: 42,
    });
    expect(String(options.url)).toBe('http://127.0.0.1:3000/webhooks/meta');
    expect([options.count, options.durationMs, options.duplicates]).toEqual([undefined, undefined, undefined]);
  });

  it('reads every option', () => {
    const accounts = 'whatsapp:106540352242922@102290129340398,messenger:12,instagram:17,messenger:13';
    const given = parse(
      ...['--accounts', accounts, '--platforms', 'whatsapp, messenger', '--instagram-secret', 'i'],
      ...['--rate', '0', '--batch', '10', '--count', '5', '--duration', '1.5', '--seed', '7', '--customers', '3'],
      ...['--reorder', '4', '--duplicates', '0.1', '--bad-signatures', '.2', '--malformed', '0.3', '--huge', '1'],
      ...['--connections', '8', '--attempts', '2'],
    );

    expect(given).toMatchObject({
      accounts: [
        { platform: 'whatsapp', id: '106540352242922', businessAccountId: '102290129340398' },
        { platform: 'messenger', id: '12' },
        { platform: 'messenger', id: '13' },
      ],
      secret: { whatsapp: 's', messenger: 's', instagram: 'i' },
      ...{ batch: 10, count: 5, durationMs: 1_500, seed: 7, customers: 3, connections: 8, attempts: 2 },
      ...{ reorder: 4, duplicates: 0.1, badSignatures: 0.2, malformed: 0.3, huge: 1 },
    });
    expect(given.rate).toBeUndefined();
  });

  it.each([
    [['--rate', 'fast'], '--rate must be a number of at least 0.'],
    [['--batch', '1001'], '--batch must be a whole number from 1 to 1000.'],
    [['--count', '2.5'], '--count must be a whole number of at least 1.'],
    [['--duplicates', '10'], '--duplicates must be a number from 0 to 1.'],
    [['--seed', ''], '--seed must be a whole number of at least 0.'],
    [['--platforms', 'telegram'], '--platforms knows whatsapp, messenger, instagram, not "telegram".'],
    [['--accounts', 'whatsapp:12'], '--accounts holds "whatsapp:12"'],
    [['--accounts', 'messenger:12', '--platforms', 'whatsapp'], 'None of --accounts is on one of --platforms.'],
    [['--url', 'ftp://127.0.0.1'], 'Set --url to the receiver'],
    [['--secret', ''], 'Set --secret to the app secret'],
    [['--ratte', '1'], "Unknown option '--ratte'. See --help."],
  ])('refuses %j in one sentence', (args, sentence) => {
    expect(() => parse(...args)).toThrow(UsageError);
    expect(() => parse(...args)).toThrow(sentence);
  });

  it('never repeats the secret in a refusal', () => {
    expect(() => parseCommand(['--secret', 'hush', '--url', 'nowhere'], () => 1)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('hush') }),
    );
  });

  it('shows the help without a receiver, and names each option in it', () => {
    expect(parseCommand(['--help'], () => 1).help).toBe(true);
    for (const option of ['url', 'secret', 'rate', 'huge', 'allow-remote', 'quiet', 'attempts']) {
      expect(help).toContain(`--${option} `);
    }
  });
});
