import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import { and, eq } from 'drizzle-orm';

/** Where a run goes on: the next page of conversations, and conversations of which a page was not enough. */
export interface BackfillPosition {
  after?: string;
  deep?: { id: string; after: string }[];
  /** The newest message seen so far, milliseconds since the epoch. */
  newest?: number;
}

export type BackfillRow = Omit<typeof schema.channelBackfills.$inferSelect, 'position'> & {
  position: BackfillPosition;
};

const { channelBackfills: b } = schema;

@Injectable()
export class BackfillRepository {
  constructor(private readonly database: Database) {}

  /**
   * Begins a run for a page or Instagram account: back to where everything is known, or, the first time and where `whole`, over the whole
   * period. One that is running goes on.
   */
  async begin(channelId: string, periodMs: number, whole: boolean): Promise<void> {
    await this.database.query({
      name: 'backfill-begin',
      text: `
        insert into channel_backfills as b (channel_id, workspace_id, state, next_at, since, position, started_at)
        select c.id, c.workspace_id, 'running', now(), now() - $2::float8 * interval '1 ms', '{}', now() from channels c
         where c.id = $1 and c.platform in ('messenger', 'instagram') and c.released_at is null
        on conflict (channel_id) do update set state = 'running', position = '{}', conversations = 0, messages = 0,
          attempts = 0, problem = null, started_at = now(), next_at = greatest(now(), b.finished_at + interval '1 s'),
          since = case when $3::boolean then excluded.since else coalesce(b.covered_until - interval '20 minutes', excluded.since) end
         where b.state = 'idle'`,
      values: [channelId, periodMs, whole],
    });
  }

  /** Takes channels whose next call may be made; nobody else is given them for `leaseMs`. Served by channel_backfills_next. */
  async take(most: number, leaseMs: number): Promise<BackfillRow[]> {
    const { rows } = await this.database.query<{ channelId: string }>({
      name: 'backfill-take',
      text: `
        update channel_backfills b set next_at = now() + $2::float8 * interval '1 ms'
         where b.channel_id in (
           select d.channel_id from channel_backfills d join channels c on c.id = d.channel_id and c.status in ('connected', 'reconnecting')
             join channel_credentials k on k.channel_id = d.channel_id
            where d.next_at <= now() order by d.next_at limit $1 for update of d skip locked)
        returning b.channel_id as "channelId", b.workspace_id as "workspaceId", b.state, b.next_at as "nextAt", b.since,
          b.covered_until as "coveredUntil", b.silent_since as "silentSince", b.newest_seen as "newestSeen", b.position, b.conversations, b.messages, b.attempts, b.problem,
          b.started_at as "startedAt", b.finished_at as "finishedAt"`,
      values: [most, leaseMs],
    });
    return rows as unknown as BackfillRow[];
  }

  async save(row: BackfillRow, nextInMs: number): Promise<void> {
    const { channelId, workspaceId: _, ...changed } = row;
    await this.database.orm
      .update(b)
      .set({ ...changed, nextAt: new Date(Date.now() + nextInMs) })
      .where(eq(b.channelId, channelId));
  }

  async of(workspaceId: string, channelId: string): Promise<BackfillRow | undefined> {
    const [row] = await this.database.orm
      .select()
      .from(b)
      .where(and(eq(b.workspaceId, workspaceId), eq(b.channelId, channelId)));
    return row as BackfillRow | undefined;
  }

  /** Which of these messages are stored. Served by messages_platform_id. */
  async known(channelId: string, platformMessageIds: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'backfill-known',
      text: `
        select m.platform_message_id as id from unnest($2::text[]) as n(id)
          join messages m on m.channel_id = $1 and m.platform_message_id = n.id`,
      values: [channelId, platformMessageIds],
    });
    return new Set(rows.map(({ id }) => id));
  }
}
