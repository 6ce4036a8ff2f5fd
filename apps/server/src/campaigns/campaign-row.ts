import type { CampaignReason, CampaignStatus } from '@switchboard/contracts';
import type { Schedule } from './schedule';

/** Whom a campaign is for: whoever is in any of these, but for those in any of `except`. */
export interface Audience extends AudienceParts {
  /** Everybody of the workspace. */
  all?: boolean | undefined;
  except?: AudienceParts | undefined;
}

export interface AudienceParts {
  segmentIds?: string[] | undefined;
  tagIds?: string[] | undefined;
  contactIds?: string[] | undefined;
  /** An import whose rows were kept, for the people in its file. */
  importId?: string | undefined;
  /** A campaign, for those to whom its message failed. */
  failedOf?: string | undefined;
}

/** Variants are tried on a part of the audience, and the rest is sent the better one. */
export interface Trial {
  /** Percent of the audience that they are tried on. */
  share: number;
  decideAfterMinutes: number;
  /** What makes one better: the part that replied, or read. */
  by: 'replied' | 'read';
}

/** What those stand by who are sent what turns out better. No variant is called so. */
export const theRest = '*';

/** What the rest is sent, and who said so. */
export interface Decision {
  variant: string;
  by: 'rule' | 'hand';
  /** ISO 8601. */
  at: string;
}

/** What a part of the audience is sent. */
export interface Variant {
  /** `A`, `B` … */
  key: string;
  /** Percent of the audience. */
  share: number;
  content: Record<string, unknown>;
}

export interface CampaignRow {
  id: string;
  workspaceId: string;
  channelId: string;
  name: string;
  status: CampaignStatus;
  reason: CampaignReason | null;
  audience: Audience;
  variants: Variant[];
  consent: 'no_opt_out' | 'opt_in';
  schedule: Schedule | null;
  trial: Trial | null;
  decideAt: Date | null;
  decision: Decision | null;
  startsAt: Date | null;
  failureRatio: number | null;
  attributionHours: number;
  qualityBefore: string | null;
  retryOf: string | null;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
}

export const campaignColumns = (t: string): string => `
  ${t}.id, ${t}.workspace_id as "workspaceId", ${t}.channel_id as "channelId", ${t}.name, ${t}.status, ${t}.reason, ${t}.audience, ${t}.variants,
  ${t}.consent, ${t}.schedule, ${t}.trial, ${t}.decide_at as "decideAt", ${t}.decision, ${t}.starts_at as "startsAt", ${t}.failure_ratio as "failureRatio",
  ${t}.attribution_hours as "attributionHours", ${t}.quality_before as "qualityBefore", ${t}.retry_of as "retryOf",
  ${t}.created_by as "createdBy", ${t}.created_at as "createdAt", ${t}.updated_at as "updatedAt", ${t}.started_at as "startedAt",
  ${t}.finished_at as "finishedAt"`;

/** Parts of the audience, by what they are sent. */
export const sharesOf = ({ variants, trial }: Pick<CampaignRow, 'variants' | 'trial'>) => ({
  variants,
  tried: trial?.share ?? 100,
});
