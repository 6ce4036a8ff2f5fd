import { whatsappCustomer } from '../cast';
import * as whatsapp from '../forms/whatsapp';
import { audioContent, documentContent, imageContent } from '../forms/whatsapp-content';
import type { SimulatedItem, WhatsAppChat } from '../item';
import { emojis, fill, type Product, phrasesOf, products } from '../vocabulary';

/** A customer of the shop on WhatsApp, from greeting to thanks. The agent answers from the phone app, so every answer is an echo. */
export function* whatsappVisit(chat: WhatsAppChat): Generator<SimulatedItem> {
  const { random, customer } = chat;
  const say = phrasesOf(customer.language);
  const product = random.pick(products);
  const number = 1 + random.below(4);
  const words = { product: product.name, price: `${product.price} ${product.currency}`, number, name: customer.name };

  yield whatsapp.text(chat, say.hello, { fromAd: random.chance(0.1) });
  yield* answer(chat, fill(say.welcome, words));

  const question = whatsapp.image(chat, fill(say.ask, words));
  yield question;
  if (random.chance(0.15)) yield whatsapp.video(chat, '🎬', { forwarded: random.chance(0.5) });
  if (random.chance(0.2)) yield whatsapp.voice(chat);
  else yield whatsapp.text(chat, say.price, { replyTo: question.messageId });

  const quote = yield* answer(chat, fill(say.quote, words));
  if (random.chance(0.3)) yield whatsapp.buttonReply(chat, `buy:${product.retailerId}`, '✅', { replyTo: quote });
  else if (random.chance(0.4)) yield whatsapp.listReply(chat, rowOf(product), { replyTo: quote });
  else if (random.chance(0.2)) yield whatsapp.templateButton(chat, 'ORDER_NOW', '🛒', { replyTo: quote });
  else yield whatsapp.text(chat, fill(say.order, words));

  yield whatsapp.order(chat, '354160437058781', [{ ...product, quantity: number }]);
  yield* address(chat, say.address);
  const confirmed = yield* answer(chat, say.confirmed);
  if (random.chance(0.3)) yield* invoice(chat);
  yield* answer(chat, say.shipped);

  if (random.chance(0.5)) yield* reactTo(chat, confirmed);
  const thanks = whatsapp.text(chat, say.thanks);
  yield thanks;
  if (random.chance(0.2)) yield whatsapp.sticker(chat);
  if (random.chance(0.1) && thanks.messageId) yield whatsapp.revoke(chat, thanks.messageId);
}

const rowOf = ({ retailerId, name, price, currency }: Product) => ({
  id: retailerId,
  title: name,
  ...(price > 30 ? { description: `${price} ${currency}` } : {}),
});

/** Something the agent sends, with what Meta then tells about it. Returns its wamid. */
function* answer(chat: WhatsAppChat, said: whatsapp.WhatsAppContent | string): Generator<SimulatedItem, string> {
  const { random } = chat;
  const echo = whatsapp.echo(chat, said);
  const id = echo.messageId as string;
  const olderForm = random.chance(0.2);
  yield echo;
  yield whatsapp.status(chat, id, 'sent', { olderForm });
  if (random.chance(0.04)) {
    yield whatsapp.status(chat, id, 'failed');
    return id;
  }
  // Meta may leave `delivered` out: read implies it.
  if (!random.chance(0.1)) yield whatsapp.status(chat, id, 'delivered', { olderForm });
  if (random.chance(0.85)) yield whatsapp.status(chat, id, 'read', { olderForm });
  return id;
}

function* address(chat: WhatsAppChat, words: string): Generator<SimulatedItem> {
  const { random } = chat;
  const latitude = Number((random.fraction() * 100 - 40).toFixed(6));
  const longitude = Number((random.fraction() * 300 - 150).toFixed(6));
  if (random.chance(0.6)) {
    const spot = { latitude, longitude, name: `${random.pick(['Café', 'Büro', 'Casa', 'مكتب'])} ${random.below(90)}` };
    yield whatsapp.location(chat, random.chance(0.5) ? { ...spot, address: `${random.below(200)} Main St` } : spot);
    yield whatsapp.text(chat, words);
  } else {
    const neighbour = whatsappCustomer(random);
    yield whatsapp.text(chat, words);
    yield whatsapp.contacts(chat, [{ name: neighbour.name, phone: neighbour.waId }]);
  }
}

function* invoice(chat: WhatsAppChat): Generator<SimulatedItem> {
  const { random } = chat;
  if (random.chance(0.5)) yield* answer(chat, documentContent(random, `invoice-${random.digits(6)}.pdf`));
  else yield* answer(chat, imageContent(random, '📦'));
  if (random.chance(0.5)) yield whatsapp.document(chat, `payment-${random.digits(6)}.pdf`);
  if (random.chance(0.3)) yield whatsapp.audio(chat);
  if (random.chance(0.5)) {
    const voice = whatsapp.echo(chat, audioContent(random, true));
    yield voice;
    yield whatsapp.status(chat, voice.messageId as string, 'played');
  }
  if (random.chance(0.3)) {
    const mistake = whatsapp.echo(chat, '🙈');
    yield mistake;
    yield whatsapp.echoRevoke(chat, mistake.messageId as string);
  }
}

function* reactTo(chat: WhatsAppChat, messageId: string): Generator<SimulatedItem> {
  const given = whatsapp.reaction(chat, messageId, chat.random.pick(emojis));
  yield given;
  // WhatsApp tells time in seconds: two reactions in one second could not be told apart once reordered.
  if (chat.random.chance(0.3)) yield whatsapp.reaction(chat, messageId, undefined, { at: given.sentAt + 1000 });
}
