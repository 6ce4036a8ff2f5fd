import { instagramChat, messengerChat, whatsappChat } from './cast';
import { type ExpectedMessage, furthest } from './expected-messages';
import * as instagram from './forms/instagram';
import * as messenger from './forms/messenger';
import * as whatsapp from './forms/whatsapp';
import { type SimulatedItem, statuses } from './item';
import { Ledger } from './ledger';
import { Random } from './random';
import { reordered } from './traffic';

function expected(items: SimulatedItem[]): ExpectedMessage[] {
  const ledger = new Ledger();
  ledger.sent(items);
  ledger.acknowledge(items);
  return ledger.expectedMessages();
}

/** The same whatever order the items came in. */
function expectedInAnyOrder(items: SimulatedItem[]): ExpectedMessage[] {
  const byId = (messages: ExpectedMessage[]) =>
    messages.sort((one, other) => one.messageId.localeCompare(other.messageId));
  const result = byId(expected(items));
  for (let seed = 1; seed <= 20; seed++) {
    expect(byId(expected([...reordered(items, items.length, new Random(seed))]))).toEqual(result);
  }
  return result;
}

describe('furthest', () => {
  it('never goes back, whichever comes first', () => {
    for (const one of statuses) {
      expect(furthest(undefined, one)).toBe(one);
      for (const other of statuses) expect(furthest(one, other)).toBe(furthest(other, one));
    }
    expect(furthest('read', 'delivered')).toBe('read');
    expect(furthest('sent', 'failed')).toBe('failed');
    expect(furthest('delivered', 'failed')).toBe('delivered');
    expect(furthest('read', 'played')).toBe('played');
  });
});

describe('expected messages', () => {
  it('say what their latest edit says', () => {
    const chat = whatsappChat();
    const page = messengerChat();
    const [typed, sent] = [whatsapp.text(chat, 'a'), messenger.text(page, 'a')];
    const messages = expectedInAnyOrder([
      ...[typed, whatsapp.edit(chat, typed.messageId!, 'b'), whatsapp.edit(chat, typed.messageId!, 'c')],
      ...[sent, messenger.edited(page, sent.messageId!, 'c', 2), messenger.edited(page, sent.messageId!, 'b', 1)],
    ]);
    expect(messages.map(({ text }) => text)).toEqual(['c', 'c']);
  });

  it('are in the furthest state WhatsApp told of', () => {
    const chat = whatsappChat();
    const [arrived, lost] = [whatsapp.echo(chat, 'a'), whatsapp.echo(chat, 'b')];
    const told = (item: SimulatedItem, status: (typeof statuses)[number]) =>
      whatsapp.status(chat, item.messageId as string, status);
    const messages = expectedInAnyOrder([
      ...[arrived, told(arrived, 'sent'), told(arrived, 'read'), told(arrived, 'delivered')],
      ...[lost, told(lost, 'sent'), told(lost, 'failed')],
    ]);

    expect(new Map(messages.map(({ text, status }) => [text, status]))).toEqual(
      new Map([
        ['a', 'read'],
        ['b', 'failed'],
      ]),
    );
  });

  it('are covered by watermarks of their own customer up to the watermark', () => {
    const [chat, other] = [messengerChat(), messengerChat({ seed: 2 })];
    const first = messenger.echo(chat, 'first', { at: 1_000 });
    const second = messenger.echo(chat, 'second', { at: 2_000 });
    const third = messenger.echo(chat, 'third', { at: 3_000 });
    const foreign = messenger.echo(other, 'foreign', { at: 1_000 });
    const asked = messenger.text(chat, 'asked', { at: 1_500 });
    const messages = expectedInAnyOrder([
      ...[first, asked, second, third, foreign],
      ...[messenger.read(chat, 1_000), messenger.delivered(chat, 2_000)],
    ]);

    expect(new Map(messages.map(({ text, status }) => [text, status]))).toEqual(
      new Map([
        ['first', 'read'],
        ['second', 'delivered'],
        ['third', undefined],
        ['foreign', undefined],
        ['asked', undefined],
      ]),
    );
  });

  it('are read when a later Instagram message was seen', () => {
    const chat = instagramChat();
    const [first, second, third] = ['1', '2', '3'].map((words) => instagram.echo(chat, words)) as [
      SimulatedItem,
      SimulatedItem,
      SimulatedItem,
    ];
    const messages = expectedInAnyOrder([first, second, third, instagram.seen(chat, second.messageId as string)]);

    expect(new Map(messages.map(({ text, status }) => [text, status]))).toEqual(
      new Map([
        ['1', 'read'],
        ['2', 'read'],
        ['3', undefined],
      ]),
    );
  });

  it('bear the last reaction and know when they were taken back', () => {
    const chat = instagramChat();
    const kept = instagram.text(chat, 'kept');
    const gone = instagram.text(chat, 'gone');
    const mid = kept.messageId as string;
    const messages = expectedInAnyOrder([
      ...[kept, instagram.reaction(chat, mid, '👍'), instagram.reaction(chat, mid), instagram.reaction(chat, mid, '❤️')],
      ...[gone, instagram.deleted(chat, gone.messageId as string)],
    ]);

    expect(messages.find(({ text }) => text === 'kept')).toMatchObject({ reaction: '❤️', deleted: false });
    expect(messages.find(({ text }) => text === 'gone')).toMatchObject({ deleted: true });
  });

  it('leave out comments, watermarks and whatever is no message', () => {
    const chat = messengerChat();

    expect(
      expected([messenger.comment(chat, 'x'), messenger.read(chat, 5), messenger.reaction(chat, 'm_1', 'love')]),
    ).toEqual([]);
  });
});
