import type { Platform } from '../items';
import type { SendContent } from './content';
import { messagingRequest } from './messaging-body';
import type { Recipient } from './recipient';
import { whatsAppRequest } from './whatsapp-body';

/**
 * A request to the Graph API: `POST /{version}/{node}/{edge}` with `body` as JSON. Without a `node` it goes to the
 * channel's own account (phone number id, page id, Instagram account id).
 */
export interface GraphRequest {
  node?: string;
  edge: 'messages' | 'comments' | 'replies';
  body: Record<string, unknown>;
}

export interface SendOptions {
  /** WhatsApp: comes back in every status (`biz_opaque_callback_data`); at most 512 characters. */
  callbackData?: string;
  /** Messenger: comes back in the echo; at most 1,000 characters. Instagram has nothing of the kind. */
  metadata?: string;
  /** Meta's id of the message this one answers. */
  replyTo?: string;
  /** Messenger and Instagram: an answer by a person outside the 24 hours, within seven days. */
  humanAgent?: boolean;
}

/**
 * The request that sends content. Content that `checkContent` passed; that is not checked again.
 * @throws TypeError for a kind the platform does not have, or a recipient without an id
 */
export function graphBody(
  platform: Platform,
  to: Recipient,
  content: SendContent,
  options: SendOptions = {},
): GraphRequest {
  if (platform === 'whatsapp') return whatsAppRequest(to, content, options);
  return messagingRequest(platform, to, content, options);
}
