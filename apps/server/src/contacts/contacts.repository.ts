import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ContactIdentity } from './contact-identities';
import { columnsOf } from './sql';

export interface ContactRow {
  id: string;
  workspaceId: string;
  name: string | null;
  username: string | null;
  phone: string | null;
}

export interface KnownIdentity extends ContactIdentity, Omit<ContactRow, 'id'> {
  contactId: string;
}

@Injectable()
export class ContactsRepository {
  constructor(private readonly database: Database) {}

  /** Served by the primary key (scope_id, kind, value). */
  async find(identities: readonly ContactIdentity[]): Promise<KnownIdentity[]> {
    const { rows } = await this.database.query<KnownIdentity>({
      name: 'contacts-find',
      text: `
        select i.scope_id as "scopeId", i.kind, i.value, i.contact_id as "contactId",
               c.workspace_id as "workspaceId", c.name, c.username, c.phone
          from unnest($1::uuid[], $2::text[], $3::text[]) as n(scope_id, kind, value)
          join contact_identities i on i.scope_id = n.scope_id and i.kind = n.kind and i.value = n.value
          join contacts c on c.id = i.contact_id`,
      values: columnsOf(identities, 'scopeId', 'kind', 'value'),
    });
    return rows;
  }

  /** Adds identities in key order (no deadlock between lanes). Fewer come back than were asked for where another transaction was first. */
  async addIdentities(identities: readonly (ContactIdentity & { contactId: string })[]): Promise<number> {
    const { rowCount } = await this.database.query({
      name: 'contacts-add-identities',
      text: `
        insert into contact_identities (scope_id, kind, value, contact_id)
        select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[]) as n(scope_id, kind, value, contact_id)
         order by scope_id, kind, value
        on conflict do nothing`,
      values: columnsOf(identities, 'scopeId', 'kind', 'value', 'contactId'),
    });
    return rowCount ?? 0;
  }

  async create(contacts: readonly ContactRow[]): Promise<void> {
    await this.database.send({
      name: 'contacts-create',
      text: `
        insert into contacts (id, workspace_id, name, username, phone)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[])`,
      values: columnsOf(contacts, 'id', 'workspaceId', 'name', 'username', 'phone'),
    });
  }

  async update(contacts: readonly ContactRow[]): Promise<void> {
    await this.database.send({
      name: 'contacts-update',
      text: `
        update contacts c set name = n.name, username = n.username, phone = n.phone, updated_at = now()
          from (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n(id, name, username, phone) order by id) n
         where c.id = n.id`,
      values: columnsOf(contacts, 'id', 'name', 'username', 'phone'),
    });
  }
}
