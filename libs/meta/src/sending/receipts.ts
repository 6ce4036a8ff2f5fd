import type { Platform } from '../items';
import type { GraphRequest } from './graph-body';
import { messagingRecipient, type Recipient } from './recipient';
import { compact } from './wire';

/**
 * Tells the customer that their messages up to `messageId` (WhatsApp; Meta marks the earlier ones too) or all of them
 * (Messenger, Instagram) have been read.
 */
export function readBody(platform: Platform, to: Recipient, messageId: string): GraphRequest {
  if (platform === 'whatsapp') return whatsAppRead(messageId, false);
  return senderAction(platform, to, 'mark_seen');
}

/**
 * Shows the customer that somebody is typing: 25 seconds at most on WhatsApp, where it also marks `messageId`, a
 * message of the customer's, as read. `undefined` where the platform has no such request: WhatsApp ends it by itself.
 */
export function typingBody(
  platform: Platform,
  to: Recipient,
  typing: boolean,
  messageId?: string,
): GraphRequest | undefined {
  if (platform !== 'whatsapp') return senderAction(platform, to, typing ? 'typing_on' : 'typing_off');
  return typing && messageId !== undefined ? whatsAppRead(messageId, true) : undefined;
}

function whatsAppRead(messageId: string, typing: boolean): GraphRequest {
  return {
    edge: 'messages',
    body: compact({
      messaging_product: 'whatsapp',
      status: 'read',
      message_id: messageId,
      typing_indicator: typing ? { type: 'text' } : undefined,
    }),
  };
}

function senderAction(platform: Platform, to: Recipient, sender_action: string): GraphRequest {
  return { edge: 'messages', body: { recipient: messagingRecipient(platform, to), sender_action } };
}
