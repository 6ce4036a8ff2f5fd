import * as messenger from '../forms/messenger';
import type { MessengerChat, SimulatedItem } from '../item';
import { fill, phrasesOf, products } from '../vocabulary';

/** A customer of the shop on Messenger, often coming from a comment under a post. */
export function* messengerVisit(chat: MessengerChat): Generator<SimulatedItem> {
  const { random, customer } = chat;
  const say = phrasesOf(customer.language);
  const product = random.pick(products);
  const words = {
    product: product.name,
    price: `${product.price} ${product.currency}`,
    number: 1 + random.below(4),
    name: customer.name,
  };

  if (random.chance(0.5)) yield* underAPost(chat, fill(say.comment, words));
  if (random.chance(0.3)) yield messenger.referral(chat, `autumn-${product.retailerId}`);
  if (random.chance(0.4)) yield messenger.postback(chat, 'Get started', 'GET_STARTED');
  yield messenger.text(chat, say.hello);
  yield* answer(chat, fill(say.welcome, words));

  const question = messenger.image(chat, fill(say.ask, words));
  yield question;
  if (random.chance(0.15)) yield messenger.video(chat);
  if (random.chance(0.15)) yield messenger.audio(chat);
  else yield messenger.text(chat, say.price, { replyTo: question.messageId });

  const quote = yield* answer(chat, fill(say.quote, words));
  if (random.chance(0.4)) yield messenger.quickReply(chat, '✅', `BUY_${product.retailerId}`);
  else yield messenger.text(chat, fill(say.order, words));
  if (random.chance(0.5)) yield* reactTo(chat, quote);

  if (random.chance(0.3)) yield messenger.location(chat, 48.137154, 11.576124);
  yield messenger.text(chat, say.address);
  if (random.chance(0.2)) yield messenger.file(chat, `payment-${random.digits(6)}.pdf`);
  yield* answer(chat, say.confirmed);

  const thanks = messenger.text(chat, say.thanks);
  yield thanks;
  if (random.chance(0.2)) yield messenger.sticker(chat);
  if (random.chance(0.1)) yield messenger.deleted(chat, thanks.messageId as string);
}

/** What the page answers, with the watermarks Meta then tells. Returns its mid. */
function* answer(chat: MessengerChat, words: string): Generator<SimulatedItem, string> {
  const metadata = chat.random.chance(0.2) ? 'inbox-macro' : undefined;
  const echo = messenger.echo(chat, words, { metadata });
  const mid = echo.messageId as string;
  yield echo;
  if (chat.random.chance(0.9)) yield messenger.delivered(chat, chat.now(), [mid]);
  if (chat.random.chance(0.85)) yield messenger.read(chat, chat.now());
  return mid;
}

function* reactTo(chat: MessengerChat, mid: string): Generator<SimulatedItem> {
  const names = Object.keys(messenger.reactions) as messenger.ReactionName[];
  yield messenger.reaction(chat, mid, chat.random.pick(names));
  if (chat.random.chance(0.3)) yield messenger.reaction(chat, mid);
}

function* underAPost(chat: MessengerChat, words: string): Generator<SimulatedItem> {
  const { random, account } = chat;
  const postId = `${account.id}_${random.digits(15)}`;
  const first = messenger.comment(chat, words, { postId });
  const id = first.messageId as string;
  yield first;
  if (random.chance(0.3)) yield messenger.comment(chat, `${words} 🙏`, { postId, id, verb: 'edited' });
  if (random.chance(0.3)) yield messenger.comment(chat, '💐', { postId, parentId: id });
  if (random.chance(0.1)) yield messenger.comment(chat, '', { postId, id, verb: 'remove' });
}
