import { long } from '../../test/contents';
import type { TemplateComponent, TemplateContent } from './template-content';
import { needsPhone, templateProblems } from './template-problems';
import { renderTemplate, renderTemplateParts } from './template-text';

type Json = Record<string, unknown>;

function definition(components: Json[], rest: Json = {}): Json {
  return { id: '1', name: 'order', language: 'en_US', status: 'APPROVED', category: 'UTILITY', components, ...rest };
}

function sent(...components: TemplateComponent[]): TemplateContent {
  return { type: 'template', name: 'order', language: 'en_US', components };
}

const text = (value: string, name?: string) => ({ type: 'text' as const, text: value, ...(name && { name }) });
const header = (...parameters: Extract<TemplateComponent, { type: 'header' }>['parameters']) =>
  ({ type: 'header', parameters }) as const;
const body = (...parameters: Extract<TemplateComponent, { type: 'body' }>['parameters']) =>
  ({ type: 'body', parameters }) as const;

const shipped = definition([
  { type: 'HEADER', format: 'TEXT', text: 'Order {{1}}' },
  { type: 'BODY', text: 'Hi {{1}}, your {{2}} is on its way, {{1}}.' },
  { type: 'FOOTER', text: 'Acme' },
  {
    type: 'BUTTONS',
    buttons: [
      { type: 'QUICK_REPLY', text: 'Thanks' },
      { type: 'URL', text: 'Track', url: 'https://acme.example/{{1}}' },
      { type: 'URL', text: 'Shop', url: 'https://acme.example' },
      { type: 'COPY_CODE', text: 'Copy' },
      { type: 'PHONE_NUMBER', text: 'Call', phone_number: '+1555' },
    ],
  },
]);
const track: TemplateComponent = { type: 'button', subType: 'url', index: 1, parameters: [text('A1')] };
const copy: TemplateComponent = {
  type: 'button',
  subType: 'copy_code',
  index: 3,
  parameters: [{ type: 'coupon_code', couponCode: 'SAVE' }],
};
const complete: TemplateComponent[] = [header(text('7')), body(text('Ana'), text('shirt')), track, copy];

const image = definition([
  { type: 'header', format: 'image' },
  { type: 'body', text: 'Hi' },
]);
const named = definition([{ type: 'BODY', text: 'Hi {{name}}, {{item}}' }], { parameter_format: 'named' });
const media = { id: '1' };

function without(index: number): TemplateContent {
  return sent(...complete.filter((_, place) => place !== index));
}

function withInstead(index: number, component: TemplateComponent): TemplateContent {
  return sent(...complete.map((own, place) => (place === index ? component : own)));
}

describe('the parameters of a template', () => {
  it.each<[string, Json, TemplateContent]>([
    ['every variable', shipped, sent(...complete)],
    ['every variable of a flagged template', { ...shipped, status: 'FLAGGED' }, sent(...complete)],
    ['a payload of a quick reply, which may be left out', shipped, sent(...complete, quick(0))],
    ['an image header', image, sent(header({ type: 'image', media }))],
    ['names in any order', named, sent(body(text('shirt', 'item'), text('Ana', 'name')))],
    ['no components', definition([{ type: 'BODY', text: 'Hi' }]), { type: 'template', name: 'order', language: 'en' }],
    [
      'currency and date',
      definition([{ type: 'BODY', text: '{{1}} on {{2}}' }]),
      sent(
        body(
          { type: 'currency', fallback: '€1', code: 'EUR', amount1000: 1_000 },
          { type: 'date_time', fallback: '1 March' },
        ),
      ),
    ],
    [
      'a body alone, as long as it may be',
      definition([{ type: 'BODY', text: '{{1}}' }]),
      sent(body(text(long(32_768)))),
    ],
    [
      'the code of an authentication template',
      definition([
        { type: 'BODY', text: '*{{1}}* is your code.' },
        { type: 'BUTTONS', buttons: [{ type: 'OTP', otp_type: 'COPY_CODE', text: 'Copy' }] },
      ]),
      sent(body(text('123')), { type: 'button', subType: 'url', index: 0, parameters: [text('123')] }),
    ],
  ])('fit with %s', (_, template, content) => {
    expect(templateProblems(template, content)).toEqual([]);
  });

  it.each<[string, Json, TemplateContent, string, string]>([
    [
      'a missing header',
      shipped,
      without(0),
      'components',
      "components: the template's header has 1 variable (1); 0 given.",
    ],
    [
      'a missing body',
      shipped,
      without(1),
      'components',
      "components: the template's body has 2 variables (1 and 2); 0 given.",
    ],
    [
      'too few values',
      shipped,
      withInstead(1, body(text('Ana'))),
      'components[1]',
      "components[1]: the template's body has 2 variables (1 and 2); 1 given.",
    ],
    [
      'a value where there is no variable',
      definition([{ type: 'BODY', text: 'Hi' }]),
      sent(body(text('Ana'))),
      'components[0]',
      "components[0]: the template's body has no variables; 1 given.",
    ],
    [
      'a file for a word',
      shipped,
      withInstead(0, header({ type: 'image', media })),
      'components[0].parameters[0]',
      'components[0].parameters[0] must be text, currency or date_time; it is image.',
    ],
    ['no file', image, sent(), 'components', "components: the template's header needs a parameter image."],
    [
      'another file',
      image,
      sent(header({ type: 'video', media })),
      'components[0]',
      "components[0]: the template's header takes a parameter image; it has video.",
    ],
    [
      'a name where variables are numbered',
      shipped,
      withInstead(0, header(text('7', 'order'))),
      'components[0].parameters[0].name',
      'components[0].parameters[0].name: the template numbers its variables; leave the name out.',
    ],
    [
      'no name',
      named,
      sent(body(text('Ana'), text('shirt', 'item'))),
      'components[0].parameters[0].name',
      'components[0].parameters[0].name is needed: one of name or item.',
    ],
    [
      'a wrong name',
      named,
      sent(body(text('Ana', 'name'), text('shirt', 'thing'))),
      'components[0].parameters[1].name',
      'components[0].parameters[1].name must be name or item.',
    ],
    [
      'a name twice',
      named,
      sent(body(text('Ana', 'name'), text('shirt', 'name'))),
      'components[0].parameters[1].name',
      'components[0].parameters[1].name is given twice.',
    ],
    [
      'a long header',
      shipped,
      withInstead(0, header(text(long(61)))),
      'components[0].parameters[0]',
      'components[0].parameters[0] may have at most 60 characters here; it has 61.',
    ],
    [
      'a long value beside other components',
      shipped,
      withInstead(1, body(text('Ana'), text(long(1025)))),
      'components[1].parameters[1]',
      'components[1].parameters[1] may have at most 1024 characters here; it has 1025.',
    ],
    [
      'a line break',
      shipped,
      withInstead(1, body(text('Ana'), text('a\nb'))),
      'components[1].parameters[1]',
      'components[1].parameters[1] may have no line break, no tab and at most 4 spaces in a row.',
    ],
    [
      'a URL button left open',
      shipped,
      without(2),
      'components',
      'components: the template needs a button url with index 1 and a parameter text.',
    ],
    [
      'a button that is not there',
      shipped,
      sent(...complete, { ...quick(0), index: 5 }),
      'components[4].index',
      'components[4].index is 5; the template has 5 buttons, counted from 0.',
    ],
    [
      'a button of another kind',
      shipped,
      sent(...complete, { type: 'button', subType: 'url', index: 0 }),
      'components[4].subType',
      'components[4].subType must be quick_reply: button 0 of the template is QUICK_REPLY.',
    ],
    [
      'a button that takes nothing',
      shipped,
      sent(...complete, { type: 'button', subType: 'url', index: 2 }),
      'components[4]',
      'components[4]: button 2 of the template (URL) takes nothing.',
    ],
    [
      'a button without its value',
      shipped,
      withInstead(3, { type: 'button', subType: 'copy_code', index: 3 }),
      'components[3].parameters',
      'components[3].parameters needs one of type coupon_code.',
    ],
    [
      'a value of another kind',
      shipped,
      withInstead(3, { type: 'button', subType: 'copy_code', index: 3, parameters: [text('SAVE')] }),
      'components[3].parameters[0]',
      'components[3].parameters[0] must be coupon_code; it is text.',
    ],
    [
      'a URL too long with its end',
      shipped,
      withInstead(2, { type: 'button', subType: 'url', index: 1, parameters: [text(long(1980))] }),
      'components[2].parameters[0]',
      'components[2].parameters[0]: the URL may have at most 2000 characters; it has 2001.',
    ],
    [
      'a component twice',
      shipped,
      sent(...complete, track),
      'components[4]',
      'components[4]: button 1 is given twice.',
    ],
    [
      'a template that is not approved',
      definition([{ type: 'BODY', text: 'Hi' }], { status: 'PAUSED' }),
      sent(),
      'name',
      'name: this template is PAUSED; only an approved one can be sent.',
    ],
  ])('are refused with %s', (_, template, content, field, message) => {
    expect(templateProblems(template, content)).toContainEqual(expect.objectContaining({ field, message }));
  });

  it('fit card by card in a carousel', () => {
    const card = {
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: '{{1}} off' },
        { type: 'BUTTONS', buttons: [{ type: 'URL', text: 'Buy', url: 'https://a.example/{{1}}' }] },
      ],
    };
    const template = definition([
      { type: 'BODY', text: 'Hi' },
      { type: 'CAROUSEL', cards: [card, card] },
    ]);
    const fits = { components: [header({ type: 'image', media }), body(text('5')), { ...track, index: 0 }] };
    const cards = (...given: unknown[]) => sent({ type: 'carousel', cards: given as never });
    expect(templateProblems(template, cards(fits, fits))).toEqual([]);
    expect(templateProblems(template, cards(fits))).toMatchObject([
      { message: 'components[0]: the template has 2 cards; 1 given.' },
    ]);
    expect(templateProblems(template, cards(fits, { components: fits.components.slice(1) }))).toMatchObject([
      { field: 'components[0].cards[1].components', rule: 'template' },
    ]);
    expect(templateProblems(template, sent())).toMatchObject([{ message: expect.stringContaining('2 cards; 0') }]);
  });

  it('tell when an offer ends, where the template shows it', () => {
    const offer = (has_expiration: boolean) =>
      definition([
        { type: 'BODY', text: 'Hi' },
        { type: 'LIMITED_TIME_OFFER', limited_time_offer: { text: 'Now', has_expiration } },
      ]);
    const ends = sent({ type: 'limited_time_offer', expiresAt: 1 });
    expect(templateProblems(offer(true), ends)).toEqual([]);
    expect(templateProblems(offer(true), sent())).toHaveLength(1);
    expect(templateProblems(offer(false), ends)).toHaveLength(1);
  });

  it('name the products of a multi-product button', () => {
    const template = definition([
      { type: 'BODY', text: 'Hi' },
      { type: 'BUTTONS', buttons: [{ type: 'MPM', text: 'View items' }] },
    ]);
    const mpm = (action: object): TemplateComponent => ({
      type: 'button',
      subType: 'mpm',
      index: 0,
      parameters: [{ type: 'action', ...action }],
    });
    expect(templateProblems(template, sent(mpm({ sections: [{ title: 'A', productRetailerIds: ['1'] }] })))).toEqual(
      [],
    );
    expect(templateProblems(template, sent(mpm({})))).toMatchObject([
      { field: 'components[0].parameters[0].sections' },
    ]);
  });
});

describe('the text of a template', () => {
  it('is what the customer reads: header, body, footer', () => {
    expect(renderTemplate(shipped, sent(...complete))).toBe('Order 7\nHi Ana, your shirt is on its way, Ana.\nAcme');
    expect(renderTemplateParts(shipped, sent(...complete)).buttons).toEqual([
      'Thanks',
      'Track',
      'Shop',
      'Copy',
      'Call',
    ]);
  });

  it('takes named values by name, and leaves what has none as it is', () => {
    expect(renderTemplate(named, sent(body(text('shirt', 'item'))))).toBe('Hi {{name}}, shirt');
  });

  it('shows currency and date as they fall back, and takes a value literally', () => {
    const template = definition([{ type: 'BODY', text: '{{1}} {{2}}' }]);
    const content = sent(body({ type: 'currency', fallback: '€1', code: 'EUR', amount1000: 1 }, text('$& {{1}} $1')));
    expect(renderTemplate(template, content)).toBe('€1 $& {{1}} $1');
  });

  it.each([undefined, null, 7, [], { components: 7 }])('is empty where the definition is %j', (given) => {
    expect(renderTemplate(given, sent(...complete))).toBe('');
  });
});

it('authentication templates need a phone number', () => {
  expect(needsPhone(definition([], { category: 'AUTHENTICATION' }))).toBe(true);
  expect(needsPhone(shipped)).toBe(false);
});

function quick(index: number): Extract<TemplateComponent, { type: 'button' }> {
  return { type: 'button', subType: 'quick_reply', index, parameters: [{ type: 'payload', payload: 'yes' }] };
}
