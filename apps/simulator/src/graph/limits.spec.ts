import { Bench, customer, hours, ids, refusal, text, tokens } from './graph.fixture';

describe('throttling', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const template = { type: 'template', template: { name: 'hello', language: { code: 'en_US' } } };
  const templates = [{ name: 'hello' }];
  const phone = (index: number) => `4917${String(index).padStart(9, '0')}`;

  it('refuses the message above 80 in any second, with HTTP 400 and 130429', async () => {
    bench.number({ templates });
    for (let index = 0; index < 80; index++) {
      if (index === 40) bench.clock.pass(600);
      expect((await bench.send(template, phone(index))).status).toBe(200);
    }
    bench.clock.pass(399);

    const reply = await bench.send(template, phone(80));

    expect(refusal(reply)).toEqual([400, 130429, undefined]);
    expect(reply.body.error.is_transient).toBe(true);
    bench.clock.pass(1);
    expect((await bench.send(template, phone(81))).status).toBe(200);
    expect(bench.graph.messages.busiestSecond()).toBe(80);
    expect(bench.graph.messages.busiestSecond({ accountId: 'another' })).toBe(0);
  });

  it('is per number', async () => {
    bench.number({ templates, messagesPerSecond: 1 });
    bench.graph.whatsapp({ phoneNumberId: '2', businessAccountId: '3', token: tokens.whatsapp, templates });
    await bench.send(template, phone(1));
    expect((await bench.send(template, phone(2))).status).toBe(400);

    const other = await bench.call('POST', '2/messages', tokens.whatsapp, {
      ...{ messaging_product: 'whatsapp', to: phone(2), ...template },
    });

    expect(other.status).toBe(200);
  });

  it('lets a pair have 45 at once and one in six seconds then', async () => {
    bench.number();
    bench.whatsappMessage();
    for (let index = 0; index < 45; index++) await bench.send(text(String(index)));

    expect(refusal(await bench.send(text('46')))).toEqual([400, 131056, undefined]);
    bench.clock.pass(6_000);
    expect((await bench.send(text('46'))).status).toBe(200);
    expect(refusal(await bench.send(text('47')))).toEqual([400, 131056, undefined]);
  });

  it('stops at so many users outside their window in 24 hours', async () => {
    bench.number({ templates, tier: 'TIER_250', messagesPerSecond: 1_000 });
    bench.whatsappMessage();
    for (let index = 0; index < 250; index++) await bench.send(template, phone(index));

    expect(refusal(await bench.send(template, phone(250)))).toEqual([400, 131048, undefined]);
    expect((await bench.send(template, phone(3))).status).toBe(200);
    expect((await bench.send(template, customer.waId)).status).toBe(200);
    bench.clock.pass(hours(24));
    expect((await bench.send(template, phone(250))).status).toBe(200);
  });

  it('is announced in the usage headers', async () => {
    bench.number({ managementCallsPerHour: 4 });
    await bench.get(ids.business);

    const { headers } = await bench.get(`${ids.business}/phone_numbers`);

    expect(JSON.parse(headers.get('x-app-usage') ?? '')).toMatchObject({ call_count: 0 });
    expect(JSON.parse(headers.get('x-business-use-case-usage') ?? '')).toEqual({
      [ids.business]: [expect.objectContaining({ call_count: 50, estimated_time_to_regain_access: 0 })],
    });
    await bench.get(ids.number);
    await bench.get(ids.number);
    const reply = await bench.get(ids.number);
    expect(refusal(reply)).toEqual([400, 80007, undefined]);
    const [usage] = JSON.parse(reply.headers.get('x-business-use-case-usage') ?? '')[ids.business];
    expect(usage).toMatchObject({ call_count: 100, estimated_time_to_regain_access: 60 });
    bench.clock.pass(hours(1));
    expect((await bench.get(ids.number)).status).toBe(200);
  });

  it('counts an app’s calls, sends too', async () => {
    const small = new Bench({ appCallsPerHour: 2 });
    small.number({ windows: 'open' });
    await small.graph.listen();
    await small.send(text('1'));
    await small.send(text('2'));

    expect(refusal(await small.send(text('3')))).toEqual([400, 4, undefined]);
    await small.graph.close();
  });

  it('of a page tells texts from audio and video', async () => {
    bench.page();
    bench.pageMessage();
    const audio = { attachment: { type: 'audio', payload: { url: 'https://example.org/a.mp3' } } };
    for (let index = 0; index < 10; index++)
      await bench.pageSend({ recipient: { id: '8012345678901234' }, message: audio });

    const message = { recipient: { id: '8012345678901234' } };
    expect(refusal(await bench.pageSend({ ...message, message: audio }))[1]).toBe(613);
    expect((await bench.pageSend({ ...message, message: { text: 'hi' } })).status).toBe(200);
  });
});
