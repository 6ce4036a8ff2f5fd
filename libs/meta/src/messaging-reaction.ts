import { dedupKey } from './dedup-key';
import { missing, noEffect, type Reading, type Unreadable } from './findings';
import { customerMember, type MessagingEvent } from './messaging-event';
import { asId, asText, type JsonObject } from './reading';

/** Meta's names of the reactions that may come without their emoji. */
const emojiOf = new Map([
  ['love', '❤'],
  ['smile', '😆'],
  ['wow', '😮'],
  ['sad', '😢'],
  ['angry', '😠'],
  ['like', '👍'],
  ['yes', '👍'],
  ['dislike', '👎'],
  ['no', '👎'],
]);

/** `unreact` leaves out the emoji on Instagram; an emoji on Messenger's `unreact` says which one went. */
export function readReaction(event: MessagingEvent, reaction: JsonObject): Reading | Unreadable {
  const messageId = asId(reaction.mid);
  if (messageId === undefined) return missing('reaction.mid');
  if (event.customerId === undefined) return missing(customerMember(event));
  const name = asText(reaction.reaction);
  const shown = asText(reaction.emoji) ?? (name === undefined ? undefined : (emojiOf.get(name) ?? name));
  const action = asText(reaction.action) ?? (shown === undefined ? 'unreact' : 'react');
  if (action === 'react' && shown === undefined) return missing('reaction.emoji');
  const removed = action === 'unreact';
  const { sender, customer, outbound, time, at } = event;
  return {
    field: 'message_reactions',
    dedupKey: dedupKey('reaction', messageId, sender?.id, action, shown, time),
    occurredAt: time,
    sender,
    content: { messageId, action, emoji: shown, name },
    effect:
      action === 'react' || removed
        ? {
            kind: 'reaction',
            messageId,
            customer,
            by: outbound ? 'business' : 'customer',
            emoji: removed ? undefined : shown,
            name: removed ? undefined : name,
            at,
          }
        : noEffect,
  };
}
