import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { BulkPace } from './bulk-pace';

/** How fast campaigns send on channels where something spoke against the whole rate. No row: as fast as the channel. */
@Injectable()
export class BulkRatesRepository {
  constructor(private readonly database: Database) {}

  async find(channelId: string): Promise<BulkPace | undefined> {
    const { rows } = await this.database.query<BulkPace>({
      name: 'bulk-rates-find',
      text: `select pace, since, next_slot as "nextSlot" from bulk_rates where channel_id = $1`,
      values: [channelId],
    });
    return rows[0];
  }

  /** As `find`, locked until the transaction ends; made where there is none. */
  async lock(channelId: string, workspaceId: string, now: Date): Promise<BulkPace> {
    const { rows } = await this.database.query<BulkPace>({
      name: 'bulk-rates-lock',
      text: `
        insert into bulk_rates as b (channel_id, workspace_id, pace, since, next_slot) values ($1, $2, 1, $3::timestamptz, $3::timestamptz)
        on conflict (channel_id) do update set pace = b.pace
        returning pace, since, next_slot as "nextSlot"`,
      values: [channelId, workspaceId, now],
    });
    return rows[0]!;
  }

  async save(channelId: string, { pace, since, nextSlot }: BulkPace): Promise<void> {
    await this.database.query({
      name: 'bulk-rates-save',
      text: `update bulk_rates set pace = $2, since = $3::timestamptz, next_slot = $4::timestamptz where channel_id = $1`,
      values: [channelId, pace, since, nextSlot],
    });
  }
}
