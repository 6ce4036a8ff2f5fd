import { dedupKey } from './dedup-key';
import { elementKey, missing, type Place, type Reading, type Unreadable } from './findings';
import type { Side } from './items';
import { asId, asTime, type JsonObject } from './reading';
import type { Person } from './whatsapp-contacts';
import { typeOf } from './whatsapp-content';

/** One element of `messages[]` or `message_echoes[]`, with what every kind of it needs. */
export interface Sent {
  message: JsonObject;
  place: Place;
  person: Person;
  isEcho: boolean;
  by: Side;
  id: string | undefined;
  type: string | undefined;
  time: number | undefined;
  at: number;
  sender: Reading['sender'];
}

export function sentOf(message: JsonObject, place: Place, person: Person, isEcho: boolean): Sent {
  const time = asTime(message.timestamp) ?? place.entryTime;
  const senderId = isEcho ? asId(message.from) : person.id;
  return {
    message,
    place,
    person,
    isEcho,
    by: isEcho ? 'business' : 'customer',
    id: asId(message.id),
    type: typeOf(message),
    time,
    at: time ?? place.now,
    sender:
      senderId === undefined ? undefined : { id: senderId, username: isEcho ? undefined : person.customer.username },
  };
}

export const fieldOf = ({ isEcho }: Sent): string => (isEcho ? 'message_echoes' : 'messages');

export const missingCustomer = ({ isEcho }: Sent): Unreadable =>
  missing(isEcho ? 'to and to_user_id' : 'from and from_user_id');

/** The key of a message that is no message in a conversation: its id, else what it holds. */
export function eventKey(kind: string, field: string, { id, message, place }: Sent): string {
  return id === undefined ? elementKey(place, field, message, asTime(message.timestamp)) : dedupKey(kind, id);
}
