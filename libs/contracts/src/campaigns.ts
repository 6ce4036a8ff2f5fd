export const campaignStatuses = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'completed',
  'cancelled',
  'failed',
] as const;
export type CampaignStatus = (typeof campaignStatuses)[number];

/**
 * Where one recipient of a campaign stands. `pending`: waits for its turn. `queued` to `failed`: as the message to them. `excluded`: was
 * never to be sent to, with the reason. `cancelled`: the campaign was, before their turn.
 */
export const recipientStates = [
  'pending',
  'queued',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'cancelled',
  'excluded',
] as const;
export type RecipientState = (typeof recipientStates)[number];

/** Why somebody of the audience is sent nothing. */
export const exclusionReasons = [
  'opted_out',
  'not_opted_in',
  'no_identity',
  'needs_phone',
  'window_closed',
  'duplicate',
  'missing_value',
  'invalid',
  'gone',
] as const;
export type ExclusionReason = (typeof exclusionReasons)[number];

/** Recipients by state: each counts once, and all of them are `total`. `replied` counts beside that. */
export interface CampaignCounts {
  total: number;
  pending: number;
  queued: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  unknown: number;
  cancelled: number;
  excluded: number;
  /** Wrote after they were sent to, within the campaign's attribution window. */
  replied: number;
}

/** Messages of a campaign that failed for one reason. */
export interface CampaignFailure {
  /** Meta's; `null` where the failure is not of Meta. */
  code: number | null;
  /** The class of it, as in `error.reason` of a message. */
  reason: string;
  /** The words of the first one. */
  message: string;
  count: number;
}

/** What is told of a campaign: where it stands. */
export interface CampaignData {
  campaignId: string;
  channelId: string;
  name: string;
  status: CampaignStatus;
  counts: CampaignCounts;
  failures: CampaignFailure[];
  /** Messages handed to Meta in a second, over the last few; 0 while nothing leaves. */
  ratePerSecond: number;
  /** Until the last has left, seconds at the present rate; `null` where nothing leaves. */
  etaSeconds: number | null;
}

/** Why a campaign stands still or has ended. */
export interface CampaignReason {
  /** `by_hand`, or what stopped it by itself: `channel_disconnected`, `template`, `failure_ratio`, `quality`, `invalid` … */
  code: string;
  /** For people, with the remedy. */
  message: string;
}
