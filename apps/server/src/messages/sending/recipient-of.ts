import { UnprocessableEntityException } from '@nestjs/common';
import type { Recipient } from '@switchboard/meta';
import type { SendTarget } from './send-order.repository';

/** How the customer of a conversation is addressed. WhatsApp takes the number where both it and a user id are known. */
export function recipientOf({ waId, userId, erased, conversation }: SendTarget): Recipient {
  if (!erased && conversation.platform === 'whatsapp' && waId) return { waId };
  if (!erased && userId) return { userId };
  throw new UnprocessableEntityException({
    code: 'no_address',
    message: `The contact of this conversation has no address on ${conversation.platform} any more.`,
  });
}
