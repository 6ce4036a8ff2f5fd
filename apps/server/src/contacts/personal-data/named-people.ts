import type { CustomerRef, ItemEffect, PublicAuthor, WebhookItem } from '@switchboard/meta';
import { type ContactIdentity, type IdentityScope, identitiesOf } from '../contact-identities';

/** By what a raw item names somebody. Kinds that no contact has are scoped to the channel. */
export interface ItemIdentity extends Omit<ContactIdentity, 'kind'> {
  kind: Exclude<ContactIdentity['kind'], 'email'> | 'username' | 'message_id' | 'lead_id';
}

/** What Meta writes as an id or a username. Whatever else stands there is nobody's, and an index might refuse it. */
const storable = /^[!-~]{1,200}$/;

/**
 * Whom an item names, each by all their ids in it. An item that names nobody but a message or a lead is found by that: Meta leaves the
 * recipient out of some statuses, and a lead is no more than an id to us.
 */
export function peopleNamed(item: WebhookItem, scope: IdentityScope): ItemIdentity[][] {
  const people = named(toldBy(item), item.accountId, scope);
  return people
    .map((identities) => identities.filter(({ value }) => storable.test(value)))
    .filter((identities) => identities.length > 0);
}

/** What an item tells, or would have done while somebody else answers. */
export const toldBy = ({ effect }: WebhookItem): ItemEffect | undefined =>
  effect.kind === 'standby' ? effect.told : effect;

function named(effect: ItemEffect | undefined, accountId: string | undefined, scope: IdentityScope): ItemIdentity[][] {
  if (effect === undefined) return [];
  if ('customer' in effect) {
    const customer = customerIdentities(effect.customer, scope);
    const before = 'previous' in effect ? customerIdentities(effect.previous, scope) : [];
    if (customer.length + before.length > 0 || !('messageId' in effect) || !effect.messageId)
      return [[...customer, ...before]];
    return [[{ scopeId: scope.channelId, kind: 'message_id', value: effect.messageId }]];
  }
  if (effect.kind === 'group') {
    return [...effect.added, ...effect.removed, ...effect.failed].map((one) => customerIdentities(one, scope));
  }
  if (effect.kind === 'lead') return [[{ scopeId: scope.channelId, kind: 'lead_id', value: effect.leadId }]];
  const from = 'from' in effect ? effect.from : undefined;
  // What the page or account says itself is about nobody.
  return from === undefined || from.id === accountId ? [] : [authorIdentities(from, scope)];
}

const customerIdentities = (customer: CustomerRef, scope: IdentityScope): ItemIdentity[] =>
  identitiesOf(customer, scope) as ItemIdentity[];

/** Instagram names who comments by an id that need not be the one they write under, and by their username. */
export function authorIdentities({ id, username }: PublicAuthor, scope: IdentityScope): ItemIdentity[] {
  const identities = id === undefined ? [] : customerIdentities({ userId: id }, scope);
  return username === undefined
    ? identities
    : [...identities, { scopeId: scope.channelId, kind: 'username', value: username }];
}
