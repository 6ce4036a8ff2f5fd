import { until } from '../../../../test/support/until';
import { Bench, customer, ids, refusal, text, tokens } from './graph.fixture';
import { sends } from './scenarios';

describe('a scenario', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.number({ windows: 'open', pairEveryMs: 0 });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  it('fails the next calls with Meta’s words, and they have no effect', async () => {
    const scenario = bench.graph.next(2, sends).fail(131026);

    const replies = [await bench.send(text('1')), await bench.send(text('2')), await bench.send(text('3'))];

    expect(replies.map(refusal)).toEqual([
      [400, 131026, undefined],
      [400, 131026, undefined],
      [200, undefined, undefined],
    ]);
    expect(replies[0]?.body.error.message).toBe('(#131026) Message undeliverable');
    expect(bench.graph.messages.count).toBe(1);
    expect(scenario.hits).toBe(2);
  });

  it('takes any error in full', async () => {
    const error = { code: 4, subcode: 2207051, status: 400, userTitle: 'Blocked', details: 'x', message: 'Spam' };
    bench.graph.next(1).fail(error);

    const { body } = await bench.send(text('1'));

    expect(body.error).toMatchObject({
      ...{ code: 4, error_subcode: 2207051, error_user_title: 'Blocked', message: '(#4) Spam' },
      error_data: { details: 'x' },
    });
  });

  it.each([
    ['recipient', { to: '4930111' }],
    ['account', { account: '999' }],
    ['method', { method: 'GET' }],
    ['path', { path: '/media' }],
    ['token', { token: 'other' }],
    ['body', { where: ({ type }: Record<string, unknown>) => type === 'image' }],
  ])('is about no other %s', async (_, matcher) => {
    bench.graph.always(matcher).fail(1);

    expect((await bench.send(text('1'))).status).toBe(200);
  });

  it.each([
    ['recipient', { to: customer.waId }],
    ['account', { account: ids.number }],
    ['path', { path: `/${ids.number}/messages` }],
    ['token', { token: tokens.whatsapp }],
  ])('is about its %s until it is ended', async (_, matcher) => {
    const scenario = bench.graph.always(matcher).fail(2);

    expect(refusal(await bench.send(text('1')))).toEqual([503, 2, undefined]);
    scenario.end();
    expect((await bench.send(text('1'))).status).toBe(200);
  });

  describe('that withholds the answer', () => {
    const send = (signal?: AbortSignal) =>
      fetch(`${bench.graph.url}/v26.0/${ids.number}/messages`, {
        method: 'POST',
        headers: { authorization: `Bearer ${tokens.whatsapp}`, 'content-type': 'application/json' },
        body: JSON.stringify({ messaging_product: 'whatsapp', to: customer.waId, ...text('once') }),
        signal,
      });

    it.each([true, false])('hangs, done: %s', async (done) => {
      const scenario = bench.graph.next(1, sends).hang({ done });
      const patience = new AbortController();
      const answer = send(patience.signal).catch((error: Error) => error.name);
      await until(() => scenario.hits === 1, 'the call hangs');

      patience.abort();

      expect(await answer).toBe('AbortError');

      expect(bench.graph.messages.all().map(({ answered }) => answered)).toEqual(done ? [false] : []);
    });

    it.each([true, false])('resets the connection, done: %s', async (done) => {
      bench.graph.next(1, sends).reset({ done });

      await expect(send()).rejects.toMatchObject({
        cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
      });

      expect(bench.graph.messages.count).toBe(done ? 1 : 0);
    });

    it.each([true, false])('answers as a broken proxy, done: %s', async (done) => {
      bench.graph.next(1, sends).break({ done, status: 504 });

      const answer = await send();

      expect(answer.status).toBe(504);
      expect(await answer.text()).toContain('<html>');
      expect(bench.graph.messages.count).toBe(done ? 1 : 0);
    });

    it('answers half a JSON', async () => {
      bench.graph.next(1, sends).garble();

      await expect((await send()).json()).rejects.toMatchObject({ name: 'SyntaxError' });

      expect(bench.graph.messages.count).toBe(1);
    });

    it('shows in the ledger when the sender tries again', async () => {
      bench.graph.next(1, sends).break();
      await send();
      await send();

      expect(bench.graph.messages.repeated()).toMatchObject([[{ answered: false }, { answered: true }]]);
    });

    it('refuses what Meta would refuse', async () => {
      bench.graph.next(1, sends).hang();

      expect(refusal(await bench.send(text('')))).toEqual([400, 100, undefined]);
    });
  });

  it('is late, and slow, by the times given', async () => {
    bench.graph.next(1, sends).delay(60);
    bench.graph.next(1, sends).dribble(60);
    const started = performance.now();

    expect((await bench.send(text('1'))).body.messages).toHaveLength(1);

    // Timers may be early by a millisecond each.
    expect(performance.now() - started).toBeGreaterThan(105);
  });

  it('holds a call until it is released, whatever it meets then', async () => {
    const held = bench.graph.next(2, sends).hold();
    bench.graph.next(1, sends).fail(130429);
    const answered: number[] = [];
    const calls = [text('1'), text('2')].map(async (content) => answered.push((await bench.send(content)).status));
    await until(() => held.hits === 2, 'both are held');

    await bench.send(text('3'));

    expect([answered, bench.graph.messages.count]).toEqual([[], 1]);
    held.release();
    await Promise.all(calls);
    expect([answered.toSorted(), bench.graph.messages.count]).toEqual([[200, 400], 2]);
  });

  it('does not keep the simulator from closing', async () => {
    const scenario = bench.graph.always().hang({ done: false });
    const hanging = fetch(bench.graph.url).catch((error: Error) => error.name);
    await until(() => scenario.hits === 1, 'the call hangs');

    await bench.graph.close();

    expect(await hanging).toBe('TypeError');
  });

  it('ends with all others', async () => {
    bench.graph.always().fail(1);
    bench.graph.calm();

    expect((await bench.send(text('1'))).status).toBe(200);
  });
});
