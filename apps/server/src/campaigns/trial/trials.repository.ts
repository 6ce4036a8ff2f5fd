import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type CampaignRow, campaignColumns, type Decision, theRest } from '../campaign-row';

/** What campaigns try, and who is waiting for it. */
@Injectable()
export class TrialsRepository {
  constructor(private readonly database: Database) {}

  /** Campaigns that run and whose trial is over. Served by campaigns_active. */
  async due(now: Date): Promise<{ id: string; workspaceId: string }[]> {
    const { rows } = await this.database.query<{ id: string; workspaceId: string }>({
      name: 'campaign-trials-due',
      text: `
        select c.id, c.workspace_id as "workspaceId" from campaigns c
         where c.status = 'running' and c.decision is null and c.decide_at <= $1::timestamptz`,
      values: [now],
    });
    return rows;
  }

  /** A campaign that is undecided, held against whoever else decides or moves it. */
  async lock(workspaceId: string, id: string): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>({
      name: 'campaign-trials-lock',
      text: `
        select ${campaignColumns('c')} from campaigns c
         where c.workspace_id = $1 and c.id = $2 and c.status in ('running', 'paused') and c.decide_at is not null and c.decision is null
           for update`,
      values: [workspaceId, id],
    });
    return rows[0];
  }

  async decide(id: string, decision: Decision): Promise<void> {
    await this.database.query({
      name: 'campaign-trials-decide',
      text: `update campaigns set decision = $2::json, updated_at = $3::timestamptz where id = $1`,
      values: [id, JSON.stringify(decision), decision.at],
    });
  }

  /** Gives the rest what was decided. Whoever waited for nothing else is due now; a time of their own that is to come stays. */
  async give(id: string, variant: string, decideAt: Date, now: Date): Promise<void> {
    await this.database.query({
      name: 'campaign-trials-give',
      text: `
        update campaign_recipients set variant = $2, due_at = case when due_at <= $3::timestamptz then $4::timestamptz else due_at end
         where campaign_id = $1 and variant = '${theRest}'`,
      values: [id, variant, decideAt, now],
    });
  }
}
