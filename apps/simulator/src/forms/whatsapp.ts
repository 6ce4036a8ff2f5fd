import type { ItemOptions, SimulatedItem, WhatsAppChat } from '../item';
import { wamid } from './ids';
import type { OrderLine, Spot, WhatsAppContent } from './whatsapp-content';
import * as content from './whatsapp-content';
import { contactCard, customerOf, identity, inSeconds, peer } from './whatsapp-identity';

export * from './whatsapp-changes';
export type { OrderLine, Spot, WhatsAppContent } from './whatsapp-content';
export * from './whatsapp-outbound';

export interface WhatsAppMessageOptions extends ItemOptions {
  /** wamid of the message this one answers. */
  replyTo?: string;
  forwarded?: boolean;
  /** Came by a tap on a click-to-WhatsApp advertisement. */
  fromAd?: boolean;
}

const advertisement = {
  source_url: 'https://fb.me/3cr4Wqqkv',
  source_id: '120226305854810726',
  source_type: 'ad',
  headline: 'New autumn colours',
  body: 'Chat with us',
  media_type: 'image',
  image_url: 'https://scontent.xx.fbcdn.net/v/t45.1600-4/autumn.jpg',
  thumbnail_url: 'https://scontent.xx.fbcdn.net/v/t45.1600-4/autumn-small.jpg',
  ctwa_clid:
    'Aff-n8ZTODiE79d22KtAwQKj9e_mIEOOj27vDVwFjN80dp4_0NiNhEgpGo0AHemvuSoifXaytfTzcchptiErTKCqTrJ5nW1h7IHYeYymGb5K5J5iTROpBhWAGaIAeUzHL50',
};

/** A message the customer sent. */
export function message(
  chat: WhatsAppChat,
  said: WhatsAppContent,
  options: WhatsAppMessageOptions = {},
): SimulatedItem {
  const id = options.id ?? wamid(chat.random, peer(chat), 'inbound');
  const sentAt = options.at ?? chat.now();
  const named = identity(chat);
  const context = {
    ...(options.replyTo === undefined ? {} : { from: chat.account.displayPhoneNumber, id: options.replyTo }),
    ...(options.forwarded ? { forwarded: true } : {}),
  };
  return {
    id: `whatsapp:${id}`,
    platform: 'whatsapp',
    accountId: chat.account.id,
    kind: said.kind,
    messageId: id,
    customer: customerOf(named),
    sentAt,
    effect: { kind: 'message', direction: 'inbound', type: said.type, text: said.text, caption: said.caption },
    place: {
      in: 'value',
      field: 'messages',
      list: 'messages',
      account: chat.account,
      contact: contactCard(chat, named),
    },
    element: {
      ...(Object.keys(context).length > 0 ? { context } : {}),
      ...(options.fromAd ? { referral: advertisement } : {}),
      ...(named.waId === undefined ? {} : { from: named.waId }),
      ...(named.userId === undefined ? {} : { from_user_id: named.userId }),
      ...(named.parentUserId === undefined ? {} : { from_parent_user_id: named.parentUserId }),
      id,
      timestamp: inSeconds(sentAt),
      type: said.type,
      [said.type]: said.body,
    },
  };
}

export const text = (chat: WhatsAppChat, body: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.textContent(body), options);

export const image = (chat: WhatsAppChat, caption?: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.imageContent(chat.random, caption), options);

export const video = (chat: WhatsAppChat, caption?: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.videoContent(chat.random, caption), options);

export const document = (chat: WhatsAppChat, filename: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.documentContent(chat.random, filename), options);

export const audio = (chat: WhatsAppChat, options?: WhatsAppMessageOptions) =>
  message(chat, content.audioContent(chat.random, false), options);

export const voice = (chat: WhatsAppChat, options?: WhatsAppMessageOptions) =>
  message(chat, content.audioContent(chat.random, true), options);

export const sticker = (chat: WhatsAppChat, options?: WhatsAppMessageOptions) =>
  message(chat, content.stickerContent(chat.random), options);

export const location = (chat: WhatsAppChat, spot: Spot, options?: WhatsAppMessageOptions) =>
  message(chat, content.locationContent(spot), options);

export const contacts = (
  chat: WhatsAppChat,
  cards: { name: string; phone: string }[],
  options?: WhatsAppMessageOptions,
) => message(chat, content.contactsContent(cards), options);

export const buttonReply = (chat: WhatsAppChat, id: string, title: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.buttonReplyContent(id, title), options);

export const listReply = (
  chat: WhatsAppChat,
  row: { id: string; title: string; description?: string },
  options?: WhatsAppMessageOptions,
) => message(chat, content.listReplyContent(row), options);

export const templateButton = (chat: WhatsAppChat, payload: string, label: string, options?: WhatsAppMessageOptions) =>
  message(chat, content.buttonContent(payload, label), options);

export const order = (
  chat: WhatsAppChat,
  catalogId: string,
  lines: OrderLine[],
  note?: string,
  options?: WhatsAppMessageOptions,
) => message(chat, content.orderContent(catalogId, lines, note), options);

/** A reaction to `messageId`; without an emoji it is taken back (Meta sends an empty emoji). */
export function reaction(
  chat: WhatsAppChat,
  messageId: string,
  emoji?: string,
  options: ItemOptions = {},
): SimulatedItem {
  const body = { message_id: messageId, emoji: emoji ?? '' };
  const kind = emoji === undefined ? 'reaction_removed' : 'reaction';
  const item = message(chat, { kind, type: 'reaction', body }, options);
  return { ...item, messageId, effect: { kind: 'reaction', emoji } };
}

/** The customer deletes a message for everyone (coexistence). */
export function revoke(chat: WhatsAppChat, messageId: string, options: ItemOptions = {}): SimulatedItem {
  const body = { original_message_id: messageId };
  const item = message(chat, { kind: 'revoke', type: 'revoke', body }, options);
  return { ...item, messageId, effect: { kind: 'deletion', by: 'customer' } };
}

/** The customer changes the words of a message. WhatsApp numbers no edits: the latest counts. */
export function edit(chat: WhatsAppChat, messageId: string, words: string, options: ItemOptions = {}): SimulatedItem {
  const body = { original_message_id: messageId, message: { type: 'text', text: { body: words } } };
  const item = message(chat, { kind: 'edit', type: 'edit', body }, options);
  return { ...item, messageId, effect: { kind: 'edit', by: 'customer', revision: 0, text: words } };
}
