import { instagramChat, messengerChat, whatsappChat } from './cast';
import { envelope, packings, serialise } from './envelope';
import * as instagram from './forms/instagram';
import * as messenger from './forms/messenger';
import * as whatsapp from './forms/whatsapp';

const at = Date.UTC(2026, 9, 1, 9, 0, 0, 250);
const setting = { now: () => at };

/** The only envelope of items of one platform. */
function packed(...args: Parameters<typeof envelope>) {
  const [only, ...others] = envelope(...args);
  expect(others).toEqual([]);
  return (only as NonNullable<typeof only>).body;
}

describe('envelope', () => {
  const chat = whatsappChat({ ...setting, customer: { phone: 'shown', userId: 'DE.1' } });
  const other = whatsappChat({ ...setting, seed: 2, account: { id: '105509999999999' } });

  it('wraps a WhatsApp message with its account and contact, and gives the entry no time', () => {
    const item = whatsapp.text(chat, 'hi');

    expect(packed([item])).toEqual({
      object: 'whatsapp_business_account',
      entry: [
        {
          id: chat.account.businessAccountId,
          changes: [
            {
              field: 'messages',
              value: {
                messaging_product: 'whatsapp',
                metadata: {
                  display_phone_number: chat.account.displayPhoneNumber,
                  phone_number_id: chat.account.id,
                },
                contacts: [expect.objectContaining({ wa_id: chat.customer.waId, user_id: 'DE.1' })],
                messages: [item.element],
              },
            },
          ],
        },
      ],
    });
  });

  it('merges items of one number and field into one value, each customer named once', () => {
    const [one, two] = [whatsapp.text(chat, '1'), whatsapp.text(chat, '2')];
    const read = whatsapp.status(chat, 'wamid.A', 'read');
    const echo = whatsapp.echo(chat, 'hello');
    const foreign = whatsapp.text(other, '3');

    expect(packed([one, read, echo, two, foreign])).toMatchObject({
      entry: [
        {
          changes: [
            { field: 'messages', value: { messages: [one.element, two.element], statuses: [read.element] } },
            { field: 'smb_message_echoes', value: { message_echoes: [echo.element] } },
            { field: 'messages', value: { metadata: { phone_number_id: '105509999999999' }, contacts: [{}] } },
          ],
        },
      ],
    });
    expect(packed([one, two]).entry).toMatchObject([{ changes: [{ value: { contacts: [{}] } }] }]);
  });

  it('spreads items over changes or over entries', () => {
    const items = [whatsapp.text(chat, '1'), whatsapp.text(chat, '2')];

    expect(packed(items, 'changes').entry).toMatchObject([{ changes: [{ field: 'messages' }, { field: 'messages' }] }]);
    expect(packed(items, 'entries').entry).toMatchObject([{ changes: [{}] }, { changes: [{}] }]);
  });

  it('tells milliseconds beside messaging and seconds beside changes', () => {
    const page = messengerChat(setting);
    const [message, comment] = [messenger.text(page, 'hi', { at }), messenger.comment(page, 'hi', { at })];

    expect(packed([message, comment])).toEqual({
      object: 'page',
      entry: [
        { id: page.account.id, time: at, messaging: [message.element] },
        {
          id: page.account.id,
          time: Math.floor(at / 1000),
          changes: [{ field: 'feed', value: comment.element }],
        },
      ],
    });
  });

  it('keeps standby apart from messaging', () => {
    const page = messengerChat(setting);
    const [held, own] = [messenger.text(page, 'a', { standby: true }), messenger.text(page, 'b')];

    expect(packed([held, own]).entry).toMatchObject([{ standby: [held.element] }, { messaging: [own.element] }]);
  });

  it('gives each flat item an entry of its own', () => {
    const insta = instagramChat(setting);
    const comments = ['1', '2'].map((words) => instagram.comment(insta, words, { form: 'flat', at }));

    expect(packed(comments).entry).toEqual(
      comments.map(({ element }) => ({
        id: insta.account.id,
        time: Math.floor(at / 1000),
        field: 'comments',
        value: element,
      })),
    );
  });

  it('makes one body for each platform, and one entry for each account', () => {
    const [page, sister] = [messengerChat(setting), messengerChat({ ...setting, account: { id: '77' } })];
    const items = [messenger.text(page, '1'), whatsapp.text(chat, '2'), messenger.text(sister, '3')];
    const bodies = envelope(items);

    expect(bodies.map(({ platform, items }) => [platform, items.length])).toEqual([
      ['messenger', 2],
      ['whatsapp', 1],
    ]);
    expect(bodies[0]?.body.entry.map(({ id }) => id)).toEqual([page.account.id, '77']);
  });

  it.each(packings)('loses no item when packed as %s', (packing) => {
    const insta = instagramChat(setting);
    const items = [
      ...Array.from({ length: 20 }, (_, i) => whatsapp.text(i % 2 ? chat : other, `w${i}`)),
      ...Array.from({ length: 20 }, (_, i) => instagram.comment(insta, `i${i}`, { form: i % 2 ? 'flat' : 'changes' })),
    ];
    const text = envelope(items, packing)
      .map(({ body }) => JSON.stringify(body))
      .join();

    for (const { element } of items) expect(text.split(JSON.stringify(element))).toHaveLength(2);
  });
});

describe('serialise', () => {
  it('escapes as Meta does and stays the same JSON', () => {
    const body = { text: 'café / ok 👋 \ud83d', control: '\u0000' };
    const bytes = serialise(body);

    expect(bytes.toString('latin1')).toBe('{"text":"caf\\u00e9 \\/ ok \\ud83d\\udc4b \\ud83d","control":"\\u0000"}');
    expect(JSON.parse(bytes.toString())).toEqual(body);
  });
});
