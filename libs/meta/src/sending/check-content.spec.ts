import { everySample, long, many, platforms, replaced, samples } from '../../test/contents';
import type { Platform } from '../items';
import { checkContent, checkMedia, contentSchema } from './check-content';
import type { SendKind } from './content';
import { kindsOf } from './sendable';

const kB = 1024;
const MB = 1024 * kB;
const reply = (i: number) => ({ type: 'reply', id: `id${i}`, title: `Title ${i}` });
const row = (i: number) => ({ id: `id${i}`, title: `Row ${i}` });
const section = (title: string, rows: number, from = 0) => ({ title, rows: many(rows, (i) => row(from + i)) });
const products = (title: string, count: number) => ({ title, productRetailerIds: many(count, (i) => `sku${i}`) });
const quick = (i: number) => ({ type: 'text', title: `Title ${i}` });
const element = (i: number) => ({ title: `Title ${i}`, subtitle: 'Blue' });
const text = (value: string) => ({ type: 'text', text: value });
const file = (size: number, mimeType?: string) => ({ id: '1', size, mimeType });

const body = { type: 'body', parameters: [{ type: 'text', text: 'a' }] };

type Limit = [platform: Platform, kind: SendKind, field: string, inside: unknown, outside: unknown, rule: string];

/** Each limit of Meta's, just kept and just broken. The numbers are Meta's pages', not the code's. */
const limits: Limit[] = [
  ['whatsapp', 'text', 'text', long(4096), long(4097), 'too_long'],
  ['whatsapp', 'text', 'text', '👍'.repeat(4096), '👍'.repeat(4097), 'too_long'],
  ['whatsapp', 'text', 'text', ' a ', ' \n ', 'required'],
  ['whatsapp', 'text', 'previewUrl', false, 'no', 'type'],
  ['whatsapp', 'image', 'caption', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'video', 'caption', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'document', 'caption', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'image', 'media', file(5 * MB), file(5 * MB + 1), 'media_size'],
  ['whatsapp', 'video', 'media', file(16 * MB), file(16 * MB + 1), 'media_size'],
  ['whatsapp', 'audio', 'media', file(16 * MB), file(16 * MB + 1), 'media_size'],
  ['whatsapp', 'voice', 'media', file(16 * MB), file(16 * MB + 1), 'media_size'],
  ['whatsapp', 'document', 'media', file(100 * MB), file(100 * MB + 1), 'media_size'],
  ['whatsapp', 'sticker', 'media', file(500 * kB), file(500 * kB + 1), 'media_size'],
  [
    'whatsapp',
    'sticker',
    'media',
    { ...file(100 * kB), animated: false },
    { ...file(100 * kB + 1), animated: false },
    'media_size',
  ],
  ['whatsapp', 'image', 'media', file(1), file(0), 'media_size'],
  ['whatsapp', 'image', 'media', file(1, 'IMAGE/JPEG'), file(1, 'image/gif'), 'media_type'],
  ['whatsapp', 'video', 'media', file(1, 'video/3gpp'), file(1, 'video/quicktime'), 'media_type'],
  ['whatsapp', 'audio', 'media', file(1, 'audio/amr'), file(1, 'audio/wav'), 'media_type'],
  ['whatsapp', 'voice', 'media', file(1, 'audio/ogg'), file(1, 'audio/mpeg'), 'media_type'],
  ['whatsapp', 'sticker', 'media', file(1, 'image/webp'), file(1, 'image/png'), 'media_type'],
  ['whatsapp', 'image', 'media', { link: 'http://a.example' }, { link: 'ftp://a.example' }, 'format'],
  ['whatsapp', 'image', 'media', { id: '1' }, { id: '1', link: 'http://a.example' }, 'combination'],
  ['whatsapp', 'image', 'media', { id: '1' }, { mimeType: 'image/png' }, 'combination'],
  ['whatsapp', 'location', 'latitude', -90, -90.1, 'range'],
  ['whatsapp', 'location', 'longitude', 180, 180.1, 'range'],
  ['whatsapp', 'location', 'latitude', 90, 90.1, 'range'],
  ['whatsapp', 'location', 'longitude', -180, -180.1, 'range'],
  ['whatsapp', 'location', 'latitude', 0, '0', 'type'],
  ['whatsapp', 'contacts', 'contacts', many(257, card), many(258, card), 'too_many'],
  ['whatsapp', 'contacts', 'contacts', many(1, card), [], 'too_few'],
  ['whatsapp', 'contacts', 'contacts[0].name.formattedName', 'Bo', undefined, 'required'],
  ['whatsapp', 'contacts', 'contacts[0].emails', many(20, mail), many(21, mail), 'too_many'],
  ['whatsapp', 'contacts', 'contacts[0].phones[0].phone', long(64), long(65), 'too_long'],
  ['whatsapp', 'contacts', 'contacts[0].phones[0].type', long(64), long(65), 'too_long'],
  ['whatsapp', 'contacts', 'contacts[0].addresses[0].countryCode', 'BR', 'BRA', 'too_long'],
  ['whatsapp', 'contacts', 'contacts[0].phones[0].phone', '1-800-FLOWERS ext. 7', 18_005, 'type'],
  ['whatsapp', 'contacts', 'contacts[0].birthday', '2000-01-31', '31.1.2000', 'format'],
  ['whatsapp', 'buttons', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'buttons', 'header', text(long(60)), text(long(61)), 'too_long'],
  [
    'whatsapp',
    'buttons',
    'header',
    { type: 'document', media: { id: '1' }, filename: 'a.pdf' },
    { type: 'audio', media: { id: '1' } },
    'choice',
  ],
  [
    'whatsapp',
    'buttons',
    'header',
    { type: 'image', media: file(5 * MB) },
    { type: 'image', media: file(6 * MB) },
    'media_size',
  ],
  ['whatsapp', 'buttons', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'buttons', 'buttons', many(3, reply), many(4, reply), 'too_many'],
  ['whatsapp', 'buttons', 'buttons', many(1, reply), [], 'too_few'],
  ['whatsapp', 'buttons', 'buttons[0].title', long(20), long(21), 'too_long'],
  ['whatsapp', 'buttons', 'buttons[0].id', long(256), long(257), 'too_long'],
  ['whatsapp', 'buttons', 'buttons', [reply(1), reply(2)], [reply(1), { ...reply(2), id: 'id1' }], 'unique'],
  ['whatsapp', 'buttons', 'buttons', [reply(1), reply(2)], [reply(1), { ...reply(2), title: 'Title 1' }], 'unique'],
  ['whatsapp', 'buttons', 'buttons[0].type', 'reply', 'url', 'choice'],
  ['whatsapp', 'list', 'text', long(4096), long(4097), 'too_long'],
  ['whatsapp', 'list', 'header', text(long(60)), text(long(61)), 'too_long'],
  ['whatsapp', 'list', 'header', text('a'), { type: 'image', media: { id: '1' } }, 'choice'],
  ['whatsapp', 'list', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'list', 'button', long(20), long(21), 'too_long'],
  ['whatsapp', 'list', 'sections', [section('A', 10)], [section('A', 11)], 'too_many'],
  [
    'whatsapp',
    'list',
    'sections',
    [section('A', 5), section('B', 5, 5)],
    [section('A', 5), section('B', 6, 5)],
    'too_many',
  ],
  [
    'whatsapp',
    'list',
    'sections',
    many(10, (i) => section('A', 1, i)),
    many(11, (i) => section('A', 1, i)),
    'too_many',
  ],
  ['whatsapp', 'list', 'sections', [{ rows: [row(1)] }], [{ rows: [row(1)] }, { rows: [row(2)] }], 'required'],
  ['whatsapp', 'list', 'sections', [section('A', 1)], [{ title: 'A', rows: [row(1), row(1)] }], 'unique'],
  ['whatsapp', 'list', 'sections[0].title', long(24), long(25), 'too_long'],
  ['whatsapp', 'list', 'sections[0].rows[0].id', long(200), long(201), 'too_long'],
  ['whatsapp', 'list', 'sections[0].rows[0].title', long(24), long(25), 'too_long'],
  ['whatsapp', 'list', 'sections[0].rows[0].description', long(72), long(73), 'too_long'],
  ['whatsapp', 'cta_url', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'cta_url', 'header', text(long(60)), text(long(61)), 'too_long'],
  ['whatsapp', 'cta_url', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'cta_url', 'button', long(20), long(21), 'too_long'],
  ['whatsapp', 'cta_url', 'url', 'https://a.example', 'a.example', 'format'],
  ['whatsapp', 'cta_url', 'url', 'https://a.example', 'https://a example', 'format'],
  ['whatsapp', 'cta_url', 'url', 'https://a.example', 'https://a:b:c', 'format'],
  ['whatsapp', 'cta_url', 'url', `https://a.example/${long(2030)}`, `https://a.example/${long(2031)}`, 'too_long'],
  ['whatsapp', 'flow', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'flow', 'button', long(30), long(31), 'too_long'],
  ['whatsapp', 'flow', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'flow', 'flowName', undefined, 'booking', 'combination'],
  ['whatsapp', 'flow', 'flowId', '7', undefined, 'combination'],
  ['whatsapp', 'flow', 'mode', 'published', 'live', 'choice'],
  ['whatsapp', 'flow', 'action', 'navigate', 'data_exchange', 'combination'],
  ['whatsapp', 'flow', 'screen', 'FIRST', undefined, 'combination'],
  ['whatsapp', 'flow', 'data', { a: 1 }, {}, 'required'],
  ['whatsapp', 'flow', 'data', { a: ['\\u0000'] }, { a: ['\0'] }, 'encoding'],
  ['whatsapp', 'flow', 'data', { a: long(65_528) }, { a: long(65_529) }, 'too_long'],
  ['whatsapp', 'flow', 'data', nested(20), nested(21), 'range'],
  ['whatsapp', 'product', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'product', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'product', 'catalogId', '7', undefined, 'required'],
  ['whatsapp', 'product', 'productRetailerId', long(256), long(257), 'too_long'],
  ['whatsapp', 'product_list', 'header', text(long(60)), undefined, 'required'],
  ['whatsapp', 'product_list', 'header', text(long(60)), text(long(61)), 'too_long'],
  ['whatsapp', 'product_list', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'product_list', 'footer', long(60), long(61), 'too_long'],
  ['whatsapp', 'product_list', 'sections', [products('A', 30)], [products('A', 31)], 'too_many'],
  [
    'whatsapp',
    'product_list',
    'sections',
    [products('A', 15), products('B', 15)],
    [products('A', 15), products('B', 16)],
    'too_many',
  ],
  [
    'whatsapp',
    'product_list',
    'sections',
    many(10, () => products('A', 1)),
    many(11, () => products('A', 1)),
    'too_many',
  ],
  ['whatsapp', 'product_list', 'sections[0].title', long(24), long(25), 'too_long'],
  ['whatsapp', 'location_request', 'text', long(1024), long(1025), 'too_long'],
  ['whatsapp', 'reaction', 'emoji', '', 'ok', 'format'],
  ['whatsapp', 'reaction', 'emoji', '👨‍👩‍👧‍👦', '👍👍', 'format'],
  ['whatsapp', 'reaction', 'emoji', '🇧🇷', '1', 'format'],
  ['whatsapp', 'reaction', 'messageId', 'wamid.1', '', 'required'],
  ['whatsapp', 'reaction', 'messageId', long(512), long(513), 'too_long'],
  ['whatsapp', 'template', 'name', long(512), long(513), 'too_long'],
  ['whatsapp', 'template', 'name', 'a_1', 'A-1', 'format'],
  ['whatsapp', 'template', 'language', 'pt_BR', 'portuguese', 'format'],
  ['whatsapp', 'template', 'components', many(14, () => body), many(15, () => body), 'too_many'],
  ['whatsapp', 'template', 'components[0].parameters[0]', place(90, 180), place(90.1, 180), 'range'],
  ['whatsapp', 'template', 'components[0].parameters[0]', place(-90, -180), place(-90, -180.1), 'range'],
  ['whatsapp', 'template', 'components[1].parameters[0].text', long(32_768), long(32_769), 'too_long'],
  ['whatsapp', 'template', 'components[2].parameters', [text('a')], [text('a'), text('b')], 'too_many'],
  ['whatsapp', 'template', 'components[5].parameters[0].sections[0].title', long(24), long(25), 'too_long'],
  ['whatsapp', 'template', 'components[6].cards[0].components', many(4, () => body), many(5, () => body), 'too_many'],
  [
    'whatsapp',
    'template',
    'components[0].parameters',
    [{ type: 'text', text: 'a' }],
    [text('a'), text('b')],
    'too_many',
  ],
  ['whatsapp', 'template', 'components[1].parameters[1].code', 'EUR', 'euro', 'too_long'],
  ['whatsapp', 'template', 'components[1].parameters[1].amount1000', 10, 10.5, 'range'],
  ['whatsapp', 'template', 'components[2].index', 9, 10, 'range'],
  ['whatsapp', 'template', 'components[2].subType', 'url', 'link', 'choice'],
  ['whatsapp', 'template', 'components[3].parameters[0].couponCode', long(20), long(21), 'too_long'],
  ['whatsapp', 'template', 'components[5].parameters[0].sections[0].title', long(24), undefined, 'required'],
  [
    'whatsapp',
    'template',
    'components[6].cards',
    many(10, () => ({ components: [body] })),
    many(11, () => ({ components: [body] })),
    'too_many',
  ],

  ['messenger', 'text', 'text', long(2000), long(2001), 'too_long'],
  ['messenger', 'quick_replies', 'text', long(2000), long(2001), 'too_long'],
  ['messenger', 'quick_replies', 'quickReplies', many(13, quick), many(14, quick), 'too_many'],
  ['messenger', 'quick_replies', 'quickReplies[0].title', long(20), long(21), 'too_long'],
  ['messenger', 'quick_replies', 'quickReplies[0].title', 'Red', undefined, 'required'],
  ['messenger', 'quick_replies', 'quickReplies[0].payload', long(1000), long(1001), 'too_long'],
  ['messenger', 'quick_replies', 'quickReplies[1].title', undefined, 'Mail', 'unknown_field'],
  ['messenger', 'image', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  [
    'messenger',
    'image',
    'media',
    { link: 'https://a.example', size: 8 * MB },
    { link: 'https://a.example', size: 8 * MB + 1 },
    'media_size',
  ],
  ['messenger', 'image', 'media', file(1, 'image/gif'), file(1, 'video/mp4'), 'media_type'],
  ['messenger', 'video', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['messenger', 'audio', 'media', file(25 * MB, 'audio/mp3'), file(25 * MB, 'text/plain'), 'media_type'],
  ['messenger', 'document', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['messenger', 'audio', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['messenger', 'buttons', 'text', long(640), long(641), 'too_long'],
  ['messenger', 'buttons', 'buttons', many(3, reply), many(4, reply), 'too_many'],
  ['messenger', 'buttons', 'buttons[0].title', long(20), long(21), 'too_long'],
  ['messenger', 'buttons', 'buttons[0].id', long(1000), long(1001), 'too_long'],
  ['messenger', 'buttons', 'buttons[2].phone', '+15551234', 'call me', 'format'],
  ['messenger', 'buttons', 'header', undefined, text('a'), 'unknown_field'],
  ['messenger', 'generic_template', 'elements', many(10, element), many(11, element), 'too_many'],
  ['messenger', 'generic_template', 'elements[0].title', long(80), long(81), 'too_long'],
  ['messenger', 'generic_template', 'elements[0].subtitle', long(80), long(81), 'too_long'],
  ['messenger', 'generic_template', 'elements[0].buttons', many(3, reply), many(4, reply), 'too_many'],
  [
    'messenger',
    'generic_template',
    'elements[0]',
    { title: 'A', url: 'https://a.example' },
    { title: 'A' },
    'combination',
  ],
  ['messenger', 'media_template', 'mediaType', 'video', 'audio', 'choice'],
  ['messenger', 'media_template', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['messenger', 'media_template', 'media', file(1, 'video/mp4'), file(1, 'image/png'), 'media_type'],
  [
    'messenger',
    'media_template',
    'media',
    { link: 'https://www.facebook.com/p/1' },
    { link: 'https://notfacebook.com/1' },
    'format',
  ],
  ['messenger', 'media_template', 'buttons', many(3, reply), many(4, reply), 'too_many'],
  ['messenger', 'reaction', 'emoji', '🎉', 'love', 'format'],
  ['messenger', 'private_reply', 'text', long(2000), long(2001), 'too_long'],
  ['messenger', 'private_reply', 'postId', undefined, '1_3', 'combination'],
  ['messenger', 'public_reply', 'text', long(8000), long(8001), 'too_long'],

  ['instagram', 'text', 'text', long(1000), long(1001), 'too_long'],
  ['instagram', 'text', 'text', 'é'.repeat(500), `${'é'.repeat(500)}x`, 'too_long'],
  ['instagram', 'text', 'text', '👍'.repeat(250), '👍'.repeat(251), 'too_long'],
  ['instagram', 'image', 'media', file(8 * MB), file(8 * MB + 1), 'media_size'],
  ['instagram', 'image', 'media', file(1, 'image/gif'), file(1, 'image/webp'), 'media_type'],
  ['instagram', 'video', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['instagram', 'video', 'media', file(1, 'video/webm'), file(1, 'video/3gpp'), 'media_type'],
  ['instagram', 'audio', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['instagram', 'audio', 'media', file(1, 'audio/aac'), file(1, 'audio/ogg'), 'media_type'],
  ['instagram', 'document', 'media', file(25 * MB, 'application/pdf'), file(1, 'text/csv'), 'media_type'],
  ['instagram', 'document', 'media', file(25 * MB), file(25 * MB + 1), 'media_size'],
  ['instagram', 'quick_replies', 'text', 'é'.repeat(500), 'é'.repeat(501), 'too_long'],
  ['instagram', 'quick_replies', 'quickReplies', many(13, quick), many(14, quick), 'too_many'],
  ['instagram', 'quick_replies', 'quickReplies[0].title', long(20), long(21), 'too_long'],
  ['instagram', 'quick_replies', 'quickReplies[0].payload', long(1000), long(1001), 'too_long'],
  ['instagram', 'quick_replies', 'quickReplies[0].imageUrl', undefined, 'https://a.example', 'unknown_field'],
  ['instagram', 'quick_replies', 'quickReplies', many(1, quick), [{ type: 'user_email' }], 'choice'],
  ['instagram', 'buttons', 'text', long(640), long(641), 'too_long'],
  ['instagram', 'buttons', 'buttons', many(3, reply), many(4, reply), 'too_many'],
  ['instagram', 'buttons', 'buttons[0]', reply(1), { type: 'phone', phone: '+1555123', title: 'Call' }, 'choice'],
  ['instagram', 'generic_template', 'elements', many(10, element), many(11, element), 'too_many'],
  ['instagram', 'reaction', 'emoji', '❤️', '😊', 'format'],
  ['instagram', 'private_reply', 'text', long(1000), long(1001), 'too_long'],
  ['instagram', 'private_reply', 'commentId', '179', undefined, 'required'],
  ['instagram', 'public_reply', 'text', long(2200), long(2201), 'too_long'],
];

function card() {
  return { name: { formattedName: 'Bo' } };
}

function mail(i: number) {
  return { email: `bo${i}@example.com` };
}

function place(latitude: number, longitude: number) {
  return { type: 'location', latitude, longitude };
}

function nested(levels: number): unknown {
  return levels === 0 ? 1 : { a: nested(levels - 1) };
}

describe('what may be sent', () => {
  it.each(everySample)('lets %s %s through with every member it may have', (platform, _kind, content) => {
    expect(checkContent(platform, content)).toEqual([]);
  });

  it.each(platforms)('has a sample of every kind of %s', (platform) => {
    expect(everySample.filter(([own]) => own === platform).map(([, kind]) => kind)).toEqual(kindsOf(platform));
  });

  it.each(limits)('%s %s %s: just inside and just outside', (platform, kind, field, inside, outside, rule) => {
    const sample = samples[platform][kind];
    expect(checkContent(platform, replaced(sample, field, inside))).toEqual([]);

    const problems = checkContent(platform, replaced(sample, field, outside));
    expect(problems.map((problem) => problem.rule)).toContain(rule);
    expect(problems.every(({ message }) => message.length > 0 && message.length < 400)).toBe(true);
  });

  it('names the field, the limit and what was given', () => {
    const content = {
      type: 'buttons',
      text: '',
      buttons: [{ type: 'reply', id: 'a', title: long(34) }],
      colour: 'red',
    };
    expect(checkContent('whatsapp', content)).toEqual([
      { field: 'text', rule: 'required', message: 'text must not be empty.' },
      {
        field: 'buttons[0].title',
        rule: 'too_long',
        message: 'buttons[0].title may have at most 20 characters; it has 34.',
      },
      {
        field: 'colour',
        rule: 'unknown_field',
        message: 'colour is not known here; this kind takes text, header, footer and buttons.',
      },
    ]);
    expect(checkContent('instagram', { type: 'text', text: 'é'.repeat(600) })[0]?.message).toBe(
      'text may have at most 1000 bytes; it has 1200.',
    );
    expect(checkContent('whatsapp', { type: 'image', media: file(5 * MB + 1) })[0]?.message).toBe(
      'media may be at most 5 MB; it is 5.01 MB.',
    );
  });

  it('says which kinds a platform has when it lacks one', () => {
    expect(checkContent('instagram', samples.whatsapp.list)).toEqual([
      {
        field: 'type',
        rule: 'kind',
        message:
          'Instagram has no "list". It has text, image, video, audio, document, quick_replies, buttons, generic_template, reaction, private_reply and public_reply.',
      },
    ]);
    expect(checkContent('messenger', { text: 'Hello' })[0]?.message).toMatch(
      /^type must say what is sent; it is nothing/,
    );
  });

  it.each([null, 7, 'text', [], undefined])('refuses %j, which is no content', (content) => {
    expect(checkContent('whatsapp', content)).toHaveLength(1);
  });

  it.each(['constructor', '__proto__', 'toString', ''])('knows no kind %j', (type) => {
    expect(checkContent('whatsapp', { type })).toMatchObject([{ rule: 'kind' }]);
  });

  it.each(['half \ud83d of a pair', 'NUL \0'])('refuses text that no database keeps: %j', (broken) => {
    expect(checkContent('whatsapp', { type: 'text', text: broken })).toMatchObject([{ rule: 'encoding' }]);
  });

  it('tells of fifty faults at most, and repeats little of what was given', () => {
    const content = JSON.parse(
      `{"type":"text","text":"a",${many(200, (i) => `"\\u0000field${i}${long(500)}":1`).join()}}`,
    ) as object;
    const problems = checkContent('whatsapp', content);
    expect(problems).toHaveLength(50);
    expect(problems.every(({ field, message }) => field.length < 60 && !message.includes('\0'))).toBe(true);
  });
});

describe('a file before it is uploaded', () => {
  it('is held to the limits of the kind it is to be sent as', () => {
    expect(checkMedia('whatsapp', 'image', { mimeType: 'image/png', size: 5 * MB })).toEqual([]);
    expect(checkMedia('whatsapp', 'image', { mimeType: 'image/gif', size: 6 * MB })).toEqual([
      {
        field: 'file.mimeType',
        rule: 'media_type',
        message: 'file must be image/jpeg or image/png; it is "image/gif".',
      },
      { field: 'file.size', rule: 'media_size', message: 'file may be at most 5 MB; it is 6 MB.' },
    ]);
    expect(checkMedia('messenger', 'sticker', {})).toMatchObject([{ rule: 'kind' }]);
  });
});

describe.each(platforms)('the schema of what %s takes', (platform) => {
  type Schema = { properties: Record<string, { const?: string }>; required: string[]; additionalProperties: boolean };
  const { oneOf } = JSON.parse(JSON.stringify(contentSchema(platform))) as { oneOf: Schema[] };

  it('has an entry for every kind', () => {
    expect(oneOf.map(({ properties }) => properties.type?.const)).toEqual(kindsOf(platform));
  });

  it('knows the members of every sample, and needs no more than the check does', () => {
    for (const { properties, required, additionalProperties } of oneOf) {
      const sample = samples[platform][properties.type!.const as SendKind]!;
      expect(additionalProperties).toBe(false);
      expect(Object.keys(properties)).toEqual(expect.arrayContaining(Object.keys(sample)));
      const bare = Object.fromEntries(Object.entries(sample).filter(([name]) => required.includes(name)));
      const refused = checkContent(platform, bare).filter(({ rule }) => rule === 'required');
      expect(refused).toEqual([]);
    }
  });
});
