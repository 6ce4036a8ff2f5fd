import type { Fields } from '../check';
import { Bench, customer, hours, ids, refusal, text, tokens } from '../graph.fixture';

describe('a WhatsApp number', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    bench.number({ pairEveryMs: 0 });
    bench.whatsappMessage();
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const action = (action: Fields) => ({ body: { text: 'Which one?' }, action });
  const rows = (count: number) => Array.from({ length: count }, (_, row) => ({ id: `r${row}`, title: `Row ${row}` }));
  const buttons = (count: number) =>
    Array.from({ length: count }, (_, id) => ({ type: 'reply', reply: { id: `b${id}`, title: `Button ${id}` } }));
  const link = 'https://example.org/vase.jpg';
  const name = { formatted_name: 'Ada Lovelace', first_name: 'Ada' };

  const accepted: [string, Fields][] = [
    ['text', text('x'.repeat(4_096))],
    ['image', { type: 'image', image: { link, caption: 'A vase' } }],
    ['video', { type: 'video', video: { link } }],
    ['audio', { type: 'audio', audio: { link } }],
    ['voice', { type: 'audio', audio: { link, voice: true } }],
    ['document', { type: 'document', document: { link, filename: 'invoice.pdf' } }],
    ['sticker', { type: 'sticker', sticker: { link } }],
    ['location', { type: 'location', location: { latitude: 52.5, longitude: 13.4, name: 'Shop' } }],
    ['contacts', { type: 'contacts', contacts: [{ name, phones: [{ phone: '+49176' }] }] }],
    ['reaction', { type: 'reaction', reaction: { message_id: `wamid.Hello${customer.waId}`, emoji: '👍' } }],
    [
      'interactive/button',
      { type: 'interactive', interactive: { type: 'button', ...action({ buttons: buttons(3) }) } },
    ],
    [
      'interactive/list',
      {
        type: 'interactive',
        interactive: { type: 'list', ...action({ button: 'Open', sections: [{ rows: rows(10) }] }) },
      },
    ],
    [
      'interactive/cta_url',
      {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          ...action({ name: 'cta_url', parameters: { display_text: 'See', url: link } }),
        },
      },
    ],
    [
      'interactive/flow',
      {
        type: 'interactive',
        interactive: {
          type: 'flow',
          ...action({ name: 'flow', parameters: { flow_message_version: '3', flow_id: '1', flow_cta: 'Book' } }),
        },
      },
    ],
    [
      'interactive/product',
      { type: 'interactive', interactive: { type: 'product', action: { catalog_id: '1', product_retailer_id: 'v' } } },
    ],
    [
      'interactive/product_list',
      {
        type: 'interactive',
        interactive: {
          type: 'product_list',
          header: { type: 'text', text: 'Vases' },
          ...action({ catalog_id: '1', sections: [{ title: 'Blue', product_items: [{ product_retailer_id: 'v' }] }] }),
        },
      },
    ],
    [
      'interactive/location_request_message',
      { type: 'interactive', interactive: { type: 'location_request_message', ...action({ name: 'send_location' }) } },
    ],
  ];

  it.each(accepted)('takes %s', async (kind, content) => {
    const { status, body } = await bench.send({ ...content, biz_opaque_callback_data: 'order-7' });

    expect(status).toBe(200);
    expect(body).toEqual({
      messaging_product: 'whatsapp',
      contacts: [{ input: customer.waId, wa_id: customer.waId }],
      messages: [{ id: expect.stringMatching(/^wamid\./) }],
    });
    expect(bench.graph.messages.all()).toMatchObject([
      {
        id: body.messages[0].id,
        kind,
        recipient: customer.waId,
        callbackData: 'order-7',
        answered: true,
        at: bench.clock.at,
      },
    ]);
    expect(bench.graph.messages.all()[0]?.body).toMatchObject(content);
  });

  const refused: [string, number, Fields][] = [
    ['a text of 4,097 characters', 100, text('x'.repeat(4_097))],
    ['an empty text', 100, text('')],
    ['an unknown type', 100, { type: 'poll', poll: {} }],
    ['no content', 131008, { type: 'image' }],
    ['a caption of 1,025 characters', 131009, { type: 'image', image: { link, caption: 'x'.repeat(1_025) } }],
    ['an image by id and link', 131009, { type: 'image', image: { link, id: '1' } }],
    ['media that were never uploaded', 131009, { type: 'image', image: { id: '12345' } }],
    ['a file from this disk', 131009, { type: 'image', image: { link: 'file:///etc/passwd' } }],
    [
      'four buttons',
      131009,
      { type: 'interactive', interactive: { type: 'button', ...action({ buttons: buttons(4) }) } },
    ],
    [
      'the same button twice',
      131009,
      { type: 'interactive', interactive: { type: 'button', ...action({ buttons: [...buttons(1), ...buttons(1)] }) } },
    ],
    [
      'a button title of 21 characters',
      131009,
      {
        type: 'interactive',
        interactive: { type: 'button', ...action({ buttons: [{ reply: { id: '1', title: 'x'.repeat(21) } }] }) },
      },
    ],
    [
      'eleven rows in two sections',
      131009,
      {
        type: 'interactive',
        interactive: {
          type: 'list',
          ...action({
            button: 'Open',
            sections: [
              { title: 'A', rows: rows(6) },
              { title: 'B', rows: rows(5) },
            ],
          }),
        },
      },
    ],
    [
      'a body of 1,025 characters',
      131009,
      {
        type: 'interactive',
        interactive: { type: 'button', body: { text: 'x'.repeat(1_025) }, action: { buttons: buttons(1) } },
      },
    ],
    ['a place off the globe', 131009, { type: 'location', location: { latitude: 91, longitude: 0 } }],
    ['a contact without a name', 131008, { type: 'contacts', contacts: [{ phones: [] }] }],
    ['a reaction to nothing', 131009, { type: 'reaction', reaction: { message_id: 'wamid.x', emoji: '👍' } }],
    ['callback data of 513 characters', 100, { ...text('hi'), biz_opaque_callback_data: 'x'.repeat(513) }],
  ];

  it.each(refused)('refuses %s', async (_, code, content) => {
    const reply = await bench.send(content);

    expect(refusal(reply)).toEqual([400, code, undefined]);
    expect(reply.body.error).toMatchObject({ type: 'OAuthException', fbtrace_id: expect.stringMatching(/^A/) });
    expect(bench.graph.messages.count).toBe(0);
    expect(bench.graph.messages.refused).toEqual(new Map([[code, 1]]));
  });

  it('says the limit in the error', async () => {
    const { body } = await bench.send(text('x'.repeat(4_097)));

    expect(body.error.message).toBe("(#100) Param text['body'] must be at most 4096 characters long");
  });

  it('takes only templates once a customer has been silent for 24 hours', async () => {
    bench.clock.pass(hours(24) - 1);
    expect((await bench.send(text('still here'))).status).toBe(200);
    bench.clock.pass(1);

    const reply = await bench.send(text('too late'));

    expect(refusal(reply)).toEqual([400, 131047, undefined]);
    expect(reply.body.error).toMatchObject({
      message: '(#131047) Re-engagement message',
      error_data: { messaging_product: 'whatsapp', details: expect.stringContaining('24 hours') },
    });
    bench.number().template({ name: 'hello' });
    const template = { type: 'template', template: { name: 'hello', language: { code: 'en_US' } } };
    expect((await bench.send(template)).body.messages[0].message_status).toBe('accepted');
  });

  it('knows a customer by number and user id alike', async () => {
    bench.whatsappMessage('Hi', { waId: '4915200000000', userId: 'DE.1234567890' } as never);

    const { body } = await bench.send({ recipient: 'DE.1234567890', to: undefined, ...text('hello') });

    expect(body.contacts).toEqual([{ input: 'DE.1234567890', user_id: 'DE.1234567890' }]);
  });

  it.each([
    ['nobody', undefined, 100],
    ['no number', 'Ada', 131009],
    ['itself', '15552242922', 131021],
    ['a stranger', '4930111111', 131047],
  ])('does not write to %s', async (_, to, code) => {
    expect(refusal(await bench.send({ ...text('hi'), to }))).toEqual([400, code, undefined]);
  });

  it('does not reach who blocked it, nor markets to who opted out', async () => {
    const number = bench.number({ templates: [{ name: 'sale', category: 'MARKETING' }] });
    const template = { type: 'template', template: { name: 'sale', language: { code: 'en_US' } } };
    number.customer({ waId: customer.waId, stoppedMarketing: true });
    number.customer({ waId: '4930222222', unreachable: true });

    expect(refusal(await bench.send(template))).toEqual([400, 131050, undefined]);
    expect(refusal(await bench.send(template, '4930222222'))).toEqual([400, 131026, undefined]);
  });

  it('marks a message read and shows typing', async () => {
    const read = { messaging_product: 'whatsapp', status: 'read', message_id: `wamid.Hello${customer.waId}` };
    const path = `${ids.number}/messages`;

    const reply = await bench.call('POST', path, tokens.whatsapp, { ...read, typing_indicator: { type: 'text' } });

    expect(reply.body).toEqual({ success: true });
    expect(bench.graph.signals.map(({ kind }) => kind)).toEqual(['mark_seen', 'typing_on']);
    expect(bench.graph.messages.count).toBe(0);
    const unknown = await bench.call('POST', path, tokens.whatsapp, { ...read, message_id: 'wamid.other' });
    expect(refusal(unknown)).toEqual([400, 131009, undefined]);
  });
});

describe('templates', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    const components = [
      { type: 'HEADER', format: 'IMAGE' },
      { type: 'BODY', text: 'Hi {{1}}, order {{2}} is ready.' },
      { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Track', url: 'https://example.org/{{1}}' }] },
    ];
    bench.number({
      templates: [
        { name: 'ready', language: 'en', components },
        { name: 'paused', status: 'PAUSED' },
        { name: 'disabled', status: 'DISABLED' },
        { name: 'pending', status: 'PENDING' },
        { name: 'held', held: true },
        { name: 'code', category: 'AUTHENTICATION' },
        { name: 'named', parameterFormat: 'NAMED', components: [{ type: 'BODY', text: 'Hi {{name}}' }] },
      ],
    });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const header = { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.org/a.jpg' } }] };
  const words = (...texts: string[]) => ({ type: 'body', parameters: texts.map((text) => ({ type: 'text', text })) });
  const button = { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: '7' }] };
  const send = (name: string, components: unknown[] = [], code = 'en_US', to?: string) =>
    bench.send({ type: 'template', template: { name, language: { code }, components } }, to);

  it('go out with every parameter they need', async () => {
    expect((await send('ready', [header, words('Ada', '7'), button], 'en')).status).toBe(200);
    expect(bench.graph.messages.all()).toMatchObject([{ kind: 'template' }]);
  });

  it.each([
    ['one word too few', [header, words('Ada'), button], 132000],
    ['one word too many', [header, words('Ada', '7', '8'), button], 132000],
    ['no header', [words('Ada', '7'), button], 132012],
    [
      'a text for a picture',
      [{ type: 'header', parameters: [{ type: 'text', text: 'x' }] }, words('A', '7'), button],
      132012,
    ],
    ['no address for the button', [header, words('Ada', '7')], 131008],
    ['a line break', [header, words('Ada\n', '7'), button], 132012],
    ['a novel', [header, words('x'.repeat(1_020), '7'), button], 132005],
  ])('do not with %s', async (_, components, code) => {
    expect(refusal(await send('ready', components, 'en'))).toEqual([400, code, undefined]);
  });

  it.each([
    ['unknown', 404, 132001],
    ['ready', 404, 132001],
    ['pending', 404, 132001],
    ['paused', 400, 132015],
    ['disabled', 400, 132016],
  ])('must be approved in the language: %s', async (name, status, code) => {
    expect(refusal(await send(name))).toEqual([status, code, undefined]);
  });

  it('with named parameters want the names', async () => {
    const named = { type: 'body', parameters: [{ type: 'text', text: 'Ada', parameter_name: 'name' }] };

    expect((await send('named', [named])).status).toBe(200);
    expect(refusal(await send('named', [words('Ada')]))).toEqual([400, 132012, undefined]);
  });

  it('may be held back, and need a phone number to authenticate', async () => {
    expect((await send('held')).body.messages[0].message_status).toBe('held_for_quality_assessment');
    expect(refusal(await send('code', [], 'en_US', 'DE.123456789'))).toEqual([400, 131062, undefined]);
  });
});
