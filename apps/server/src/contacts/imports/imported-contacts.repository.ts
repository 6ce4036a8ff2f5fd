import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ConsentChange } from '../consents/consents.repository';
import { consentOn, everyChannel } from '../consents/consents.repository';

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

  /**
   * `differ`: contacts whose state the changes would change, as the same file again is no news. `optedOut`: those who would be opted in and have
   * opted out; they are not among the former. By the primary key of contact_consents (OFFSET 0 holds the planner to it).
   */
  async consentsThatDiffer(
    workspaceId: string,
    changes: readonly ConsentChange[],
  ): Promise<{ differ: Set<string>; optedOut: Set<string> }> {
    if (changes.length === 0) return { differ: new Set(), optedOut: new Set() };
    const { rows } = await this.database.query<{ id: string; optedOut: boolean }>({
      name: 'import-consents',
      text: `
        select n.contact_id as id, o.kept as "optedOut" from unnest($2::uuid[], $3::uuid[], $4::text[]) as n(contact_id, channel_id, state)
          cross join lateral (
            select n.state = 'opted_in' and coalesce(${consentOn('n.contact_id', 'n.channel_id')} = 'opted_out', false) as kept offset 0) o
          left join lateral (
            select k.state from contact_consents k
             where k.contact_id = n.contact_id and k.channel_id = n.channel_id and k.workspace_id = $1::uuid offset 0) k on true
         where o.kept or k.state is distinct from n.state`,
      values: [
        workspaceId,
        changes.map(({ contactId }) => contactId),
        changes.map(({ channelId }) => channelId ?? everyChannel),
        changes.map(({ state }) => state),
      ],
    });
    const ids = (optedOut: boolean) => new Set(rows.filter((row) => row.optedOut === optedOut).map(({ id }) => id));
    return { differ: ids(false), optedOut: ids(true) };
  }

  private columns(contacts: readonly ImportedFields[]): unknown[][] {
    const keys = ['id', 'name', 'username', 'phone', 'email', 'attributes'] as const;
    return keys.map((key) => contacts.map((contact) => contact[key]));
  }
}
