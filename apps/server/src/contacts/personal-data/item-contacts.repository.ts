import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { columnsOf } from '../sql';

export interface ItemContact {
  itemId: string;
  contactId: string;
}

/** Whom raw webhook items are about. */
@Injectable()
export class ItemContactsRepository {
  constructor(private readonly database: Database) {}

  /** In the transaction that takes the items in. */
  async keep(pairs: readonly ItemContact[]): Promise<void> {
    if (pairs.length === 0) return;
    await this.database.send({
      name: 'item-contacts-keep',
      text: `
        insert into webhook_item_contacts (contact_id, item_id)
        select * from unnest($1::uuid[], $2::uuid[]) as n(contact_id, item_id) on conflict do nothing`,
      values: columnsOf(pairs, 'contactId', 'itemId'),
    });
  }

  /** Those of items that are no longer there: ids are in order of time. By the BRIN index webhook_item_contacts_item. */
  async prune(): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from webhook_item_contacts where item_id < (select id from webhook_items order by id limit 1)`,
    );
    return rowCount ?? 0;
  }
}
