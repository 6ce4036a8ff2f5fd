import fc from 'fast-check';
import {
  at,
  change,
  fromAna,
  instagram,
  now,
  numberId,
  page,
  pageId,
  psid,
  seconds,
  seeded,
  whatsApp,
} from '../test/bodies';
import { documentedMessaging, recordedMessaging } from '../test/samples/messaging';
import { documentedWhatsApp, recordedWhatsApp } from '../test/samples/whatsapp';
import { parseWebhook } from './parse-webhook';

/** One good body of each kind; the properties bend them out of shape. */
const bodies: unknown[] = [
  ...[...recordedWhatsApp, ...recordedMessaging, ...documentedWhatsApp, ...documentedMessaging].map(([, body]) =>
    // As it would arrive: `undefined` is no JSON.
    JSON.parse(JSON.stringify(body)),
  ),
  fromAna({ type: 'text', text: { body: 'hi' }, context: { id: 'wamid.0' } }),
  fromAna({ type: 'image', image: { id: '1', caption: 'x' }, errors: [{ code: 1 }] }),
  fromAna({ type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'a', title: 'A' } } }),
  fromAna({ type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } }),
  fromAna({ type: 'edit', edit: { original_message_id: 'wamid.0', message: { type: 'text', text: { body: 'y' } } } }),
  fromAna(
    { to: '5511999', type: 'revoke', revoke: { original_message_id: 'wamid.0' } },
    'message_echoes',
    'smb_message_echoes',
  ),
  whatsApp({
    statuses: [
      {
        id: 'wamid.1',
        status: 'failed',
        timestamp: `${seconds}`,
        recipient_id: '1',
        errors: [{ code: 1, error_data: {} }],
      },
    ],
  }),
  whatsApp({ standby: { messages: [{ id: 'wamid.1', from: '1', type: 'text' }] }, polls: [{}] }, 'standby'),
  whatsApp({ user_preferences: [{ wa_id: '1', value: 'stop' }], errors: [{ code: 1 }] }, 'user_preferences'),
  page({
    message: {
      mid: 'm_1',
      text: 'hi',
      attachments: [{ type: 'image', payload: { url: 'u' } }],
      quick_reply: { payload: 'p' },
    },
  }),
  page({ message: { mid: 'm_1', is_echo: true, reply_to: { story: { id: '1' } } } }, 'standby'),
  page({ delivery: { mids: ['m_1'], watermark: at } }),
  page({ postback: { mid: 'm_1', title: 't', payload: 'p' } }),
  page({ reaction: { mid: 'm_1', action: 'react', emoji: '👍' } }),
  instagram({ read: { mid: 'm_1' } }),
  instagram({ message_edit: { mid: 'm_1', num_edit: 1 } }),
  change('page', 'feed', { item: 'comment', verb: 'add', comment_id: '1', from: { id: '2' }, created_time: seconds }),
  change('instagram', 'comments', { id: '1', text: 'x', from: { id: '2', username: 'u' }, media: { id: '3' } }),
  change('instagram', 'messages', { sender: { id: psid }, recipient: { id: pageId }, message: { mid: 'm_1' } }),
  { object: 'instagram', entry: [{ id: '1', field: 'mentions', value: { media_id: '1' } }] },
  { object: 'user', entry: [{ id: '1', changed_fields: ['email'] }] },
];

type Step = string | number;

/** A body with the elements of its lists and the members of its objects in another order. */
function reordered(value: unknown, order: fc.Random): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const shuffled = <T>(list: T[]): T[] =>
    list
      .map((element): [number, T] => [order.nextInt(), element])
      .sort(([one], [other]) => one - other)
      .map(([, element]) => element);
  if (Array.isArray(value)) return shuffled(value).map((element) => reordered(element, order));
  return Object.fromEntries(shuffled(Object.entries(value)).map(([name, member]) => [name, reordered(member, order)]));
}

const keysOf = (body: unknown): string[] =>
  parseWebhook(body, { now })
    .items.map(({ dedupKey }) => dedupKey)
    .sort();

/** Where everything stands in a body, as lists of member names and indexes. */
function placesIn(value: unknown, place: Step[] = []): Step[][] {
  if (typeof value !== 'object' || value === null) return [place];
  return [place, ...Object.entries(value).flatMap(([name, member]) => placesIn(member, [...place, name]))];
}

function replaced(value: unknown, [step, ...rest]: Step[], by: unknown): unknown {
  if (step === undefined) return by;
  if (typeof value !== 'object' || value === null) return value;
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...value };
  copy[step] = replaced(copy[step], rest, by);
  return copy;
}

const oddValue = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(
    undefined,
    null,
    true,
    '',
    0,
    -1,
    Number.POSITIVE_INFINITY,
    2 ** 60,
    [],
    {},
    [[]],
    [null],
    '__proto__',
    '\u0000',
    '\ud800',
  ),
);

/** A good body with up to four of its parts replaced by something that does not belong there. */
const bent = fc.constantFrom(...bodies).chain((body) => {
  const bend = fc.tuple(fc.constantFrom(...placesIn(body)), oddValue);
  return fc
    .array(bend, { minLength: 1, maxLength: 4 })
    .map((bends) => bends.reduce((bentBody, [place, by]) => replaced(bentBody, place, by), body));
});

/** Their customer is somebody: an effect without one could not be applied. */
const aboutSomebody = new Set<string>([
  'message',
  'watermark',
  'seen',
  'reaction',
  'deletion',
  'preference',
  'identity_change',
  'welcome_request',
]);

/** Everything that must hold of any body whatever. */
function expectSound(body: unknown): void {
  const before = JSON.stringify(body);
  const { items, unreadable } = parseWebhook(body, { now });
  const paths = [...items, ...unreadable].map(({ path }) => path);
  expect(new Set(paths).size).toBe(paths.length);
  for (const { field, dedupKey, effect, occurredAt, sender, accountId } of items) {
    expect(typeof field).toBe('string');
    expect(Buffer.byteLength(dedupKey)).toBeLessThan(65_536);
    expect(dedupKey).not.toBe('');
    expect(sender === undefined || (typeof sender.id === 'string' && sender.id !== '')).toBe(true);
    expect(accountId === undefined || typeof accountId === 'string').toBe(true);
    const times = [occurredAt, 'at' in effect ? effect.at : now, effect.kind === 'message' ? effect.sentAt : now];
    for (const time of times)
      expect(time === undefined || (Number.isInteger(time) && time > 946_684_799_999)).toBe(true);
    if ('messageId' in effect) expect(effect.messageId ?? 'none').not.toBe('');
    if (aboutSomebody.has(effect.kind)) {
      const { customer } = effect as { customer: { userId?: string; waId?: string } };
      expect(customer.userId ?? customer.waId ?? '').not.toBe('');
    }
  }
  for (const { reason } of unreadable) expect(reason).not.toBe('');
  JSON.stringify([items, unreadable]);
  expect(JSON.stringify(body)).toBe(before);
}

describe('parseWebhook', () => {
  it('makes sound items of every good body', () => {
    for (const body of bodies) {
      expectSound(body);
      expect(parseWebhook(body, { now })).toMatchObject({ unreadable: [] });
    }
  });

  it('takes any JSON', () => {
    fc.assert(fc.property(fc.jsonValue(), expectSound), seeded);
  });

  it('takes bodies with parts of the wrong type', () => {
    fc.assert(fc.property(bent, expectSound), { ...seeded, numRuns: 5_000 });
  });

  it('takes bodies with parts missing', () => {
    for (const body of bodies) {
      for (const place of placesIn(body))
        expectSound(JSON.parse(JSON.stringify(replaced(body, place, undefined)) ?? 'null'));
    }
  });

  it('takes bodies cut short and closed again', () => {
    for (const body of bodies) {
      const text = JSON.stringify(body);
      for (let length = 1; length < text.length; length += 3) {
        const whole = closed(text.slice(0, length));
        if (whole !== undefined) expectSound(whole);
      }
    }
  });

  it('gives each of 1,000 updates its own item and key', () => {
    const messages = Array.from({ length: 1_000 }, (_, index) => ({
      from: `55${index}`,
      id: `wamid.${index}`,
      timestamp: `${seconds}`,
      type: 'text',
      text: { body: 'same' },
    }));
    const contacts = messages.map(({ from }) => ({ wa_id: from, user_id: `BR.${from}` }));
    const { items } = parseWebhook(whatsApp({ contacts, messages }), { now });
    expect(new Set(items.map(({ dedupKey }) => dedupKey)).size).toBe(1_000);
    expect(
      items.every(
        ({ accountId, raw }) => accountId === numberId && (raw as { contacts: unknown[] }).contacts.length === 1,
      ),
    ).toBe(true);
  });

  it('takes several bodies in one, mixed', () => {
    const mixed = fc.array(fc.constantFrom(...bodies), { minLength: 2, maxLength: 8 });
    fc.assert(fc.property(mixed, expectSound), seeded);
  });

  it('takes a history of 5,000 messages, each an item of its own', () => {
    const messages = Array.from({ length: 50 }, (_, index) => index);
    const threads = Array.from({ length: 100 }, (_, thread) => ({
      id: `55${thread}`,
      messages: messages.map((index) => ({
        from: `55${thread}`,
        id: `wamid.${thread}.${index}`,
        timestamp: `${seconds - index}`,
        type: 'text',
        text: { body: 'same' },
      })),
    }));
    const body = whatsApp({ history: [{ metadata: { phase: 0, chunk_order: 1, progress: 100 }, threads }] }, 'history');
    const { items, unreadable } = parseWebhook(body, { now });
    expect(unreadable).toEqual([]);
    expect(items).toHaveLength(5_001);
    expect(new Set(items.map(({ dedupKey }) => dedupKey)).size).toBe(5_001);
    // What each keeps is itself, not the whole.
    expect(JSON.stringify(items.map(({ raw }) => raw)).length).toBeLessThan(5 * JSON.stringify(body).length);
  });

  it('takes a body of 3 MB in one text or one list', () => {
    const text = 'é'.repeat(3_000_000);
    expectSound(fromAna({ type: 'text', text: { body: text } }));
    expectSound(page({ message: { mid: text, text } }));
    const { items, unreadable } = parseWebhook(
      whatsApp({ messages: Array(100_000).fill({}), statuses: Array(100_000).fill(null) }),
      { now },
    );
    expect(items.length + unreadable.length).toBe(200_000);
  });

  it('makes the same facts of a body in another order', () => {
    const one = fc.tuple(fc.constantFrom(...bodies), fc.noShrink(fc.infiniteStream(fc.nat())));
    fc.assert(
      fc.property(one, ([body, order]) => {
        const next = { nextInt: () => order.next().value } as unknown as fc.Random;
        const other = reordered(body, next);
        expectSound(other);
        expect(keysOf(other)).toHaveLength(keysOf(body).length);
      }),
      seeded,
    );
  });

  it('makes the same of the same body, so that a redelivery is known', () => {
    fc.assert(
      fc.property(bent, (body) => {
        const text = JSON.stringify(body) ?? 'null';
        const one = parseWebhook(JSON.parse(text), { now });
        const other = parseWebhook(JSON.parse(text), { now: now + 5 });
        expect(other.items.map(({ dedupKey }) => dedupKey)).toEqual(one.items.map(({ dedupKey }) => dedupKey));
      }),
      seeded,
    );
  });
});

/** Closes what a cut left open, if that makes JSON again. */
function closed(text: string): unknown {
  const open: string[] = [];
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const character = text[index]!;
    if (inString && character === '\\') index++;
    else if (character === '"') inString = !inString;
    else if (!inString && (character === '{' || character === '[')) open.push(character === '{' ? '}' : ']');
    else if (!inString && (character === '}' || character === ']')) open.pop();
  }
  try {
    return JSON.parse(text + (inString ? '"' : '') + open.reverse().join(''));
  } catch {
    return undefined;
  }
}
