import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { FlowDefinition } from '@switchboard/flows';

/** What a workspace has that flows may name. */
export interface KnownRow {
  channels: { id: string; platform: 'whatsapp' | 'messenger' | 'instagram' }[];
  users: string[];
  labels: string[];
  tags: string[];
  segments: string[];
  campaigns: string[];
  secrets: string[];
}

@Injectable()
export class KnownRepository {
  constructor(private readonly database: Database) {}

  /** Of campaigns and contacts there may be many: of campaigns those that are named. */
  async known(workspaceId: string, campaignIds: readonly string[]): Promise<KnownRow> {
    const { rows } = await this.database.query<KnownRow>(
      `select
         (select coalesce(json_agg(json_build_object('id', id, 'platform', platform)), '[]') from channels where workspace_id = $1) as channels,
         array(select user_id::text from memberships where workspace_id = $1) as users,
         array(select id::text from labels where workspace_id = $1 and deleted_at is null) as labels,
         array(select name from contact_tags where workspace_id = $1) as tags,
         array(select id::text from contact_segments where workspace_id = $1) as segments,
         array(select id::text from campaigns where workspace_id = $1 and id = any($2::uuid[])) as campaigns,
         array(select name from flow_secrets where workspace_id = $1) as secrets`,
      [workspaceId, campaignIds],
    );
    return rows[0]!;
  }

  /** Each flow as it would run: as it was published, else its draft. */
  async flows(workspaceId: string): Promise<{ id: string; definition: FlowDefinition }[]> {
    const { rows } = await this.database.query<{ id: string; definition: FlowDefinition }>(
      `select f.id, coalesce(v.definition, f.draft) as definition from flows f left join flow_versions v on v.id = f.version_id
        where f.workspace_id = $1`,
      [workspaceId],
    );
    return rows;
  }
}
