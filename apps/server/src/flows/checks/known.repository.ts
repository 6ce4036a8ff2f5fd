import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

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

  /** What each flow calls, and whether it may be called, as it would run: as it was published, else its draft. */
  async flows(workspaceId: string): Promise<{ id: string; callable: boolean; calls: string[] }[]> {
    // Taken out of the definitions in the database: all of a workspace's together may be large.
    const { rows } = await this.database.query<{ id: string; callable: boolean; calls: string[] }>(
      `select f.id, exists (select 1 from json_array_elements(d.definition -> 'triggers') t where t ->> 'on' = 'flow') as callable,
              array(select s.value ->> 'flow' from json_each(d.definition -> 'steps') s where s.value ->> 'do' = 'call') as calls
         from flows f left join flow_versions v on v.id = f.version_id
              cross join lateral (select coalesce(v.definition, f.draft) as definition) d
        where f.workspace_id = $1`,
      [workspaceId],
    );
    return rows;
  }
}
