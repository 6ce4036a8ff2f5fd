import type { Platform } from '../items';

/**
 * Whom a message goes to. WhatsApp: a phone number or a business-scoped user id (`CC.<alnum>`), or a group. Messenger
 * and Instagram: the page- or Instagram-scoped id in `userId`.
 */
export interface Recipient {
  userId?: string;
  /** Digits with the country code. */
  waId?: string;
  groupId?: string;
}

/**
 * As WhatsApp's body names the recipient. `to` wins where Meta is given both, so a user id is given only where the
 * number is hidden.
 */
export function whatsAppRecipient({ userId, waId, groupId }: Recipient): Record<string, unknown> {
  if (groupId !== undefined) return { recipient_type: 'group', to: groupId };
  if (waId !== undefined) return { recipient_type: 'individual', to: waId };
  return { recipient_type: 'individual', recipient: needed('whatsapp', userId) };
}

export function messagingRecipient(platform: Platform, { userId }: Recipient): { id: string } {
  return { id: needed(platform, userId) };
}

function needed(platform: Platform, id: string | undefined): string {
  if (id === undefined || id === '') throw new TypeError(`A ${platform} message needs the id of who it goes to`);
  return id;
}
