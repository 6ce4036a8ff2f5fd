import { request } from 'node:http';
import { type SimulatedItem, serialise, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodyOf, deliver } from './support/deliver';
import { openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';
import { meta, world } from './support/world';

afterEach(closeSockets);

const megabyte = 1024 * 1024;

const toldTexts = (shop: Shop): string[] =>
  shop
    .told('messages')
    .filter(({ type }) => type === 'message.received')
    .map(({ data }) => data.message.content.text);

/** One body of exactly `bytes`, of many long messages: the last is cut to fit. */
function bodyOfBytes(shop: Shop<'whatsapp'>, bytes: number): { body: Buffer; items: SimulatedItem[] } {
  const chat = shop.chat();
  const items = [whatsapp.text(chat, 'x'.repeat(4096))];
  const each = serialise(bodyOf([...items, ...items], 'entries')).length - serialise(bodyOf(items, 'entries')).length;
  while (items.length * each < bytes - each) items.push(whatsapp.text(chat, 'x'.repeat(4096)));
  const body = serialise(bodyOf(items, 'entries'));
  return { body: Buffer.concat([body, Buffer.alloc(Math.max(0, bytes - body.length), ' ')]), items };
}

describe.each(['whatsapp', 'messenger', 'instagram'] as const)(
  '1,000 updates of %s in one webhook for two workspaces',
  (platform) => {
    it('reach each its own, all of them, in order, and nothing else', async () => {
      const { shop, stranger } = await openTwoShops(platform);
      const customers = [shop, stranger].map((one) => Array.from({ length: 7 }, () => one.chat()));
      const items = Array.from({ length: 1000 }, (_, position) => {
        const one = position % 2;
        const chat = customers[one]![position % 7]!;
        return [shop, stranger][one]!.text(chat, `${one} ${position}`);
      });
      // An entry an item: the two workspaces' items stand between each other.
      await deliver(items, 'entries');
      // WhatsApp's are more than half a megabyte: an import, behind which a marker need not come.
      await Promise.all([tookIn(shop, 500), tookIn(stranger, 500)]);
      await settle(shop, stranger);

      for (const [position, one] of [shop, stranger].entries()) {
        const expected = items.flatMap((_, at) => (at % 2 === position ? [`${position} ${at}`] : []));
        expect(toldTexts(one)).toEqual(expected);
        expect(one.told('webhooks').map(({ data }) => data.content.text)).toEqual(expected);
        const conversations = await one.conversations();
        expect(conversations).toHaveLength(7);
        const stored = await Promise.all(conversations.map(({ id }) => one.messagesOf(id)));
        for (const messages of stored) {
          const texts = messages.map(({ content }) => content.text);
          expect(texts).toEqual(expected.filter((text) => texts.includes(text)));
        }
        expect(stored.flat()).toHaveLength(500);
        const sequences = (await one.log()).map(({ cursor }) => Number(cursor!.split('.')[1]));
        expect(sequences).toEqual(sequences.map((_, at) => at + 1));
      }
    });
  },
);

/** Imports stand in a lane of their own, which a marker sent behind them is not in. */
const tookIn = (shop: Shop, count: number) =>
  until(() => shop.told('webhooks').length >= count && toldTexts(shop).length >= count, `${count} items were told of`);

describe('the size of a webhook', () => {
  it('may be that of the largest Meta sends: 2.9 MB are taken in whole', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { body, items } = bodyOfBytes(shop, 2.9 * megabyte);
    expect(await meta.sendRaw(body)).toBe(200);
    await tookIn(shop, items.length);
    await strangerSawNothing(shop, stranger);

    expect(items.length).toBeGreaterThan(600);
    expect((await shop.onlyConversation()).messages).toHaveLength(items.length);
    expect(toldTexts(shop)).toHaveLength(items.length);
  });

  it('may be 3 MB to the byte, and not much more', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const { items } = bodyOfBytes(shop, megabyte / 50);
    const padded = (bytes: number) => {
      const body = serialise(bodyOf(items));
      return Buffer.concat([body, Buffer.alloc(bytes - body.length, ' ')]);
    };
    expect((await announce(3 * megabyte + 2048)).status).toBe(413);
    expect(await meta.sendRaw(padded(3 * megabyte))).toBe(200);
    await tookIn(shop, items.length);
    await strangerSawNothing(shop, stranger);
    expect(shop.told('webhooks')).toHaveLength(items.length);
  });

  it('that is too large is refused with a sentence', async () => {
    const { status, type, body } = await announce(4 * megabyte);
    expect([status, type]).toEqual([413, 'application/problem+json']);
    expect(body).toMatchObject({ status: 413, code: 'too_large', detail: expect.stringMatching(/\w+ \w+/) });
  });
});

/** Sends the head of a webhook alone. The server answers on it, and would close the connection under a body that it does not want. */
function announce(bytes: number): Promise<{ status?: number; type?: string; body: unknown }> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': bytes };
    const sent = request(`${world.apis[0]}/webhooks/meta`, { method: 'POST', headers }, async (answer) => {
      const body = JSON.parse((await answer.toArray()).join(''));
      sent.destroy();
      resolve({ status: answer.statusCode, type: answer.headers['content-type']?.split(';')[0], body });
    });
    sent.on('error', reject);
    sent.flushHeaders();
  });
}
