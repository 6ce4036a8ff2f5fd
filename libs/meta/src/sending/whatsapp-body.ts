import type { ContactCard, SendContent } from './content';
import type { GraphRequest, SendOptions } from './graph-body';
import { interactiveBody } from './interactive-body';
import { type Recipient, whatsAppRecipient } from './recipient';
import { templateBody } from './template-body';
import { compact, fileOf, snakeCased } from './wire';

/** `POST /{phone-number-id}/messages`. */
export function whatsAppRequest(to: Recipient, content: SendContent, options: SendOptions): GraphRequest {
  const { type, payload } = whatsAppPayload(content);
  // "A reaction cannot be sent as a contextual reply": messages/contextual-replies.
  const replyTo = content.type === 'reaction' ? undefined : options.replyTo;
  return {
    edge: 'messages',
    body: compact({
      messaging_product: 'whatsapp',
      ...whatsAppRecipient(to),
      type,
      [type]: payload,
      context: replyTo === undefined ? undefined : { message_id: replyTo },
      biz_opaque_callback_data: options.callbackData,
    }),
  };
}

/** Meta's word for the message, and the member of that name. */
export function whatsAppPayload(content: SendContent): { type: string; payload: unknown } {
  switch (content.type) {
    case 'text':
      return { type: 'text', payload: compact({ body: content.text, preview_url: content.previewUrl }) };
    case 'voice':
      return { type: 'audio', payload: { ...fileOf(content.media), voice: true } };
    case 'image':
    case 'video':
    case 'audio':
    case 'document':
    case 'sticker': {
      const { type, media, caption, filename } = content;
      return { type, payload: compact({ ...fileOf(media), caption, filename }) };
    }
    case 'location': {
      const { type, ...place } = content;
      return { type, payload: compact(place) };
    }
    case 'contacts':
      return { type: 'contacts', payload: content.contacts.map(contactBody) };
    case 'reaction':
      return { type: 'reaction', payload: { message_id: content.messageId, emoji: content.emoji } };
    case 'template':
      return { type: 'template', payload: templateBody(content) };
    case 'buttons':
    case 'list':
    case 'cta_url':
    case 'flow':
    case 'product':
    case 'product_list':
    case 'location_request':
      return { type: 'interactive', payload: interactiveBody(content) };
    default:
      throw new TypeError(`WhatsApp has no ${content.type}`);
  }
}

/** Meta refuses a name of which only `formatted_name` is given; it then stands for the first name as well. */
function contactBody(card: ContactCard): unknown {
  const { formattedName, ...rest } = card.name;
  const named = Object.values(rest).some((part) => part !== undefined);
  return snakeCased({ ...card, name: named ? card.name : { formattedName, firstName: formattedName } });
}
