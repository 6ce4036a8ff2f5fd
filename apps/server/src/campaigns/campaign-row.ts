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
  /** A campaign, for those to whom its message failed. */
  failedOf?: string | undefined;
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
  ${t}.consent, ${t}.schedule, ${t}.starts_at as "startsAt", ${t}.failure_ratio as "failureRatio",
  ${t}.attribution_hours as "attributionHours", ${t}.quality_before as "qualityBefore", ${t}.retry_of as "retryOf",
  ${t}.created_by as "createdBy", ${t}.created_at as "createdAt", ${t}.updated_at as "updatedAt", ${t}.started_at as "startedAt",
  ${t}.finished_at as "finishedAt"`;
