import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { DataSubject } from './personal-data-sources';

export interface RawItem {
  id: string;
  kind: string;
  /** JSON text. */
  raw: string;
}

/**
 * By what items may name a person who was no contact when they came: their identities, what Instagram calls them, their messages, and ids
 * of leads where the contact has one as an attribute. `$1`: the workspace, `$2`: the contacts.
 */
const identities = `
  select i.scope_id, i.kind, i.value from contact_identities i where i.contact_id = any($2::uuid[])
  union
  select p.channel_id, 'username', p.username
    from contact_identities i join contact_profiles p on p.channel_id = i.scope_id and p.customer = i.value
   where i.contact_id = any($2::uuid[]) and i.kind in ('psid', 'igsid') and p.username is not null
  union
  select m.channel_id, 'message_id', m.platform_message_id
    from conversations v join messages m on m.conversation_id = v.id
   where v.workspace_id = $1 and v.contact_id = any($2::uuid[]) and m.channel_id is not null and m.platform_message_id is not null
  union
  select h.id, 'lead_id', a.value
    from contacts c cross join lateral jsonb_each_text(c.attributes) a join channels h on h.workspace_id = c.workspace_id
   where c.workspace_id = $1 and c.id = any($2::uuid[])`;

/** A person's raw webhook items, and the bodies they came in. */
@Injectable()
export class PersonalItemsRepository {
  constructor(private readonly database: Database) {}

  /** Those that no contact stands beside. Served by the primary key of webhook_item_identities, for each identity. */
  async identified({ workspaceId, contactIds }: DataSubject): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select distinct n.item_id as id from (${identities}) p
         join webhook_item_identities n on n.scope_id = p.scope_id and n.kind = p.kind and n.value = p.value`,
      [workspaceId, contactIds],
    );
    return rows.map(({ id }) => id);
  }

  /** The same, which are not to be found so any more. */
  async takeIdentified({ workspaceId, contactIds }: DataSubject): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `delete from webhook_item_identities n using (${identities}) p
        where n.scope_id = p.scope_id and n.kind = p.kind and n.value = p.value returning n.item_id as id`,
      [workspaceId, contactIds],
    );
    return rows.map(({ id }) => id);
  }

  /** By the primary key of webhook_item_contacts. @param identified what `identified` has found */
  async page(
    { workspaceId, contactIds }: DataSubject,
    identified: readonly string[],
    after: string | undefined,
    limit: number,
  ): Promise<{ id: string; raw: string }[]> {
    const { rows } = await this.database.query<{ id: string; raw: string }>(
      `select i.id, i.channel_id as "channelId", i.field, i.kind, i.received_at as "receivedAt", i.raw
         from (select item_id from webhook_item_contacts where contact_id = any($2::uuid[]) union select unnest($5::uuid[])) w
         join webhook_items i on i.id = w.item_id
        where i.workspace_id = $1 and ($3::uuid is null or i.id > $3) order by i.id limit $4`,
      [workspaceId, contactIds, after ?? null, limit, identified],
    );
    return rows;
  }

  /** The next in the order in which they came. By the primary key of webhook_item_contacts, no further than asked. */
  async next({ contactIds }: DataSubject, after: string | undefined, limit: number): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select distinct w.item_id as id from unnest($1::uuid[]) as c(id) cross join lateral (
         select item_id from webhook_item_contacts
          where contact_id = c.id and ($2::uuid is null or item_id > $2) order by item_id limit $3) w
        order by 1 limit $3`,
      [contactIds, after ?? null, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Those that still say something, locked: items before bodies, as a replay locks them. */
  async lock(
    ids: readonly string[],
    workspaceId?: string,
  ): Promise<(RawItem & { deliveryId: number; path: string })[]> {
    const { rows } = await this.database.query<RawItem & { deliveryId: number; path: string }>(
      `select id, kind, raw, delivery_id as "deliveryId", path from webhook_items
        where id = any($1::uuid[]) and ($2::uuid is null or workspace_id = $2) and raw <> '{}' order by id for update`,
      [ids, workspaceId ?? null],
    );
    return rows;
  }

  /** Served by the primary key. */
  async repeats(itemIds: readonly string[]): Promise<{ id: string; deliveryId: number; path: string }[]> {
    const { rows } = await this.database.query<{ id: string; deliveryId: number; path: string }>(
      `select item_id as id, delivery_id as "deliveryId", path from webhook_item_repeats where item_id = any($1::uuid[])`,
      [itemIds],
    );
    return rows;
  }

  async forgetRepeats(itemIds: readonly string[]): Promise<void> {
    await this.database.query(`delete from webhook_item_repeats where item_id = any($1::uuid[])`, [itemIds]);
  }

  /** Of all their items. By the primary keys of webhook_item_contacts and webhook_item_repeats. */
  async repeatsOf({
    workspaceId,
    contactIds,
  }: DataSubject): Promise<{ kind: string; deliveryId: number; path: string }[]> {
    const { rows } = await this.database.query<{ kind: string; deliveryId: number; path: string }>(
      `select i.kind, r.delivery_id as "deliveryId", r.path
         from webhook_item_contacts w join webhook_item_repeats r on r.item_id = w.item_id join webhook_items i on i.id = r.item_id
        where w.contact_id = any($2::uuid[]) and i.workspace_id = $1`,
      [workspaceId, contactIds],
    );
    return rows;
  }

  async lockBodies(ids: readonly number[]): Promise<{ id: number; body: Buffer }[]> {
    const { rows } = await this.database.query<{ id: number; body: Buffer }>(
      `select id, body from webhook_deliveries where id = any($1::bigint[]) order by id for update`,
      [ids],
    );
    return rows.map(({ id, body }) => ({ id, body: Buffer.from(body) }));
  }

  async rewriteBodies(bodies: readonly { id: number; body: Buffer }[]): Promise<void> {
    if (bodies.length === 0) return;
    await this.database.query(
      `update webhook_deliveries d set body = decode(n.body, 'base64') from unnest($1::bigint[], $2::text[]) as n(id, body) where d.id = n.id`,
      [bodies.map(({ id }) => id), bodies.map(({ body }) => body.toString('base64'))],
    );
  }

  /** Their keys stay: what Meta repeats is not new. */
  async erase(items: readonly { id: string; raw: string }[]): Promise<void> {
    await this.database.query(
      `update webhook_items i set raw = n.raw from unnest($1::uuid[], $2::text[]) as n(id, raw) where i.id = n.id`,
      [items.map(({ id }) => id), items.map(({ raw }) => raw)],
    );
  }
}
