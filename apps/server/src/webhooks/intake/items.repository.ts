import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { IncomingItem } from './incoming-item';

export type ItemState = 'processed' | 'quarantined' | 'unowned';

export interface SettledItem extends IncomingItem {
  state: ItemState;
  workspaceId: string | null;
  channelId: string | null;
}

export interface ItemRow {
  id: string;
  deliveryId: number;
  path: string;
  workspaceId: string | null;
  channelId: string | null;
  platform: string | null;
  accountId: string | null;
  field: string;
  kind: string;
  state: ItemState;
  reason: string | null;
  raw: string;
  receivedAt: Date;
}

export interface ItemFilter {
  /** `null`: the operator's, which no workspace owns. */
  workspaceId: string | null;
  state?: ItemState;
  channelId?: string;
  /** The only channels there are for who asks. */
  channelIds?: readonly string[];
  field?: string;
  before?: string;
  limit: number;
}

const columns = `id, delivery_id as "deliveryId", path, workspace_id as "workspaceId", channel_id as "channelId", platform,
  account_id as "accountId", field, kind, state, reason, raw, received_at as "receivedAt"`;

const maxReason = 500;

@Injectable()
export class ItemsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Adds the items that are new and returns their ids: the unique index on dedup_key decides that an effect happens once.
   * In key order, so that two batches with the same items wait for each other instead of deadlocking.
   */
  async addNew(items: readonly SettledItem[]): Promise<Set<string>> {
    const column = <K extends keyof SettledItem>(key: K) => items.map((item) => item[key]);
    const { rows } = await this.database.query<{ id: string }>({
      name: 'items-add',
      text: `
        insert into webhook_items (id, dedup_key, delivery_id, path, meta_app_id, workspace_id, channel_id, platform, account_id,
          business_account_id, field, kind, state, reason, raw, received_at)
        select * from unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::text[], $5::uuid[], $6::uuid[], $7::uuid[], $8::text[], $9::text[],
          $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::timestamptz[])
          as n(id, dedup_key) order by dedup_key
        on conflict (dedup_key) do nothing
        returning id`,
      values: [
        column('id'),
        column('dedupKey'),
        column('deliveryId'),
        column('path'),
        column('metaAppId'),
        column('workspaceId'),
        column('channelId'),
        column('platform'),
        column('accountId'),
        column('businessAccountId'),
        column('field'),
        column('kind'),
        column('state'),
        items.map((item) => item.reason?.slice(0, maxReason) ?? null),
        column('raw'),
        column('receivedAt'),
      ],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /**
   * Keeps where known items stand once more, and returns those whose first has been erased. Served by webhook_items_dedup.
   */
  async keepRepeats(items: readonly SettledItem[]): Promise<SettledItem[]> {
    const { rows } = await this.database.query<{ position: number }>({
      name: 'items-keep-repeats',
      text: `
        with known as (
          select i.id, i.raw = '{}' as erased, n.delivery_id, n.path, n.position
            from unnest($1::uuid[], $2::bigint[], $3::text[]) with ordinality as n(dedup_key, delivery_id, path, position)
            join webhook_items i on i.dedup_key = n.dedup_key
        ), kept as (
          insert into webhook_item_repeats (item_id, delivery_id, path)
          select id, delivery_id, path from known where not erased on conflict do nothing
        )
        select position::int as position from known where erased order by position`,
      values: [
        items.map((item) => item.dedupKey),
        items.map((item) => item.deliveryId),
        items.map((item) => item.path),
      ],
    });
    return rows.map(({ position }) => items[position - 1]!);
  }

  /** Locks those of the items that are still to be settled. */
  async lockUnsettled(ids: readonly string[]): Promise<{ id: string; deliveryId: number; path: string }[]> {
    const { rows } = await this.database.query(
      `select id, delivery_id as "deliveryId", path from webhook_items
        where id = any($1::uuid[]) and state <> 'processed' order by id for update`,
      [ids],
    );
    return rows;
  }

  async resettle(items: readonly SettledItem[]): Promise<void> {
    await this.database.query(
      `update webhook_items w set state = n.state, reason = n.reason, workspace_id = n.workspace_id, channel_id = n.channel_id
         from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::uuid[]) as n(id, state, reason, workspace_id, channel_id)
        where w.id = n.id`,
      [
        items.map((item) => item.id),
        items.map((item) => item.state),
        items.map((item) => item.reason?.slice(0, maxReason) ?? null),
        items.map((item) => item.workspaceId),
        items.map((item) => item.channelId),
      ],
    );
  }

  /** Items that waited for a channel which exists now. Served by webhook_items_unowned. */
  async owned(limit: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select i.id from webhook_items i
        where i.state = 'unowned' and exists (
          select 1 from channels c where c.meta_app_id = i.meta_app_id and c.platform = i.platform
             and (c.external_id = i.account_id or (i.account_id is null and c.business_account_id = i.business_account_id)))
        order by i.id limit $1`,
      [limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Newest first. Served by webhook_items_workspace, for the operator's by webhook_items_unsettled. */
  async list(filter: ItemFilter): Promise<ItemRow[]> {
    const { rows } = await this.database.query<ItemRow>(
      `select ${columns} from webhook_items
        where ${filter.workspaceId ? 'workspace_id = $1' : `workspace_id is null and state <> 'processed' and $1::uuid is null`}
          and ($2::text is null or state = $2) and ($3::uuid is null or channel_id = $3) and ($4::text is null or field = $4)
          and ($5::uuid is null or id < $5) and ($7::uuid[] is null or channel_id = any($7::uuid[]))
        order by id desc limit $6`,
      [
        filter.workspaceId,
        filter.state ?? null,
        filter.channelId ?? null,
        filter.field ?? null,
        filter.before ?? null,
        filter.limit,
        filter.channelIds ?? null,
      ],
    );
    return rows;
  }

  async find(id: string): Promise<ItemRow | undefined> {
    const { rows } = await this.database.query<ItemRow>(`select ${columns} from webhook_items where id = $1`, [id]);
    return rows[0];
  }
}
