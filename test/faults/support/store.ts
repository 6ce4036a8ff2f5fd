import { Client } from 'pg';
import type { LoggedEvent, StoredItem, StoredMessage } from './oracle';

/** Looks into the database past the application. A connection for each question: faults break them. */
export class Store {
  constructor(private readonly url: string) {}

  async rows<R>(text: string, values: unknown[] = []): Promise<R[]> {
    const client = new Client({ connectionString: this.url });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows as R[];
    } finally {
      await client.end();
    }
  }

  async number(text: string, values: unknown[] = []): Promise<number> {
    const [row] = await this.rows<{ n: string }>(`select (${text}) as n`, values);
    return Number(row!.n);
  }

  /** Runs a statement and keeps its locks until the returned function is called. */
  async hold(text: string, values: unknown[] = []): Promise<() => Promise<void>> {
    const client = new Client({ connectionString: this.url });
    await client.connect();
    await client.query('begin');
    await client.query(text, values);
    return async () => {
      await client.query('commit');
      await client.end();
    };
  }

  /** Backends whose statement mentions `table` and waits for a lock. */
  async waitingFor(table: string): Promise<number[]> {
    const rows = await this.rows<{ pid: number }>(
      `select pid from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock' and query ilike '%' || $1 || '%'`,
      [table],
    );
    return rows.map(({ pid }) => pid);
  }

  /** Of these backends, those that have not finished their statement. */
  async busy(pids: readonly number[]): Promise<number> {
    return this.number(`select count(*) from pg_stat_activity where pid = any($1) and state = 'active'`, [pids]);
  }

  /** Webhooks committed. */
  deliveries(): Promise<number> {
    return this.number('select count(*) from webhook_deliveries');
  }

  /** Webhooks committed and not taken in. */
  pending(): Promise<number> {
    return this.number('select count(*) from webhook_pending');
  }

  head(workspaceId: string): Promise<number> {
    return this.number('select head from workspace_heads where workspace_id = $1', [workspaceId]);
  }

  async events(workspaceId: string): Promise<LoggedEvent[]> {
    const rows = await this.rows<LoggedEvent>(
      `select sequence, type, id, field, audience, item_id as "itemId", coalesce(data->'message'->>'id', data->>'messageId') as "messageId"
         from events where workspace_id = $1 order by sequence`,
      [workspaceId],
    );
    return rows.map((row) => ({ ...row, sequence: Number(row.sequence) }));
  }

  async items(workspaceId: string): Promise<StoredItem[]> {
    const rows = await this.rows<{ id: string; raw: string; state: string }>(
      'select id, raw, state from webhook_items where workspace_id = $1',
      [workspaceId],
    );
    return rows.map(({ id, raw, state }) => ({ id, state, element: elementOf(JSON.parse(raw)) }));
  }

  messages(workspaceId: string): Promise<StoredMessage[]> {
    return this.rows<StoredMessage>(
      `select m.id, c.external_id as "accountId", m.platform_message_id as "messageId", m.direction, m.status,
              m.deleted_at is not null as deleted
         from messages m join channels c on c.id = m.channel_id where m.workspace_id = $1`,
      [workspaceId],
    );
  }
}

/** The element itself, without what is kept of its surroundings. */
function elementOf(raw: Record<string, unknown>): string {
  for (const list of ['messages', 'statuses', 'message_echoes']) {
    if (Array.isArray(raw[list])) return JSON.stringify(raw[list][0]);
  }
  return JSON.stringify('field' in raw && 'value' in raw ? raw.value : raw);
}
