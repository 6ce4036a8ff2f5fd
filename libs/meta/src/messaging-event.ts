import type { Place, Reading } from './findings';
import type { CustomerRef } from './items';
import { asObject, asText, asTime, idOf, type JsonObject } from './reading';

/** One element of `messaging[]` or `standby[]` with what every kind of it needs. */
export interface MessagingEvent {
  element: JsonObject;
  place: Place;
  accountId: string | undefined;
  /** Sent by the business: its page or account is the sender. */
  outbound: boolean;
  sender: Reading['sender'];
  customerId: string | undefined;
  customer: CustomerRef;
  ownTime: number | undefined;
  /** The element's own time, else its entry's. */
  time: number | undefined;
  at: number;
}

export function eventOf(element: JsonObject, place: Place): MessagingEvent {
  const senderId = idOf(element.sender);
  const recipientId = idOf(element.recipient);
  const isEcho = asObject(element.message)?.is_echo === true;
  const fromAccount = senderId !== undefined && senderId === place.accountId && senderId !== recipientId;
  const outbound = isEcho || fromAccount;
  // Echoes have been seen with their parties the other way round.
  const turned = isEcho && recipientId === place.accountId && senderId !== undefined;
  const customerId = outbound && !turned ? recipientId : senderId;
  const username = asText(asObject(element.sender)?.username);
  const ownTime = asTime(element.timestamp);
  const time = ownTime ?? place.entryTime;
  return {
    element,
    place,
    accountId: place.accountId ?? (outbound ? senderId : recipientId),
    outbound,
    sender: senderId === undefined ? undefined : { id: senderId, username },
    customerId,
    customer: { userId: customerId, username: outbound ? undefined : username },
    ownTime,
    time,
    at: time ?? place.now,
  };
}

/** Which member would have named the customer. */
export function customerMember({ outbound }: MessagingEvent): string {
  return outbound ? 'recipient.id' : 'sender.id';
}
