import { Injectable } from '@nestjs/common';
import type { CampaignReason, CampaignStatus } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import {
  type Audience,
  type AudienceParts,
  type CampaignRow,
  campaignColumns,
  type Trial,
  type Variant,
} from './campaign-row';
import type { Tally } from './progress/tally';
import type { Schedule } from './schedule';

export interface CampaignFilter {
  status?: CampaignStatus | undefined;
  channelId?: string | undefined;
  /** The only channels that are seen. */
  channelIds?: readonly string[] | undefined;
}

export type CampaignWithTally = CampaignRow & { tally: Tally | null };

/** A campaign whose time has come. */
export interface DueCampaign {
  id: string;
  workspaceId: string;
}

export interface NewCampaign {
  id: string;
  workspaceId: string;
  channelId: string;
  name: string;
  audience: Audience;
  variants: readonly Variant[];
  consent: 'no_opt_out' | 'opt_in';
  failureRatio: number | null;
  attributionHours: number;
  schedule: Schedule | null;
  trial: Trial | null;
  createdBy: string;
}

const withTally = `${campaignColumns('c')}, p.tally from campaigns c left join campaign_progress p on p.campaign_id = c.id`;

/** Campaigns as REST shows and changes them, always within one workspace; and their transitions, each one statement. */
@Injectable()
export class CampaignsRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by campaigns_list. */
  async list(
    workspaceId: string,
    { status, channelId, channelIds }: CampaignFilter,
    before: string | undefined,
    limit: number,
  ): Promise<CampaignWithTally[]> {
    const { rows } = await this.database.query<CampaignWithTally>(
      `select ${withTally}
        where c.workspace_id = $1 and ($2::uuid is null or c.id < $2) and ($3::text is null or c.status = $3)
          and ($4::uuid is null or c.channel_id = $4) and ($5::uuid[] is null or c.channel_id = any($5::uuid[]))
        order by c.id desc limit $6`,
      [workspaceId, before ?? null, status ?? null, channelId ?? null, channelIds ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<CampaignWithTally | undefined> {
    const { rows } = await this.database.query<CampaignWithTally>(
      `select ${withTally} where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Locks it until the transaction ends: what it says, whom it is for and its channel stay as they are read. */
  async lock(workspaceId: string, id: string): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>(
      `select ${campaignColumns('c')} from campaigns c where c.workspace_id = $1 and c.id = $2 for update`,
      [workspaceId, id],
    );
    return rows[0];
  }

  async insert(made: NewCampaign): Promise<void> {
    await this.database.query(
      `insert into campaigns (id, workspace_id, channel_id, name, audience, variants, consent, failure_ratio, attribution_hours, created_by, schedule,
         trial)
       values ($1, $2, $3, $4, $5::json, $6::json, $7, $8, $9, $10, $11::json, $12::json)`,
      [
        ...[made.id, made.workspaceId, made.channelId, made.name, JSON.stringify(made.audience)],
        ...[JSON.stringify(made.variants), made.consent, made.failureRatio, made.attributionHours, made.createdBy],
        ...[made.schedule && JSON.stringify(made.schedule), made.trial && JSON.stringify(made.trial)],
      ],
    );
  }

  /** Only of a campaign that has not begun; false otherwise. */
  async change(
    workspaceId: string,
    id: string,
    to: Omit<NewCampaign, 'id' | 'workspaceId' | 'createdBy'>,
  ): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update campaigns set channel_id = $3, name = $4, audience = $5::json, variants = $6::json, consent = $7, failure_ratio = $8,
              attribution_hours = $9, schedule = $10::json, trial = $11::json, updated_at = now()
        where workspace_id = $1 and id = $2 and status = 'draft'`,
      [
        ...[workspaceId, id, to.channelId, to.name, JSON.stringify(to.audience), JSON.stringify(to.variants)],
        ...[to.consent, to.failureRatio, to.attributionHours, to.schedule && JSON.stringify(to.schedule)],
        to.trial && JSON.stringify(to.trial),
      ],
    );
    return rowCount === 1;
  }

  /** Scheduled campaigns whose time has come. Served by campaigns_active. */
  async startDue(now: Date): Promise<DueCampaign[]> {
    const { rows } = await this.database.query<DueCampaign>({
      name: 'campaigns-start-due',
      text: `select id, workspace_id as "workspaceId" from campaigns where status = 'scheduled' and starts_at <= $1::timestamptz order by starts_at`,
      values: [now],
    });
    return rows;
  }

  /** Deletes a campaign that was never started. */
  async remove(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `delete from campaigns where workspace_id = $1 and id = $2 and status = 'draft'`,
      [workspaceId, id],
    );
    return rowCount === 1;
  }

  /**
   * Moves a campaign from one state to another, which one process alone succeeds in: its row is locked until the transaction ends, and
   * whoever comes second finds it moved.
   * @param from states in which it may be
   */
  async move(
    workspaceId: string,
    id: string,
    from: readonly CampaignStatus[],
    to: CampaignStatus,
    {
      reason = null,
      now,
      quality = null,
      startsAt = null,
    }: { reason?: CampaignReason | null; now: Date; quality?: string | null; startsAt?: Date | null },
  ): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>({
      name: 'campaigns-move',
      text: `
        update campaigns c set status = $4, reason = $5::json, updated_at = $6::timestamptz,
               started_at = case when $4 = 'running' then coalesce(c.started_at, $6::timestamptz) else c.started_at end,
               finished_at = case when $4 in ('completed', 'cancelled', 'failed') then $6::timestamptz end,
               quality_before = case when $4 = 'running' then $7 else c.quality_before end, starts_at = $8::timestamptz
         where c.workspace_id = $1 and c.id = $2 and c.status = any($3::text[])
        returning ${campaignColumns('c')}`,
      values: [workspaceId, id, from, to, reason && JSON.stringify(reason), now, quality, startsAt],
    });
    return rows[0];
  }

  /** When what it tries is decided. */
  async decideAt(id: string, at: Date): Promise<void> {
    await this.database.query(`update campaigns set decide_at = $2::timestamptz where id = $1`, [id, at]);
  }

  /** Which of these the workspace has. */
  async held(
    workspaceId: string,
    { segmentIds, tagIds, contactIds, failedOf, importId }: AudienceParts,
  ): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from contact_segments where workspace_id = $1 and id = any($2::uuid[])
       union all select id from contact_tags where workspace_id = $1 and id = any($3::uuid[])
       union all select id from contacts where workspace_id = $1 and id = any($4::uuid[]) and erased_at is null
       union all select id from campaigns where workspace_id = $1 and id = $5
       union all select id from contact_imports where workspace_id = $1 and id = $6 and state <> 'uploading'`,
      [...[workspaceId, segmentIds ?? [], tagIds ?? [], contactIds ?? [], failedOf ?? null], importId ?? null],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
