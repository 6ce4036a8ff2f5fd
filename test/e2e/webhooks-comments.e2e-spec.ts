import { type InstagramChat, instagram, messenger, type SimulatedItem } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { deliver } from './support/deliver';
import { type Body, openTwoShops, type Shop, settle, strangerSawNothing } from './support/shop';

afterEach(closeSockets);

const forms = ['changes', 'flat'] as const;
const idNames = ['id', 'comment_id'] as const;
const fourForms = forms.flatMap((form) => idNames.map((idName) => [form, idName] as const));
const media = '17900000000000001';

/** The only webhook told, and checks that the list has it and that no conversation came of it. */
async function onlyTold(shop: Shop, stranger: Shop, item: SimulatedItem): Promise<Body> {
  await shop.receives(item);
  await strangerSawNothing(shop, stranger);
  const [told, ...more] = shop.told('webhooks');
  expect(more).toEqual([]);
  expect(shop.told('messages')).toEqual([]);
  expect((await shop.deliveries()).at(-1)).toMatchObject({
    id: told!.data.itemId,
    field: told!.data.field,
    state: 'processed',
    raw: told!.data.raw,
  });
  return told!.data;
}

describe.each(fourForms)('an Instagram comment sent as %s with its id as %s', (form, idName) => {
  it.each([
    ['comments', instagram.comment, 'FEED'],
    ['live_comments', instagram.liveComment, 'LIVE'],
  ] as const)('under %s is told in full: who, what, where, and as it came', async (field, comment, product) => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat = shop.chat();
    const item = comment(chat, 'Is it in stock? 🧥', { form, idName, mediaId: media, parentId: '17800000000000009' });

    expect(await onlyTold(shop, stranger, item)).toEqual({
      itemId: expect.any(String),
      platform: 'instagram',
      field,
      channelId: shop.channel.id,
      sender: { id: chat.customer.id, username: chat.customer.username },
      content: {
        text: 'Is it in stock? 🧥',
        commentId: item.messageId,
        parentId: '17800000000000009',
        mediaId: media,
        mediaProductType: product,
      },
      raw: { field, value: item.element },
    });
  });
});

describe.each(forms)('an Instagram mention sent as %s', (form) => {
  it.each([
    ['in a comment', { commentId: '17800000000000010' }],
    ['in a caption', {}],
  ])('%s names the media, and the comment if there is one', async (_, where) => {
    const { shop, stranger } = await openTwoShops('instagram');
    const item = instagram.mention(shop.chat(), { form, mediaId: media, ...where });

    expect(await onlyTold(shop, stranger, item)).toMatchObject({
      field: 'mentions',
      content: { mediaId: media, ...where },
      raw: { field: 'mentions', value: item.element },
    });
  });
});

describe('a comment', () => {
  it('that Meta tells in all four forms is told once', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat = shop.chat();
    const same = { id: '17800000000000011', mediaId: media, at: Date.UTC(2026, 9, 1) };
    for (const [form, idName] of fourForms) await deliver(instagram.comment(chat, 'Lovely', { ...same, form, idName }));
    await strangerSawNothing(shop, stranger);

    expect(shop.toldTypes('webhooks')).toHaveLength(1);
  });

  it('of which there are several in one webhook is told each, in their order', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const chat: InstagramChat = shop.chat();
    const comments = Array.from({ length: 12 }, (_, position) => instagram.comment(chat, `comment ${position}`));
    await shop.receives(comments);
    await strangerSawNothing(shop, stranger);

    expect(shop.told('webhooks').map(({ data }) => data.content.text)).toEqual(
      comments.map((_, position) => `comment ${position}`),
    );
  });

  it('under a post of a Facebook page is told too, again when it is edited and when it is removed', async () => {
    const { shop, stranger } = await openTwoShops('messenger');
    const chat = shop.chat();
    const id = '100_200';
    const at = (second: number) => Date.UTC(2026, 9, 1) + second * 1000;
    await shop.receives(messenger.comment(chat, 'First!', { id, at: at(1) }));
    await shop.receives(messenger.comment(chat, 'First, really', { id, at: at(2), verb: 'edited' }));
    await shop.receives(messenger.comment(chat, '', { id, at: at(3), verb: 'remove' }));
    await strangerSawNothing(shop, stranger);

    const told = shop.told('webhooks').map(({ data }) => data);
    expect(told.map(({ field, sender, content }) => [field, sender.id, content.verb, content.text])).toEqual([
      ['feed', chat.customer.id, 'add', 'First!'],
      ['feed', chat.customer.id, 'edited', 'First, really'],
      ['feed', chat.customer.id, 'remove', undefined],
    ]);
  });

  it('to an account of another workspace is told there alone, though both came in one webhook', async () => {
    const { shop, stranger } = await openTwoShops('instagram');
    const here = instagram.comment(shop.chat(), 'For the one');
    const there = instagram.comment(stranger.chat(), 'For the other');
    await deliver([here, there]);
    await settle(shop, stranger);

    expect(shop.told('webhooks').map(({ data }) => data.content.text)).toEqual(['For the one']);
    expect(stranger.told('webhooks').map(({ data }) => data.content.text)).toEqual(['For the other']);
    expect((await shop.deliveries('?field=comments')).map(({ raw }) => raw.value.text)).toEqual(['For the one']);
    expect((await stranger.deliveries('?field=comments')).map(({ raw }) => raw.value.text)).toEqual(['For the other']);
  });
});
