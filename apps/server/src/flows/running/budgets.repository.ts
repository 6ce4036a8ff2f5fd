import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

/** How many messages flows have sent to whom within this hour. */
@Injectable()
export class BudgetsRepository {
  constructor(private readonly database: Database) {}

  /** Counts one message more; false where that would be too many. */
  async spend(contactId: string, now: Date, most: number): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'flow-budgets-spend',
      text: `
        insert into flow_budgets as b (contact_id, hour, sent) values ($1, date_trunc('hour', $2::timestamptz), 1)
        on conflict (contact_id, hour) do update set sent = b.sent + 1 where b.sent < $3`,
      values: [contactId, now, most],
    });
    return rowCount === 1;
  }

  /** Served by flow_budgets_hour. */
  async prune(now: Date): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from flow_budgets where hour < $1::timestamptz - interval '1 hour'`,
      [now],
    );
    return rowCount ?? 0;
  }
}
