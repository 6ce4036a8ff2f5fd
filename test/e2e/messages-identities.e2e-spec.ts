import { instagram, messenger, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { deliver } from './support/deliver';
import { type Body, openTwoShops, type Shop, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const ana = { name: 'Ana Diaz', waId: '34600111222', userId: 'ES.90000000000000000001', phone: 'shown' } as const;
const next = { waId: '34699888777', userId: 'ES.90000000000000000002' };

const contactEvents = async (shop: Shop, id: string): Promise<[string, string | null][]> =>
  (await shop.log())
    .filter(({ type, data }) => type.startsWith('contact.') && data.contact.id === id)
    .map(({ type, data }) => [type, data.contact.phone]);

describe('a customer of WhatsApp who goes by another id', () => {
  it('because the number changed, stays one contact, with the number to call', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const before = shop.chat({ customer: ana });
    const after = shop.chat({ customer: { ...ana, ...next } });
    await shop.receives(whatsapp.text(before, 'From my old phone'));
    await shop.receives(whatsapp.numberChanged(before, next));
    expect((await shop.onlyConversation()).conversation.contact.phone).toBe(next.waId);
    await shop.receives(whatsapp.text(after, 'From my new phone'));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(2);
    expect(await contactEvents(shop, conversation.contact.id)).toEqual([
      ['contact.created', ana.waId],
      ['contact.updated', next.waId],
    ]);
  });

  it('because the user id changed, is recognised by the new one alone', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const before = shop.chat({ customer: { ...ana, phone: 'hidden' } });
    const after = shop.chat({ customer: { ...ana, userId: next.userId, phone: 'hidden' } });
    await shop.receives(whatsapp.text(before, 'Before'));
    await shop.receives(whatsapp.userIdChanged(before, next.userId));
    await shop.receives(whatsapp.text(after, 'After'));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(2);
    expect(await contactEvents(shop, conversation.contact.id)).toEqual([
      ['contact.created', null],
      ['contact.updated', null],
    ]);
  });

  it('twice in one webhook, ends with the last', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: ana });
    const second = shop.chat({ customer: { ...ana, ...next } });
    const last = { waId: '34611223344', userId: 'ES.90000000000000000003' };
    const third = shop.chat({ customer: { ...ana, ...last } });
    await shop.receives([
      whatsapp.text(chat, 'One'),
      whatsapp.numberChanged(chat, next),
      whatsapp.numberChanged(second, last),
    ]);
    await shop.receives(whatsapp.text(third, 'Two'));
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages).toHaveLength(2);
    expect(conversation.contact.phone).toBe(last.waId);
  });

  it('told twice is told once, and of somebody nobody knows makes nobody known', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: ana });
    const change = whatsapp.numberChanged(chat, next);
    await shop.receives(change);
    expect(await shop.conversations()).toEqual([]);
    await shop.receives(whatsapp.text(chat, 'Hello'));
    await deliver(change);
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    expect(await contactEvents(shop, conversation.contact.id)).toEqual([['contact.created', ana.waId]]);
  });

  it('that is another contact already, takes nothing from that one', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const chat = shop.chat({ customer: { ...ana, userId: undefined } });
    const other = shop.chat({ customer: { name: 'Bo', waId: next.waId, userId: undefined, phone: 'shown' } });
    await shop.receives([whatsapp.text(chat, 'Ana'), whatsapp.text(other, 'Bo')]);
    await shop.receives(whatsapp.numberChanged(chat, { waId: next.waId }));
    await shop.receives(whatsapp.text(other, 'Still Bo'));
    await strangerSawNothing(shop, stranger);

    const contacts = (await shop.conversations()).map(({ contact }) => [contact.name, contact.phone]);
    expect(new Map(contacts as [string, string][])).toEqual(
      new Map([
        ['Bo', next.waId],
        [ana.name, ana.waId],
      ]),
    );
  });

  it('in one workspace is not touched in another', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [here, there] = [shop.chat({ customer: ana }), stranger.chat({ customer: ana })];
    await shop.receives(whatsapp.text(here, 'Hello'));
    await stranger.receives(whatsapp.text(there, 'Hello'));
    await shop.receives(whatsapp.numberChanged(here, next));

    expect((await shop.onlyConversation()).conversation.contact.phone).toBe(next.waId);
    expect((await stranger.onlyConversation()).conversation.contact.phone).toBe(ana.waId);
  });
});

const referralsOf = async (shop: Shop, conversationId: string): Promise<Body[]> =>
  shop.api.all(`/v1/conversations/${conversationId}/referrals`);
const toldReferrals = (shop: Shop): Body[] =>
  shop
    .told('messages')
    .filter(({ type }) => type === 'conversation.referred')
    .map(({ data }) => data);

describe('what brought a customer', () => {
  it('to WhatsApp by an advertisement is on the message, the conversation, and told', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const item = whatsapp.text(shop.chat(), 'Is it still there?', { fromAd: true });
    await shop.receives(item);
    await strangerSawNothing(shop, stranger);

    const { conversation, messages } = await shop.onlyConversation();
    expect(messages[0].content.referral).toEqual(item.element.referral);
    const [told] = toldReferrals(shop);
    expect(told).toMatchObject({
      conversationId: conversation.id,
      contactId: conversation.contact.id,
      platform: 'whatsapp',
      platformMessageId: item.messageId,
      referral: { source: 'ad', adId: '120226305854810726', headline: 'New autumn colours' },
    });
    const [kept] = await referralsOf(shop, conversation.id);
    expect(kept).toMatchObject({ platformMessageId: item.messageId, referral: told.referral });
    expect(kept.referral.clickId).toMatch(/^Aff-/);
  });

  it.each(['messenger', 'instagram'] as const)(
    'to %s by a link makes them known before they write, and is on the conversation then',
    async (platform) => {
      const { shop, stranger } = await openTwoShops(platform);
      const chat = shop.chat();
      await shop.receives(messenger.referral(chat as never, 'autumn-sale'));
      expect(await shop.conversations()).toEqual([]);
      await shop.receives(shop.text(chat, 'Hello'));
      await shop.receives(instagram.referral(chat as never, 'spring-sale'));
      await strangerSawNothing(shop, stranger);

      const { conversation } = await shop.onlyConversation();
      expect(toldReferrals(shop).map(({ conversationId, referral }) => [conversationId, referral.ref])).toEqual([
        [null, 'autumn-sale'],
        [conversation.id, 'spring-sale'],
      ]);
      expect((await referralsOf(shop, conversation.id)).map(({ referral }) => referral.ref)).toEqual([
        'spring-sale',
        'autumn-sale',
      ]);
      expect((await contactEvents(shop, conversation.contact.id)).map(([type]) => type)).toEqual(['contact.created']);
    },
  );

  it('is shown page by page, and to nobody of another workspace', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const refs = ['1', '2', '3'];
    await shop.receives([shop.text(chat, 'Hi'), ...refs.map((ref) => messenger.referral(chat, ref))]);
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    const path = `/v1/conversations/${conversation.id}/referrals`;
    const pages: string[][] = [];
    for (let before: string | null = ''; before !== null; ) {
      const { body }: Body = await shop.api.get(`${path}?limit=2${before}`);
      expect(typeof body.head).toBe('string');
      pages.push(body.items.map(({ referral }: Body) => referral.ref));
      before = body.next && `&before=${body.next}`;
    }
    expect(pages).toEqual([['3', '2'], ['1']]);
    expect((await stranger.api.get(path)).status).toBe(404);
    expect((await shop.api.get(`${path}?limit=0`)).status).toBe(400);
  });

  it('holds whatever a link carried, NUL and all', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const ref = 'a\u0000b\ud800é🙂';
    await shop.receives([shop.text(chat, 'Hi'), messenger.referral(chat, ref)]);
    await strangerSawNothing(shop, stranger);

    const { conversation } = await shop.onlyConversation();
    expect((await referralsOf(shop, conversation.id)).map(({ referral }) => referral.ref)).toEqual([ref]);
  });
});
