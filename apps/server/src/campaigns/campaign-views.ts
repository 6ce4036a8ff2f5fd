import type { ExclusionReason } from '@switchboard/contracts';
import type { CampaignWithTally } from './campaigns.repository';
import type { CampaignDto } from './dto/campaign.dto';
import type { RecipientDto } from './dto/recipient.dto';
import { countsOf, exclusionsOf, failuresOf } from './progress/tally';
import type { RecipientRow } from './recipients.repository';

export function campaignView({ tally, ...row }: CampaignWithTally): CampaignDto {
  const {
    id,
    name,
    channelId,
    status,
    reason,
    audience,
    variants,
    consent,
    failureRatio,
    attributionHours,
    createdBy,
  } = row;
  return {
    ...{ id, name, channelId, status, reason, audience, variants, consent },
    // A real of the database has seven digits.
    failureRatio: failureRatio === null ? null : Math.round(failureRatio * 1e6) / 1e6,
    ...{ attributionHours, createdBy, schedule: row.schedule },
    ...{ trial: row.trial, decideAt: row.decideAt?.toISOString() ?? null, decision: row.decision },
    startsAt: row.startsAt?.toISOString() ?? null,
    counts: tally && countsOf(tally),
    failures: tally ? failuresOf(tally) : [],
    exclusions: tally ? exclusionsOf(tally) : {},
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

export function recipientView({ reason, dueAt, queuedAt, repliedAt, ...row }: RecipientRow): RecipientDto {
  return {
    ...row,
    reason: reason as ExclusionReason | null,
    dueAt: dueAt.toISOString(),
    queuedAt: queuedAt?.toISOString() ?? null,
    repliedAt: repliedAt?.toISOString() ?? null,
  };
}
