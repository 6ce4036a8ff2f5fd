import type { WhatsAppChat } from '../item';

/** How one item names the customer. */
export interface Named {
  userId?: string;
  parentUserId?: string;
  waId?: string;
}

/** WhatsApp's item times are strings of whole seconds. */
export const inSeconds = (at: number): string => String(Math.floor(at / 1000));

/** What Meta writes into a wamid: the number, unless it must stay hidden. */
export const peer = ({ customer }: WhatsAppChat): string =>
  customer.phone === 'shown' ? customer.waId : (customer.userId ?? customer.waId);

/** With a username the phone number may be missing. */
export function identity({ customer, random }: WhatsAppChat): Named {
  const { userId, parentUserId, waId } = customer;
  const shown = customer.phone === 'shown' || (customer.phone === 'sometimes' && random.chance(0.5));
  return {
    ...(shown ? { waId } : {}),
    ...(userId === undefined ? {} : { userId }),
    ...(parentUserId === undefined ? {} : { parentUserId }),
  };
}

export const customerOf = ({ userId, waId }: Named) => ({
  ...(userId === undefined ? {} : { userId }),
  ...(waId === undefined ? {} : { waId }),
});

/** The entry of `contacts[]` beside the item. */
export function contactCard({ customer }: WhatsAppChat, named: Named): Record<string, unknown> {
  const username = customer.username === undefined ? {} : { username: `@${customer.username}` };
  return {
    profile: { name: customer.name, ...username },
    ...(named.waId === undefined ? {} : { wa_id: named.waId }),
    ...(named.userId === undefined ? {} : { user_id: named.userId }),
    ...(named.parentUserId === undefined ? {} : { parent_user_id: named.parentUserId }),
  };
}
