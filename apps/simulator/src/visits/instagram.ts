import * as instagram from '../forms/instagram';
import type { InstagramChat, SimulatedItem } from '../item';
import { emojis, fill, phrasesOf, products } from '../vocabulary';

/** A customer of the shop on Instagram: comments, stories and mentions lead to the direct message. */
export function* instagramVisit(chat: InstagramChat): Generator<SimulatedItem> {
  const { random, customer } = chat;
  const say = phrasesOf(customer.language);
  const product = random.pick(products);
  const words = {
    product: product.name,
    price: `${product.price} ${product.currency}`,
    number: 1 + random.below(4),
    name: customer.name,
  };

  yield* inPublic(chat, fill(say.comment, words));
  if (random.chance(0.3)) yield instagram.storyReply(chat, say.story);
  if (random.chance(0.15)) yield instagram.referral(chat, `bio-${product.retailerId}`);
  if (random.chance(0.3)) yield instagram.postback(chat, say.hello, 'ICE_BREAKER_1');
  else yield instagram.text(chat, say.hello);
  yield* answer(chat, fill(say.welcome, words));

  const question = instagram.image(chat);
  yield question;
  yield instagram.text(chat, fill(say.ask, words), { replyTo: question.messageId });
  if (random.chance(0.15)) yield instagram.reel(chat, fill(say.comment, words));
  if (random.chance(0.15)) yield instagram.video(chat);
  if (random.chance(0.15)) yield instagram.audio(chat);
  else yield instagram.text(chat, say.price);

  const quote = yield* answer(chat, fill(say.quote, words));
  if (random.chance(0.3)) yield instagram.quickReply(chat, '✅', `BUY_${product.retailerId}`);
  else yield instagram.text(chat, fill(say.order, words));
  if (random.chance(0.6)) yield* reactTo(chat, quote);
  yield instagram.text(chat, say.address);
  yield* answer(chat, say.shipped);

  const thanks = instagram.text(chat, say.thanks);
  yield thanks;
  if (random.chance(0.15)) yield instagram.attachment(chat, 'like_heart', {});
  if (random.chance(0.1)) yield instagram.deleted(chat, thanks.messageId as string);
  if (random.chance(0.3)) yield instagram.storyMention(chat);
}

/** What the account answers; Meta tells the reading of it, never the delivery. Returns its mid. */
function* answer(chat: InstagramChat, words: string): Generator<SimulatedItem, string> {
  const echo = instagram.echo(chat, words);
  const mid = echo.messageId as string;
  yield echo;
  if (chat.random.chance(0.85)) yield instagram.seen(chat, mid);
  return mid;
}

function* reactTo(chat: InstagramChat, mid: string): Generator<SimulatedItem> {
  yield instagram.reaction(chat, mid, chat.random.chance(0.5) ? '❤️' : chat.random.pick(emojis));
  if (chat.random.chance(0.3)) yield instagram.reaction(chat, mid);
}

function* inPublic(chat: InstagramChat, words: string): Generator<SimulatedItem> {
  const { random } = chat;
  const form = random.chance(0.2) ? 'flat' : 'changes';
  const idName = random.chance(0.2) ? 'comment_id' : 'id';
  const mediaProductType = random.pick(['FEED', 'REELS', 'STORY', 'AD'] as const);
  if (random.chance(0.5)) {
    const first = instagram.comment(chat, words, { form, idName, mediaProductType });
    yield first;
    if (random.chance(0.3)) yield instagram.comment(chat, '🙏', { form, idName, parentId: first.messageId });
  }
  if (random.chance(0.15)) yield instagram.liveComment(chat, words, { form, idName });
  if (random.chance(0.2)) {
    yield instagram.mention(chat, { form, commentId: random.chance(0.5) ? random.digits(17) : undefined });
  }
}
