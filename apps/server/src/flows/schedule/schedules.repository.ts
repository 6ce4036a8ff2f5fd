import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type ContactCondition, Parameters } from '../../contacts';

/** A time that a schedule has come to. */
export interface Tick {
  flowId: string;
  trigger: number;
  at: Date;
  workspaceId: string;
  versionId: string;
  after: string | null;
}

/** Times of schedules, each begun once, and whom they are for. */
@Injectable()
export class SchedulesRepository {
  constructor(private readonly database: Database) {}

  /** Those that are there already are left as they are: whoever is first has begun them. */
  async add(ticks: readonly Omit<Tick, 'after'>[]): Promise<number> {
    if (ticks.length === 0) return 0;
    const { rowCount } = await this.database.query({
      name: 'flow-ticks-add',
      text: `
        insert into flow_ticks (flow_id, trigger, at, workspace_id, version_id)
        select n."flowId", n.trigger, n.at, n."workspaceId", n."versionId"
          from json_to_recordset($1::json) as n("flowId" uuid, trigger smallint, at timestamptz, "workspaceId" uuid, "versionId" uuid)
        on conflict do nothing`,
      values: [JSON.stringify(ticks)],
    });
    return rowCount ?? 0;
  }

  /** One that is not done, and none of those to be passed, locked. Served by flow_ticks_open. */
  async open(passed: readonly Tick[]): Promise<Tick | undefined> {
    const { rows } = await this.database.query<Tick>({
      name: 'flow-ticks-open',
      text: `
        select flow_id as "flowId", trigger, at, workspace_id as "workspaceId", version_id as "versionId", after
          from flow_ticks t where done_at is null and not exists (
            select 1 from json_to_recordset($1::json) as n("flowId" uuid, trigger smallint, at timestamptz)
             where n."flowId" = t.flow_id and n.trigger = t.trigger and n.at = t.at)
         order by at limit 1 for update of t skip locked`,
      values: [JSON.stringify(passed)],
    });
    return rows[0];
  }

  /** @param doneAt null: there are more to begin */
  async advance({ flowId, trigger, at }: Tick, after: string | null, doneAt: Date | null): Promise<void> {
    await this.database.query({
      name: 'flow-ticks-advance',
      text: 'update flow_ticks set after = coalesce($4, after), done_at = $5::timestamptz where flow_id = $1 and trigger = $2 and at = $3::timestamptz',
      values: [flowId, trigger, at, after, doneAt],
    });
  }

  async prune(before: Date): Promise<number> {
    const { rowCount } = await this.database.query(
      'delete from flow_ticks where done_at is not null and at < $1::timestamptz',
      [before],
    );
    return rowCount ?? 0;
  }

  /** Contacts of any of the segments or with any of the tags, after one, in ascending order of their ids. Served by contacts_workspace. */
  async audience(
    workspaceId: string,
    { segments, tags }: { segments: readonly ContactCondition[]; tags: readonly string[] },
    after: string | null,
    most: number,
  ): Promise<string[]> {
    const parameters = new Parameters();
    const where = [`c.workspace_id = ${parameters.add(workspaceId, 'uuid')}`, 'c.erased_at is null'];
    if (after) where.push(`c.id > ${parameters.add(after, 'uuid')}`);
    const any = segments.map((segment) => segment(parameters));
    if (tags.length > 0) {
      const names = parameters.add(
        tags.map((name) => name.toLowerCase()),
        'text[]',
      );
      any.push(
        `exists (select 1 from contact_taggings g join contact_tags t on t.id = g.tag_id where g.contact_id = c.id and lower(t.name) = any(${names}))`,
      );
    }
    if (any.length === 0) return [];
    const { rows } = await this.database.query<{ id: string }>(
      `select c.id from contacts c where ${where.join(' and ')} and (${any.join(' or ')}) order by c.id limit ${parameters.add(most, 'int')}`,
      parameters.values,
    );
    return rows.map(({ id }) => id);
  }
}
