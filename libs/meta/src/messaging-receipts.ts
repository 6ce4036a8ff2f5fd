import { dedupKey } from './dedup-key';
import { missing, noEffect, type Reading, type Unreadable } from './findings';
import { customerMember, type MessagingEvent } from './messaging-event';
import { asId, asList, asTime, type JsonObject } from './reading';

/**
 * Instagram names the message that was read, Messenger the time up to which everything was.
 * Where the business itself is the reader, nothing became of its messages.
 */
export function readRead(event: MessagingEvent, read: JsonObject): Reading | Unreadable {
  const { place, customerId, customer } = event;
  if (customerId === undefined) return missing(customerMember(event));
  const isInstagram = place.platform === 'instagram';
  const messageId = asId(read.mid);
  if (!isInstagram || messageId === undefined) return readWatermark(event, read, 'read');
  return {
    field: 'message_seen',
    dedupKey: dedupKey('seen', messageId),
    occurredAt: event.time,
    sender: event.sender,
    content: { messageId },
    effect: event.outbound ? noEffect : { kind: 'seen', customer, messageId, at: event.at },
  };
}

export function readDelivery(event: MessagingEvent, delivery: JsonObject): Reading | Unreadable {
  return readWatermark(event, delivery, 'delivery');
}

function readWatermark(event: MessagingEvent, part: JsonObject, name: 'read' | 'delivery'): Reading | Unreadable {
  const { place, customerId, customer } = event;
  if (customerId === undefined) return missing(customerMember(event));
  const watermark = asTime(part.watermark);
  if (watermark === undefined)
    return missing(place.platform === 'instagram' && name === 'read' ? 'read.mid' : `${name}.watermark`);
  const mids = asList(part.mids).map(asId);
  const messageIds = mids.length === 0 ? undefined : mids.filter((id) => id !== undefined);
  const status = name === 'read' ? 'read' : 'delivered';
  const readField = place.platform === 'instagram' ? 'message_seen' : 'message_reads';
  return {
    field: name === 'read' ? readField : 'message_deliveries',
    dedupKey: dedupKey(name, customerId, event.accountId, watermark),
    occurredAt: event.time,
    sender: event.sender,
    content: { status, watermark },
    effect: event.outbound ? noEffect : { kind: 'watermark', status, customer, watermark, messageIds },
  };
}
