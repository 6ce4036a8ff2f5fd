import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface ContactLink {
  workspaceId: string;
  /** Who is known by WhatsApp's user id, and remains. */
  contactId: string;
  otherId: string;
}

@Injectable()
export class LinksRepository {
  constructor(private readonly database: Database) {}

  /** Keeps pairs of contacts that turned out to be one, in the transaction that found it out. */
  async keep(links: readonly ContactLink[]): Promise<void> {
    await this.database.send({
      name: 'contact-links-keep',
      text: `
        insert into contact_links (contact_id, other_id, workspace_id)
        select * from unnest($1::uuid[], $2::uuid[], $3::uuid[]) as n(contact_id, other_id, workspace_id) order by contact_id, other_id
        on conflict do nothing`,
      values: [
        links.map((link) => link.contactId),
        links.map((link) => link.otherId),
        links.map((link) => link.workspaceId),
      ],
    });
  }

  /** Those that are due. `apart`: the other has a user id of its own, so that only the number went from one person to another. */
  async waiting(limit: number): Promise<(ContactLink & { apart: boolean })[]> {
    const { rows } = await this.database.query<ContactLink & { apart: boolean }>(
      `select workspace_id as "workspaceId", contact_id as "contactId", other_id as "otherId",
              exists (select 1 from contact_identities i where i.contact_id = other_id and i.kind = 'wa_user_id') as apart
         from contact_links where due_at <= now() order by due_at, contact_id limit $1`,
      [limit],
    );
    return rows;
  }

  /** They could not be merged: again after as long as they have waited, from a second to an hour. */
  async putOff({ workspaceId, contactId, otherId }: ContactLink): Promise<void> {
    await this.database.query(
      `update contact_links set due_at = now() + least(greatest(now() - created_at, interval '1 second'), interval '1 hour')
        where workspace_id = $1 and contact_id = $2 and other_id = $3`,
      [workspaceId, contactId, otherId],
    );
  }

  async done({ workspaceId, contactId, otherId }: ContactLink): Promise<void> {
    await this.database.query(
      `delete from contact_links where workspace_id = $1 and contact_id = $2 and other_id = $3`,
      [workspaceId, contactId, otherId],
    );
  }
}
