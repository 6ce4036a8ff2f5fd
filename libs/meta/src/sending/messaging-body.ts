import type { Platform } from '../items';
import type { GenericTemplateElement, QuickReply, ReactionContent, SendContent } from './content';
import type { GraphRequest, SendOptions } from './graph-body';
import type { Button } from './interactive-content';
import { messagingRecipient, type Recipient } from './recipient';
import { compact } from './wire';

type Messaging = Exclude<Platform, 'whatsapp'>;
type Wire = Record<string, unknown>;

/** `POST /{page or Instagram account}/messages`, or the answer beneath a comment. */
export function messagingRequest(
  platform: Messaging,
  to: Recipient,
  content: SendContent,
  options: SendOptions,
): GraphRequest {
  if (content.type === 'public_reply') {
    const edge = platform === 'instagram' ? 'replies' : 'comments';
    return { node: content.commentId, edge, body: { message: content.text } };
  }
  if (content.type === 'reaction') {
    return { edge: 'messages', body: reactionBody(platform, messagingRecipient(platform, to), content) };
  }
  const metadata = platform === 'messenger' ? options.metadata : undefined;
  const message = compact({ ...messageBody(content), metadata });
  if (content.type === 'private_reply') {
    const { commentId, postId } = content;
    return { edge: 'messages', body: { recipient: compact({ comment_id: commentId, post_id: postId }), message } };
  }
  return {
    edge: 'messages',
    body: compact({
      recipient: messagingRecipient(platform, to),
      messaging_type: options.humanAgent ? 'MESSAGE_TAG' : 'RESPONSE',
      tag: options.humanAgent ? 'HUMAN_AGENT' : undefined,
      message,
      reply_to: options.replyTo === undefined ? undefined : { mid: options.replyTo },
    }),
  };
}

/** The `message` member. */
export function messageBody(content: SendContent): Wire {
  switch (content.type) {
    case 'text':
    case 'private_reply':
      return { text: content.text };
    case 'image':
    case 'video':
    case 'audio':
      return { attachment: attachment(content.type, content.media) };
    case 'document':
      return { attachment: attachment('file', content.media) };
    case 'quick_replies':
      return { text: content.text, quick_replies: content.quickReplies.map(quickReplyBody) };
    case 'buttons': {
      const buttons = content.buttons.map(buttonBody);
      return templateAttachment({ template_type: 'button', text: content.text, buttons });
    }
    case 'generic_template':
      return templateAttachment({ template_type: 'generic', elements: content.elements.map(elementBody) });
    case 'media_template': {
      const { mediaType, media, buttons } = content;
      const { id, link } = media;
      const file = id === undefined ? { url: link } : { attachment_id: id };
      const element = compact({ media_type: mediaType, ...file, buttons: buttons?.map(buttonBody) });
      return templateAttachment({ template_type: 'media', elements: [element] });
    }
    default:
      throw new TypeError(`Messenger and Instagram have no ${content.type}`);
  }
}

/** Instagram takes a name, and of those only `love`; Messenger takes the emoji itself. */
function reactionBody(platform: Messaging, recipient: Wire, { messageId, emoji }: ReactionContent): Wire {
  if (emoji === '') return { recipient, sender_action: 'unreact', payload: { message_id: messageId } };
  const reaction = platform === 'instagram' ? 'love' : emoji;
  return { recipient, sender_action: 'react', payload: { message_id: messageId, reaction } };
}

function attachment(type: string, { id, link }: { id?: string; link?: string }): Wire {
  return { type, payload: id === undefined ? { url: link } : { attachment_id: id } };
}

function templateAttachment(payload: Wire): Wire {
  return { attachment: { type: 'template', payload } };
}

function quickReplyBody({ type, title, payload, imageUrl }: QuickReply): Wire {
  if (type !== 'text') return { content_type: type };
  return compact({ content_type: 'text', title, payload: payload ?? title, image_url: imageUrl });
}

function buttonBody(button: Button): Wire {
  switch (button.type) {
    case 'reply':
      return { type: 'postback', title: button.title, payload: button.id };
    case 'url':
      return { type: 'web_url', title: button.title, url: button.url };
    case 'phone':
      return { type: 'phone_number', title: button.title, payload: button.phone };
  }
}

function elementBody({ title, subtitle, imageUrl, url, buttons }: GenericTemplateElement): Wire {
  return compact({
    title,
    subtitle,
    image_url: imageUrl,
    default_action: url === undefined ? undefined : { type: 'web_url', url },
    buttons: buttons?.map(buttonBody),
  });
}
