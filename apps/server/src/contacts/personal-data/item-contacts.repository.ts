import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql';
import type { ItemIdentity } from './named-people';

export interface ItemContact {
  itemId: string;
  contactId: string;
}

const keepContacts = `
  insert into webhook_item_contacts (contact_id, item_id)
  select * from unnest($1::uuid[], $2::uuid[]) as n(contact_id, item_id) on conflict do nothing`;

/** Whom raw webhook items are about. */
@Injectable()
export class ItemContactsRepository {
  constructor(private readonly database: Database) {}

  /** In the transaction that takes the items in: one statement. */
  async keep(
    contacts: readonly ItemContact[],
    identities: readonly (ItemIdentity & { itemId: string })[] = [],
  ): Promise<void> {
    if (contacts.length + identities.length === 0) return;
    const values = columnsOf(contacts, 'contactId', 'itemId');
    if (identities.length === 0) {
      await this.database.send({ name: 'item-contacts-keep', text: keepContacts, values });
      return;
    }
    await this.database.send({
      name: 'item-people-keep',
      text: `
        with contacts as (${keepContacts})
        insert into webhook_item_identities (scope_id, kind, value, item_id)
        select * from unnest($3::uuid[], $4::text[], $5::text[], $6::uuid[]) as n(scope_id, kind, value, item_id) on conflict do nothing`,
      values: [...values, ...columnsOf(identities, 'scopeId', 'kind', 'value', 'itemId')],
    });
  }

  /**
   * Those of items that are no longer there: ids are in order of time. By the BRIN indexes webhook_item_contacts_item and
   * webhook_item_identities_item, and by the primary key of webhook_item_repeats.
   */
  async prune(): Promise<number> {
    const { rows } = await this.database.query<{ pruned: number }>(
      `with oldest as materialized (select id from webhook_items order by id limit 1),
            contacts as (delete from webhook_item_contacts where item_id < (select id from oldest) returning 1),
            identities as (delete from webhook_item_identities where item_id < (select id from oldest) returning 1),
            repeats as (delete from webhook_item_repeats where item_id < (select id from oldest) returning 1)
       select ((select count(*) from contacts) + (select count(*) from identities) + (select count(*) from repeats))::int as pruned`,
    );
    return rows[0]!.pruned;
  }
}
