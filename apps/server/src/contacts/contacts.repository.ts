import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ContactIdentity } from './contact-identities';
import { columnsOf } from './sql';

export interface ContactRow {
  id: string;
  workspaceId: string;
  name: string | null;
  /** The name that a webhook gave last. */
  platformName: string | null;
  username: string | null;
  phone: string | null;
}

/** What a webhook tells anew of a contact; null: nothing. */
export type LearntContact = Pick<ContactRow, 'id' | 'name' | 'username' | 'phone'>;

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
               c.workspace_id as "workspaceId", c.name, c.platform_name as "platformName",
               c.username, c.phone
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
        insert into contacts (id, workspace_id, name, platform_name, username, phone)
        select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])`,
      values: columnsOf(contacts, 'id', 'workspaceId', 'name', 'platformName', 'username', 'phone'),
    });
  }

  /**
   * A name that somebody gave stays, and what the webhook does not tell. By what is there now: a change by hand may have come since it was
   * read. Returns the contacts as they are then.
   */
  async update(contacts: readonly LearntContact[]): Promise<LearntContact[]> {
    const replaceable = '(c.name is null or c.name = c.platform_name)';
    const { rows } = await this.database.query<LearntContact>({
      name: 'contacts-update',
      text: `
        update contacts c set name = case when ${replaceable} then coalesce(n.name, c.name) else c.name end,
               platform_name = case when ${replaceable} then coalesce(n.name, c.platform_name) else c.platform_name end,
               username = coalesce(n.username, c.username), phone = coalesce(n.phone, c.phone), updated_at = now()
          from (select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n(id, name, username, phone) order by id) n
         where c.id = n.id
        returning c.id, c.name, c.username, c.phone`,
      values: columnsOf(contacts, 'id', 'name', 'username', 'phone'),
    });
    return rows;
  }
}
