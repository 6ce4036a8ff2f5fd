import type { Random } from '../random';
import { sha256 } from './ids';

/** What a WhatsApp message says; the same for the customer's messages and for echoes of the business's own. */
export interface WhatsAppContent {
  kind: string;
  type: string;
  body: Record<string, unknown> | Record<string, unknown>[];
  /** The words a reader sees, if any; under a photo they are its caption. */
  text?: string;
  caption?: string;
}

export interface OrderLine {
  retailerId: string;
  quantity: number;
  price: number;
  currency: string;
}

export interface Spot {
  latitude: number;
  longitude: number;
  name?: string;
  address?: string;
  url?: string;
}

function media(random: Random, mimeType: string): Record<string, unknown> {
  const id = random.digits(15);
  const hash = random.bytes(24).toString('base64url');
  return {
    mime_type: mimeType,
    sha256: sha256(random),
    id,
    url: `https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=${id}&source=webhook&ext=${random.digits(10)}&hash=${hash}`,
  };
}

const captioned = (kind: string, body: Record<string, unknown>, caption?: string): WhatsAppContent => ({
  kind,
  type: kind,
  body: caption === undefined ? body : { caption, ...body },
  caption,
});

export const textContent = (body: string): WhatsAppContent => ({
  kind: 'text',
  type: 'text',
  body: { body },
  text: body,
});

export const imageContent = (random: Random, caption?: string) =>
  captioned('image', media(random, 'image/jpeg'), caption);

export const videoContent = (random: Random, caption?: string) =>
  captioned('video', media(random, 'video/mp4'), caption);

export const documentContent = (random: Random, filename: string, caption?: string) =>
  captioned('document', { filename, ...media(random, 'application/pdf') }, caption);

/** A file of sound, or with `voice` one recorded in the chat. */
export const audioContent = (random: Random, voice: boolean): WhatsAppContent => ({
  kind: voice ? 'voice' : 'audio',
  type: 'audio',
  body: { ...media(random, voice ? 'audio/ogg; codecs=opus' : 'audio/mpeg'), voice },
});

export const stickerContent = (random: Random, animated = false): WhatsAppContent => ({
  kind: 'sticker',
  type: 'sticker',
  body: { ...media(random, 'image/webp'), animated },
});

export const locationContent = (spot: Spot): WhatsAppContent => ({
  kind: 'location',
  type: 'location',
  body: { ...spot },
});

export function contactsContent(cards: { name: string; phone: string }[]): WhatsAppContent {
  const body = cards.map(({ name, phone }) => {
    const [first, ...rest] = name.split(' ');
    const last = rest.length > 0 ? { last_name: rest.join(' ') } : {};
    return {
      name: { first_name: first, ...last, formatted_name: name },
      phones: [{ phone: `+${phone}`, wa_id: phone, type: 'CELL' }],
    };
  });
  return { kind: 'contacts', type: 'contacts', body };
}

export const buttonReplyContent = (id: string, title: string): WhatsAppContent => ({
  kind: 'button_reply',
  type: 'interactive',
  body: { type: 'button_reply', button_reply: { id, title } },
  text: title,
});

export const listReplyContent = (row: { id: string; title: string; description?: string }): WhatsAppContent => ({
  kind: 'list_reply',
  type: 'interactive',
  body: { type: 'list_reply', list_reply: { ...row } },
  text: row.title,
});

/** The tap on a template's quick-reply button. */
export const buttonContent = (payload: string, text: string): WhatsAppContent => ({
  kind: 'button',
  type: 'button',
  body: { payload, text },
  text,
});

export const orderContent = (catalogId: string, lines: OrderLine[], text = ''): WhatsAppContent => ({
  kind: 'order',
  type: 'order',
  body: {
    catalog_id: catalogId,
    text,
    product_items: lines.map((line) => ({
      product_retailer_id: line.retailerId,
      quantity: line.quantity,
      item_price: line.price,
      currency: line.currency,
    })),
  },
  ...(text === '' ? {} : { text }),
});
