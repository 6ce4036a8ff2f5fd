import type { CustomerRef, Platform } from '@switchboard/meta';

export const identityKinds = ['wa_user_id', 'wa_id', 'psid', 'igsid', 'email'] as const;
export type IdentityKind = (typeof identityKinds)[number];

/** Kinds whose values mean a person only within one channel. */
export const isChannelScoped = (kind: IdentityKind): boolean => kind === 'psid' || kind === 'igsid';

/** One way in which a contact is known. */
export interface ContactIdentity {
  scopeId: string;
  kind: IdentityKind;
  value: string;
}

export interface IdentityScope {
  workspaceId: string;
  channelId: string;
  platform: Platform;
}

/**
 * A customer's identities, the steadier first: WhatsApp's user id outlives a change of number. WhatsApp's ids mean the same
 * person on every number of a workspace; Messenger's and Instagram's are scoped to the page or account.
 */
export function identitiesOf(customer: CustomerRef, scope: IdentityScope): ContactIdentity[] {
  if (scope.platform !== 'whatsapp') {
    const kind = scope.platform === 'messenger' ? 'psid' : 'igsid';
    return customer.userId ? [{ scopeId: scope.channelId, kind, value: customer.userId }] : [];
  }
  const identities: ContactIdentity[] = [];
  if (customer.userId) identities.push({ scopeId: scope.workspaceId, kind: 'wa_user_id', value: customer.userId });
  if (customer.waId) identities.push({ scopeId: scope.workspaceId, kind: 'wa_id', value: customer.waId });
  return identities;
}

export const identityKey = (identity: ContactIdentity): string =>
  `${identity.scopeId} ${identity.kind} ${identity.value}`;
