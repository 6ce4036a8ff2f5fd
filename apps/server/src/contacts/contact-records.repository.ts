import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ContactRecord } from './contact-views';
import { Parameters } from './sql';

export interface ContactFilter {
  search?: string;
  tagId?: string;
  before?: string;
  limit: number;
}

/** A condition on the contact `c`, its values added to the parameters it was made with. */
export type ContactCondition = (parameters: Parameters) => string;

export interface ContactFields {
  name: string | null;
  username: string | null;
  phone: string | null;
  email: string | null;
  /** JSON text. */
  attributes: string;
}

const details = `
  c.id, c.workspace_id as "workspaceId", c.name, c.username, c.phone, c.email, c.attributes,
  c.created_at as "createdAt", c.updated_at as "updatedAt",
  (select max(v.last_inbound_at) from conversations v where v.workspace_id = c.workspace_id and v.contact_id = c.id) as "lastSeenAt",
  array(select t.name from contact_taggings g join contact_tags t on t.id = g.tag_id where g.contact_id = c.id order by lower(t.name)) as tags,
  (select coalesce(json_agg(json_build_object('kind', i.kind, 'value', i.value,
            'channelId', case when i.scope_id = c.workspace_id then null else i.scope_id end) order by i.kind, i.value), '[]')
     from contact_identities i where i.contact_id = c.id) as identities`;

/** A frequent word is found among so many of the latest contacts; a rare one is left to the index. */
const walked = 1000;

/** Contacts as REST shows and changes them, always within one workspace. */
@Injectable()
export class ContactRecordsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Newest first. Served by contacts_workspace; with a tag by the primary key of contact_taggings. With a search the latest contacts are
   * walked until there are enough; only where that does not fill the page, contacts_search is asked, whose hits have to be sorted.
   */
  async list(workspaceId: string, filter: ContactFilter, condition?: ContactCondition): Promise<ContactRecord[]> {
    const parameters = new Parameters();
    const where = [`c.workspace_id = ${parameters.add(workspaceId, 'uuid')}`, 'c.erased_at is null'];
    if (filter.before) where.push(`c.id < ${parameters.add(filter.before, 'uuid')}`);
    const narrow: string[] = [];
    if (filter.tagId) {
      const tag = parameters.add(filter.tagId, 'uuid');
      narrow.push(`exists (select 1 from contact_taggings g where g.tag_id = ${tag} and g.contact_id = c.id)`);
    }
    if (condition) narrow.push(condition(parameters));
    const limit = parameters.add(filter.limit, 'int');
    const newest = `order by c.id desc limit ${limit}`;
    const search = filter.search ? searchOf(workspaceId, filter.search, parameters) : undefined;
    const all = (...conditions: string[]) => conditions.join(' and ');
    const { rows } = await this.database.query<ContactRecord>(
      search
        ? `with near as materialized (
             select c.id from (select c.* from contacts c where ${all(...where)} order by c.id desc limit ${walked}) c
              where ${all(search.matches, ...narrow)} ${newest}
           ), far as materialized (
             select c.id from (
               (select c.id from (
                 select c.* from contacts c where (select count(*) from near) < ${limit} and ${search.indexed} offset 0) c
                where ${all(...where, ...narrow)} ${newest})
                union
               select c.id from contacts c where (select count(*) from near) < ${limit} and ${all(search.identified, ...where, ...narrow)}
             ) c ${newest}
           )
           select ${details} from (select * from near where (select count(*) from near) >= ${limit} union all select * from far) h
             join contacts c on c.id = h.id order by c.id desc`
        : `select ${details} from (select c.* from contacts c where ${all(...where, ...narrow)} ${newest}) c order by c.id desc`,
      parameters.values,
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<ContactRecord | undefined> {
    const { rows } = await this.database.query<ContactRecord>(
      `select ${details} from contacts c where c.workspace_id = $1 and c.id = $2 and c.erased_at is null`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** Whom a contact that is no longer there was merged into. Served by contact_merges_merged. */
  async mergedInto(workspaceId: string, id: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ contactId: string }>(
      `select contact_id as "contactId" from contact_merges
        where workspace_id = $1 and merged_contact_id = $2 and undone_at is null order by id desc limit 1`,
      [workspaceId, id],
    );
    return rows[0]?.contactId;
  }

  /** Locks contacts in ascending id until the transaction ends; returns those that are there. */
  async lock(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from contacts where workspace_id = $1 and id = any($2::uuid[]) and erased_at is null order by id for update`,
      [workspaceId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  async insert(id: string, workspaceId: string, fields: ContactFields): Promise<void> {
    await this.database.query(
      `insert into contacts (id, workspace_id, name, username, phone, email, attributes) values ($1, $2, $3, $4, $5, $6, $7::jsonb)`,
      [id, workspaceId, fields.name, fields.username, fields.phone, fields.email, fields.attributes],
    );
  }

  async update(id: string, workspaceId: string, fields: ContactFields): Promise<void> {
    await this.database.query(
      `update contacts set name = $3, username = $4, phone = $5, email = $6, attributes = $7::jsonb, updated_at = now()
        where workspace_id = $2 and id = $1`,
      [id, workspaceId, fields.name, fields.username, fields.phone, fields.email, fields.attributes],
    );
  }

  async hasConversations(workspaceId: string, id: string): Promise<boolean> {
    const { rows } = await this.database.query(
      `select 1 from conversations where workspace_id = $1 and contact_id = $2 limit 1`,
      [workspaceId, id],
    );
    return rows.length > 0;
  }

  /** Deletes a contact with all that is only theirs. */
  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.query(
      `with gone as (delete from contacts where workspace_id = $1 and id = $2 returning id),
            identities as (delete from contact_identities i using gone g where i.contact_id = g.id),
            taggings as (delete from contact_taggings t using gone g where t.contact_id = g.id),
            consents as (delete from contact_consents s using gone g where s.contact_id = g.id),
            items as (delete from webhook_item_contacts w using gone g where w.contact_id = g.id)
       delete from contact_consent_changes h using gone g where h.contact_id = g.id`,
      [workspaceId, id],
    );
  }

  async removeIdentity(contactId: string, scopeId: string, kind: string, value: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `delete from contact_identities where scope_id = $2 and kind = $3 and value = $4 and contact_id = $1`,
      [contactId, scopeId, kind, value],
    );
    return (rowCount ?? 0) > 0;
  }
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word.length > 0)
    .slice(0, 10);

/** Conditions on the contact `c`. */
interface SearchConditions {
  /** Decides by the contact itself. */
  matches: string;
  /** By contacts_search: every word begins a word of the name, username, phone or e-mail. */
  indexed: string;
  /** By contact_identities_value: the whole is an identity. */
  identified: string;
}

/** The workspace stands in the index beside the words, so that others' contacts are not read. */
function searchOf(workspaceId: string, search: string, parameters: Parameters): SearchConditions {
  const spaceless = search
    .trim()
    .replace(/^\+/, '')
    .replace(/[\s().-]/g, '');
  const words = /^\d{4,}$/.test(spaceless) ? [spaceless] : wordsOf(search);
  const query = words.map((word) => `'${word}':*`).join(' & ');
  const value = parameters.add([search.trim(), spaceless, search.trim().toLowerCase()], 'text[]');
  // An array is found once; where the planner knows nothing of the tables yet, it would look into the index for every contact.
  const identified = `c.id = any(array(select i.contact_id from contact_identities i where i.value = any(${value})))`;
  if (query === '') return { matches: identified, indexed: 'false', identified };
  const matching = `to_tsquery('simple', ${parameters.add(query, 'text')})`;
  const workspace = `(${parameters.add(`'${workspaceId}'`, 'text')})::tsquery`;
  return {
    matches: `(c.search @@ ${matching} or ${identified})`,
    indexed: `c.search @@ (${workspace} && ${matching})`,
    identified,
  };
}
