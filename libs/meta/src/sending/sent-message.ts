import type { AttachmentContent, MessageContent, Platform } from '../items';
import type { ContactCard, MediaContent, SendContent } from './content';
import { messageBody } from './messaging-body';
import { renderTemplate } from './template-text';
import { whatsAppPayload } from './whatsapp-body';

/** Meta's word for what was sent, as an echo or a history names it: `interactive`, `template`, `file`, … */
export function sentTypeOf(platform: Platform, content: SendContent): string {
  if (platform === 'whatsapp') return whatsAppPayload(content).type;
  switch (content.type) {
    case 'quick_replies':
    case 'private_reply':
      return 'text';
    case 'document':
      return 'file';
    case 'buttons':
    case 'generic_template':
    case 'media_template':
      return 'template';
    case 'public_reply':
      return 'comment';
    default:
      return content.type;
  }
}

/**
 * What was sent in the form in which received messages are kept, so that both look alike in a history. A reaction is no
 * message of its own: it belongs to the message reacted to, and gives an empty content.
 * @param definition a template's, to tell its text; without it only its name is known
 */
export function sentContentOf(platform: Platform, content: SendContent, definition?: unknown): MessageContent {
  switch (content.type) {
    case 'text':
    case 'private_reply':
    case 'public_reply':
      return { text: content.text };
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return { attachments: [attachmentOf(platform, content)] };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { attachments: [given({ type: 'location', latitude, longitude, title: name, caption: address })] };
    }
    case 'contacts':
      return { structured: whatsAppPayload(content).payload };
    case 'template': {
      const text = renderTemplate(definition, content);
      return { text: text === '' ? undefined : text, structured: whatsAppPayload(content).payload };
    }
    case 'reaction':
      return {};
    case 'quick_replies':
      return { text: content.text, structured: messageBody(content) };
    case 'generic_template':
    case 'media_template':
      return templateOf(content);
    case 'buttons':
      return platform === 'whatsapp' ? interactiveOf(content) : { text: content.text, ...templateOf(content) };
    default:
      return interactiveOf(content);
  }
}

/** One line for a conversation list; not cut to its length. */
export function sentPreviewOf(content: SendContent, definition?: unknown): string {
  switch (content.type) {
    case 'image':
    case 'video':
    case 'audio':
    case 'voice':
    case 'document':
    case 'sticker':
      return content.caption ?? content.filename ?? `[${content.type}]`;
    case 'location':
      return content.name ?? content.address ?? '[location]';
    case 'contacts':
      return content.contacts.map(nameOf).join(', ');
    case 'template':
      return renderTemplate(definition, content).replaceAll('\n', ' ') || `[${content.name}]`;
    case 'generic_template':
      return content.elements.map(({ title }) => title).join(', ');
    case 'media_template':
      return `[${content.mediaType}]`;
    case 'reaction':
      return content.emoji;
    case 'product':
      return content.text ?? '[product]';
    default:
      return content.text;
  }
}

function interactiveOf(content: SendContent): MessageContent {
  const text = 'text' in content ? content.text : undefined;
  return { text, structured: whatsAppPayload(content).payload };
}

function templateOf(content: SendContent): MessageContent {
  const { payload } = messageBody(content).attachment as { payload: unknown };
  return { attachments: [{ type: 'template' }], structured: payload };
}

function attachmentOf(platform: Platform, content: MediaContent): AttachmentContent {
  const { media, caption, filename } = content;
  const { id, link, mediaId, mimeType } = media;
  const type = content.type === 'voice' ? 'audio' : content.type;
  const attachment = { id, url: link, mediaId, mimeType, caption, filename };
  return given({ type: platform !== 'whatsapp' && type === 'document' ? 'file' : type, ...attachment });
}

function nameOf({ name }: ContactCard): string {
  return name.formattedName;
}

function given(attachment: AttachmentContent): AttachmentContent {
  const members = Object.entries(attachment).filter(([, value]) => value !== undefined);
  return Object.fromEntries(members) as unknown as AttachmentContent;
}
