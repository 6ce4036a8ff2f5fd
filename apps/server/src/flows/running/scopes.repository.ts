import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { Scope } from '@switchboard/flows';

type Person = NonNullable<Scope['contact']>;
export type Place = Omit<NonNullable<Scope['conversation']>, 'window_open'> & { lastInboundAt: Date | null };

/** What expressions may speak of. */
@Injectable()
export class ScopesRepository {
  constructor(private readonly database: Database) {}

  async contacts(ids: readonly string[]): Promise<Map<string, Omit<Person, 'first_name'>>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.database.query<Omit<Person, 'first_name'>>({
      name: 'flow-scope-contacts',
      text: `
        select c.id, c.name, c.username, c.phone, c.email, c.attributes,
               array(select t.name from contact_taggings g join contact_tags t on t.id = g.tag_id where g.contact_id = c.id order by lower(t.name)) as tags
          from contacts c where c.id = any($1::uuid[]) and c.erased_at is null`,
      values: [ids],
    });
    return new Map(rows.map((row) => [row.id, row]));
  }

  async conversations(ids: readonly string[]): Promise<Map<string, Place>> {
    if (ids.length === 0) return new Map();
    const { rows } = await this.database.query<Place>({
      name: 'flow-scope-conversations',
      text: `
        select id, channel_id, platform, status, assignee_id, label_ids as labels, last_inbound_at as "lastInboundAt"
          from conversations where id = any($1::uuid[]) and channel_id is not null`,
      values: [ids],
    });
    return new Map(rows.map((row) => [row.id, row]));
  }
}
