import type { MetaErrorContent } from './content';

export interface TemplateEffect {
  kind: 'template';
  change: 'status' | 'quality' | 'category' | 'components';
  templateId?: string;
  name?: string;
  language?: string;
  /** Meta's word: `APPROVED`, `REJECTED`, `PENDING`, `PAUSED`, `DISABLED`, `FLAGGED`, … */
  status?: string;
  /** Meta's word (`INVALID_FORMAT`, …); absent where it gives `NONE`. */
  reason?: string;
  /** Meta's sentences on a rejection and what to do, or on a pause. */
  explanation?: string;
  recommendation?: string;
  category?: string;
  previousCategory?: string;
  /** What Meta would have it be, or will make of it. */
  correctCategory?: string;
  /** Milliseconds since the epoch: when the category changes. */
  categoryChangesAt?: number;
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
  quality?: string;
  previousQuality?: string;
  components?: { header?: string; body?: string; footer?: string; buttons?: unknown };
  at: number;
}

/** Something about the business account as a whole, or about a page under policy. */
export interface AccountEffect {
  kind: 'account';
  change:
    | 'update'
    | 'alert'
    | 'review'
    | 'settings'
    | 'capability'
    | 'security'
    | 'flow'
    | 'partner_solution'
    | 'payment_configuration'
    | 'policy';
  /** Meta's word: `ACCOUNT_RESTRICTION`, `PARTNER_REMOVED`, the decision of a review, the action of a policy … */
  event?: string;
  /** What an alert is about, by Meta's kind and id. */
  entity?: { type?: string; id?: string };
  severity?: string;
  reason?: string;
  /** Business-initiated conversations a day; `null` = unlimited. */
  dailyLimit?: number | string | null;
  /** Meta's object as it came. */
  details: unknown;
  at: number;
}

export interface PhoneNumberEffect {
  kind: 'phone_number';
  change: 'quality' | 'name' | 'username' | 'settings';
  /** As shown to customers. Meta names no id in these fields. */
  displayNumber?: string;
  /** quality: `FLAGGED`, `UNFLAGGED`, `ONBOARDING`, `UPGRADE`, `DOWNGRADE`, `THROUGHPUT_UPGRADE`, … */
  event?: string;
  /** `TIER_250`, `TIER_2K`, `TIER_10K`, `TIER_100K`, `TIER_UNLIMITED`, or a number. */
  limit?: string;
  previousLimit?: string;
  /** name: `APPROVED`, `REJECTED`, `DEFERRED`. */
  decision?: string;
  verifiedName?: string;
  reason?: string;
  username?: string;
  /** username: `approved`, `reserved`, `deleted`, … */
  status?: string;
  /** settings: Meta's object as it came. */
  settings?: unknown;
  at: number;
}

/** An error of Meta's that belongs to no message. */
export interface ErrorEffect {
  kind: 'error';
  errors: MetaErrorContent[];
  at: number;
}
