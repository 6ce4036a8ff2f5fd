import type { CustomerRef, MetaErrorContent } from './content';

/** A WhatsApp person goes by other ids from now on, or by the same on another device (`security_code`). */
export interface IdentityChangeEffect {
  kind: 'identity_change';
  change: 'number' | 'user_id' | 'security_code';
  /** As they are known from now on. */
  customer: CustomerRef;
  /** As they were known; empty for `security_code`. */
  previous: { userId?: string; waId?: string };
  at: number;
}

/** The customer's own choice on what they are sent. */
export interface PreferenceEffect {
  kind: 'preference';
  customer: CustomerRef;
  /** Meta's word: `marketing_messages`. */
  category?: string;
  /** `stop`: send no more; `resume`, `signup`: may be sent again. Another word is Meta's own. */
  value?: string;
  detail?: string;
  signupId?: string;
  at: number;
}

/** The address book of the business's phone app (coexistence `smb_app_state_sync`). */
export interface AddressBookEffect {
  kind: 'address_book';
  /** Meta's word: `add` (or changed), `remove`. */
  action?: string;
  customer: CustomerRef;
  at: number;
}

/** A chunk of imported history; its messages are items of their own. */
export interface HistoryEffect {
  kind: 'history';
  /** 0: the first day, 1: up to 90 days, 2: up to 180 days. */
  phase?: number;
  chunk?: number;
  /** Percent of the whole. */
  progress?: number;
  threads: number;
  messages: number;
  /** Code 2593109: the business declined to share it. */
  errors?: MetaErrorContent[];
  at: number;
}

/** Members, settings or life of a WhatsApp group. */
export interface GroupEffect {
  kind: 'group';
  groupId?: string;
  /** Meta's word: `group_create`, `group_participants_add`, `group_suspend`, … */
  change?: string;
  requestId?: string;
  added: CustomerRef[];
  removed: CustomerRef[];
  failed: CustomerRef[];
  errors?: MetaErrorContent[];
  at: number;
}
