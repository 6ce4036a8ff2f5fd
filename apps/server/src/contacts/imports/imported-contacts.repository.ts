import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ConsentChange } from '../consents/consents.repository';
import { everyChannel } from '../consents/consents.repository';

export interface ImportedFields {
  id: string;
  name: string | null;
  username: string | null;
  phone: string | null;
  email: string | null;
  /** JSON text. */
  attributes: string;
}

/** Contacts of a batch of rows, by statements whose number does not depend on how many they are. */
@Injectable()
export class ImportedContactsRepository {
  constructor(private readonly database: Database) {}

  async create(workspaceId: string, contacts: readonly ImportedFields[]): Promise<void> {
    await this.database.query({
      name: 'import-create',
      text: `
        insert into contacts (id, workspace_id, name, username, phone, email, attributes)
        select id, $1::uuid, name, username, phone, email, attributes::jsonb
          from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
            as n(id, name, username, phone, email, attributes)`,
      values: [workspaceId, ...this.columns(contacts)],
    });
  }

  /**
   * What a row says replaces what was there; what it leaves empty stays. Returns the contacts that differ from before. They are locked, so
   * that a row's place holds; without it a planner that knows nothing of the table would compare every row with every contact.
   */
  async update(workspaceId: string, contacts: readonly ImportedFields[]): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'import-update',
      text: `
        update contacts c set name = coalesce(n.name, c.name), username = coalesce(n.username, c.username), phone = coalesce(n.phone, c.phone),
          email = coalesce(n.email, c.email), attributes = c.attributes || n.attributes::jsonb, updated_at = now()
          from (select n.*, k.place
                  from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[])
                    as n(id, name, username, phone, email, attributes)
                 cross join lateral (
                   select k.ctid as place from contacts k where k.id = n.id and k.workspace_id = $1::uuid offset 0) k) n
         where c.ctid = n.place
           and (c.name, c.username, c.phone, c.email, c.attributes) is distinct from (coalesce(n.name, c.name), coalesce(n.username, c.username),
                 coalesce(n.phone, c.phone), coalesce(n.email, c.email), c.attributes || n.attributes::jsonb)
        returning c.id`,
      values: [workspaceId, ...this.columns(contacts)],
    });
    return rows.map(({ id }) => id);
  }

  /** Those of the changes that would change a state: the same file again is no news. By the primary key of contact_consents (OFFSET 0 holds the planner to it). */
  async consentsThatDiffer(workspaceId: string, changes: readonly ConsentChange[]): Promise<Set<string>> {
    if (changes.length === 0) return new Set();
    const { rows } = await this.database.query<{ id: string }>({
      name: 'import-consents',
      text: `
        select n.contact_id as id from unnest($2::uuid[], $3::uuid[], $4::text[]) as n(contact_id, channel_id, state)
          left join lateral (
            select k.state from contact_consents k
             where k.contact_id = n.contact_id and k.channel_id = n.channel_id and k.workspace_id = $1::uuid offset 0) k on true
         where k.state is distinct from n.state`,
      values: [
        workspaceId,
        changes.map(({ contactId }) => contactId),
        changes.map(({ channelId }) => channelId ?? everyChannel),
        changes.map(({ state }) => state),
      ],
    });
    return new Set(rows.map(({ id }) => id));
  }

  private columns(contacts: readonly ImportedFields[]): unknown[][] {
    const keys = ['id', 'name', 'username', 'phone', 'email', 'attributes'] as const;
    return keys.map((key) => contacts.map((contact) => contact[key]));
  }
}
