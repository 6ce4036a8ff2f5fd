import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

/** Conversations that a person has taken over. */
@Injectable()
export class HoldsRepository {
  constructor(private readonly database: Database) {}

  /** A later end takes the place of an earlier one. */
  async hold(holds: readonly { conversationId: string; workspaceId: string; until: Date }[]): Promise<void> {
    if (holds.length === 0) return;
    await this.database.query({
      name: 'flow-holds-hold',
      text: `
        insert into flow_holds as h (conversation_id, workspace_id, until)
        select n."conversationId", n."workspaceId", max(n.until)
          from json_to_recordset($1::json) as n("conversationId" uuid, "workspaceId" uuid, until timestamptz) group by 1, 2 order by 1
        on conflict (conversation_id) do update set until = greatest(h.until, excluded.until)`,
      values: [JSON.stringify(holds)],
    });
  }

  async release(conversationIds: readonly string[]): Promise<void> {
    if (conversationIds.length === 0) return;
    await this.database.query({
      name: 'flow-holds-release',
      text: 'delete from flow_holds where conversation_id = any($1::uuid[])',
      values: [conversationIds],
    });
  }

  /** Which of these a person has now. */
  async held(conversationIds: readonly string[], now: Date): Promise<Set<string>> {
    if (conversationIds.length === 0) return new Set();
    const { rows } = await this.database.query<{ id: string }>({
      name: 'flow-holds-held',
      text: 'select conversation_id as id from flow_holds where conversation_id = any($1::uuid[]) and until > $2::timestamptz',
      values: [conversationIds, now],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Forgets those that are over. Served by flow_holds_until. */
  async prune(now: Date): Promise<number> {
    const { rowCount } = await this.database.query('delete from flow_holds where until < $1::timestamptz', [now]);
    return rowCount ?? 0;
  }
}
