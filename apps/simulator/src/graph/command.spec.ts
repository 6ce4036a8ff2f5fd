import { UsageError } from '../cli/options';
import { parseGraphCommand } from './command';

describe('the graph command', () => {
  it('plays one account of each platform on port 4010 unless told otherwise', () => {
    const { port, host, tokens } = parseGraphCommand([]);

    expect([port, host]).toEqual([4_010, '127.0.0.1']);
    expect(tokens.map(([{ platform }]) => platform)).toEqual(['whatsapp', 'messenger', 'instagram']);
  });

  it('answers for the accounts it was given, with the tokens it prints', async () => {
    const { graph, tokens } = parseGraphCommand([
      '--port',
      '0',
      '--accounts',
      'whatsapp:12345678@9,messenger:7',
      '--rate',
      '1000',
    ]);
    const url = await graph.listen();

    for (const [{ id }, token] of tokens) {
      const answer = await fetch(`${url}/v26.0/${id}?access_token=${token}`);
      expect(await answer.json()).toMatchObject({ id });
    }
    await graph.close();
  });

  it.each([
    [['--port', '70000'], '--port must be a whole number from 0 to 65535.'],
    [['--webhooks', 'nowhere'], 'Set --webhooks to the receiver'],
    [['--accounts', 'telegram:1'], '--accounts holds "telegram:1"'],
    [['--twice', '2'], '--twice must be a number from 0 to 1.'],
    [['--colour', 'blue'], "Unknown option '--colour'"],
  ])('explains what is wrong with %j', (args, message) => {
    expect(() => parseGraphCommand(args)).toThrow(UsageError);
    expect(() => parseGraphCommand(args)).toThrow(message);
  });
});
