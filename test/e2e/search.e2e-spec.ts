import { messenger } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { openShop, openTwoShops, type Shop } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);

const search = async (api: Shop['api'], q: string, more = '') => {
  const { status, body } = await api.get(`/v1/search?q=${encodeURIComponent(q)}${more}`);
  if (status !== 200) throw new Error(`${q}: ${status} ${JSON.stringify(body)}`);
  return body;
};
// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
const texts = (body: any): string[] => body.items.map((hit: any) => hit.message.content.text);

describe('a search', () => {
  it('finds messages of the own workspace by their words, newest first, whatever the case', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const start = Date.parse('2026-10-01T09:00:00Z');
    const said = [
      'Where is my BLUE jacket?',
      'The blue one is sold out\nsorry',
      'Größe M — ¿cuándo llega?',
      'https://example.com/blue-jacket',
      'jacket, not coat; "quoted" \\n',
    ];
    const chat = shop.chat();
    await shop.receives(said.map((text, n) => shop.text(chat, text, { at: start + n * 60_000 })));
    await stranger.receives(stranger.text(stranger.chat(), 'A blue jacket elsewhere'));

    expect(texts(await search(shop.api, 'blue'))).toEqual([said[1], said[0]]);
    expect(texts(await search(shop.api, 'jacket blue'))).toEqual([said[0]]);
    expect(texts(await search(shop.api, '"blue jacket"'))).toEqual([said[0]]);
    expect(texts(await search(shop.api, 'blue -jacket'))).toEqual([said[1]]);
    expect(texts(await search(shop.api, 'größe or sorry'))).toEqual([said[2], said[1]]);
    expect(texts(await search(shop.api, 'QUOTED'))).toEqual([said[4]]);
    for (const nothing of ['text', 'nobody', '!!!', '"', "'", '\\', '-', ':*', '<->', 'blu']) {
      expect([nothing, texts(await search(shop.api, nothing))]).toEqual([nothing, []]);
    }
    expect(texts(await search(stranger.api, 'blue'))).toEqual(['A blue jacket elsewhere']);

    const [hit] = (await search(shop.api, 'größe')).items;
    const { conversation, messages } = await shop.onlyConversation();
    expect(hit).toEqual({ message: messages[2], contact: conversation.contact, conversationId: conversation.id });
  });

  it('is paged, with frequent words as with rare ones', async () => {
    const shop = await openShop('messenger');
    const start = Date.parse('2026-10-01T09:00:00Z');
    const chat = shop.chat();
    await shop.receives(
      Array.from({ length: 25 }, (_, n) => shop.text(chat, `order number${n}`, { at: start + n * 60_000 })),
    );
    const found: string[] = [];
    for (let next: string | null = '', pages = 0; next !== null; pages += 1) {
      const body = await search(shop.api, 'order', `&limit=10${next ? `&before=${next}` : ''}`);
      found.push(...texts(body));
      next = body.next;
      expect(pages).toBeLessThan(4);
    }
    expect(found).toEqual(Array.from({ length: 25 }, (_, n) => `order number${24 - n}`));
    expect(texts(await search(shop.api, 'number3'))).toEqual(['order number3']);
  });

  it('goes back over years, pages across the gaps between, and looks at no other workspace', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const hour = 3_600_000;
    const midnight = Date.parse('2026-03-01T00:00:00Z');
    const times = [-1, 0, 1, 24 * hour - 1, 24 * hour, 48 * hour, 72 * hour, 73 * hour].map(
      (after) => midnight + after,
    );
    times.unshift(Date.parse('2001-12-31T23:59:59Z'), Date.parse('2014-06-01T12:00:00Z'));
    const [chat, other] = [shop.chat(), stranger.chat()];
    await shop.receives(times.map((at, n) => shop.text(chat, `campaign ${n}`, { at })));
    await stranger.receives(times.map((at) => stranger.text(other, 'campaign elsewhere', { at })));
    await shop.receives([shop.text(chat, 'Since then nothing', { at: Date.parse('2026-10-01T09:00:00Z') })]);
    const found: string[] = [];
    for (let next: string | null = '', pages = 0; next !== null; pages += 1) {
      const body = await search(shop.api, 'campaign', `&limit=3${next ? `&before=${next}` : ''}`);
      found.push(...texts(body));
      next = body.next;
      expect(pages).toBeLessThan(4);
    }
    expect(found).toEqual(times.map((_, n) => `campaign ${times.length - 1 - n}`));
  });

  it('finds notes, and nothing of what was taken back', async () => {
    const shop = await openShop('messenger');
    const chat = shop.chat();
    const rude = shop.text(chat, 'You are rude');
    await shop.receives([shop.text(chat, 'Hello there'), rude]);
    const { conversation } = await shop.onlyConversation();
    await shop.api.made(`/v1/conversations/${conversation.id}/notes`, { text: 'Grumpy today' });
    expect((await search(shop.api, 'grumpy')).items[0].message).toMatchObject({ direction: 'internal', type: 'note' });
    expect(texts(await search(shop.api, 'rude'))).toEqual(['You are rude']);
    await shop.receives(messenger.deleted(chat, rude.messageId!));
    expect(texts(await search(shop.api, 'rude'))).toEqual([]);
  });

  it('takes in what a customer may send and JSON can hardly hold', async () => {
    const shop = await openShop('whatsapp');
    const chat = shop.chat();
    const odd = [
      'nul \0 inside',
      'half \ud83d pair',
      '\\u0000 written',
      'x'.repeat(5000),
      'é'.repeat(3000),
      'z '.repeat(4000),
    ];
    await shop.receives(odd.map((text) => shop.text(chat, `marked ${text}`)));
    expect((await search(shop.api, 'marked')).items).toHaveLength(odd.length);
    expect((await search(shop.api, 'inside')).items).toHaveLength(1);
    expect((await search(shop.api, 'pair')).items).toHaveLength(1);
  });

  it('finds contacts by name, number and what is begun of either', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    await shop.receives([1, 2, 3].map(() => shop.text(shop.chat(), 'Hi')));
    await stranger.receives(stranger.text(stranger.chat({ seed: 77 } as never), 'Hi'));
    const conversations = await shop.conversations();
    const found = async (q: string, api = shop.api) =>
      (await search(api, q, '&in=contacts')).items.map((hit: { conversationId: string }) => hit.conversationId);
    for (const { id, contact } of conversations) {
      expect(await found(contact.name)).toContain(id);
      expect(await found(contact.name.slice(0, -1))).toContain(id);
      // Beyond ASCII, what is upper case is for the locale of the database to say.
      const shouted = contact.name.replace(/[a-z]/g, (letter: string) => letter.toUpperCase());
      expect(await found(shouted)).toContain(id);
      if (contact.phone) expect(await found(`+${contact.phone}`)).toEqual([id]);
      if (contact.phone) expect(await found(contact.phone, stranger.api)).toEqual([]);
    }
    expect(await found('!!!')).toEqual([]);
    expect(await found('"a b" -"c d"')).toEqual([]);
  });

  it('is anybody’s who may look, and says what is wrong with a question', async () => {
    const shop = await openShop('messenger');
    const viewer = await colleague(shop.tenant, 'viewer');
    expect((await search(viewer.api, 'hello')).items).toEqual([]);
    for (const query of ['', 'q=', 'q=%20', 'q=a%00b', `q=${'x'.repeat(201)}`, 'q=a&in=events', 'q=a&before=1']) {
      const { status, body } = await shop.api.get(`/v1/search?${query}`);
      expect([query, status, body.code]).toEqual([query, 400, 'invalid']);
    }
    expect((await shop.api.as('').get('/v1/search?q=a')).status).toBe(401);
  });
});
