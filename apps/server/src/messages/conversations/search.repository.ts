import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ListedMessage } from '../conversations.repository';
import { internalMessageColumns } from '../internal/internal-messages.repository';
import type { InternalMessageRow } from '../internal/internal-views';
import { contactJson, messageColumns } from '../sql-columns';

export interface Search {
  workspaceId: string;
  /** As `websearch_to_tsquery` reads it: words, "phrases", or, -not. */
  text: string;
  /** The last hit of the page before. */
  before?: string;
  limit: number;
}

/** A frequent word is found among so many of the latest messages; a rare one is left to the index, which does not know the order. */
const walked = 5000;

const words = `websearch_to_tsquery('simple', $2)`;
const inWorkspace = (mark: string) => `(${words} && ('''${mark}' || $1 || '''')::tsquery)`;
const indexed = `(m.search || array_to_tsvector(array[case when m.channel_id is null then 'internal:' else '' end || m.workspace_id::text]))`;
const behind = `($3::uuid is null or (m.sent_at, m.id) < (
  (select b.sent_at from messages b where b.workspace_id = $1::uuid and b.id = $3), $3))`;

const walkedContacts = 1000;
/** Contacts are indexed with these signs as spaces, so that parts of an address are words. */
const contactAsked = `websearch_to_tsquery('simple', translate($2, '@.-_+/', '      '))`;

/** Full-text search, without regard to case, in whole words of any language that has spaces. */
@Injectable()
export class SearchRepository {
  constructor(private readonly database: Database) {}

  /**
   * Messages of customers' conversations, newest first. One statement: the latest messages are walked (messages_recent) until there are
   * enough; only where that does not fill the page, messages_search is asked, whose hits have to be sorted (docs/adr/0008).
   */
  async messages({
    workspaceId,
    text,
    before,
    limit,
  }: Search): Promise<(ListedMessage & { contact: ContactSummary })[]> {
    const here = `m.workspace_id = $1::uuid and m.channel_id is not null and ${behind}`;
    const newestFirst = 'order by m.sent_at desc, m.id desc';
    const { rows } = await this.database.query<ListedMessage & { contact: ContactSummary }>(
      `with near as materialized (
         select w.id, w.sent_at from (
           select m.id, m.sent_at, m.search from messages m where ${here} ${newestFirst} limit ${walked}) w
          where w.search @@ ${words} limit $4
       ), far as materialized (
         select f.id, f.sent_at from (
           select m.id, m.sent_at from messages m
            where (select count(*) from near) < $4 and numnode(${words}) > 0 and ${indexed} @@ ${inWorkspace('')} and ${here}
           offset 0) f
          order by f.sent_at desc, f.id desc limit $4
       )
       select ${messageColumns('m')}, ${contactJson}, c.platform, r.id as "replyToMessageId"
         from (select * from near where (select count(*) from near) >= $4 union all select * from far) h
         join messages m on m.id = h.id
         join conversations c on c.id = m.conversation_id
         join contacts p on p.id = m.contact_id
         left join messages r on r.channel_id = m.channel_id and r.platform_message_id = m.reply_to
        ${newestFirst}`,
      [workspaceId, text, before ?? null, limit],
    );
    return rows;
  }

  /** Messages of the internal conversations that this user takes part in, newest first. Served by messages_search. */
  async internal({ workspaceId, text, before, limit }: Search, userId: string): Promise<InternalMessageRow[]> {
    const { rows } = await this.database.query<InternalMessageRow>(
      `select ${internalMessageColumns} from messages m
         join conversation_participants me on me.conversation_id = m.conversation_id and me.user_id = $5
        where numnode(${words}) > 0 and ${indexed} @@ ${inWorkspace('internal:')}
          and m.workspace_id = $1::uuid and m.channel_id is null and ${behind}
        order by m.sent_at desc, m.id desc limit $4`,
      [workspaceId, text, before ?? null, limit, userId],
    );
    return rows;
  }

  /**
   * Contacts by name, username or number, newest first; the last word, if it has three letters, may be only begun. With the conversation of the latest message.
   * Served by contacts_search, conversations by conversations_channel_contact.
   */
  async contacts({
    workspaceId,
    text,
    before,
    limit,
  }: Search): Promise<(ContactSummary & { conversationId: string | null })[]> {
    const here = 'p.workspace_id = $1::uuid and ($3::uuid is null or p.id < $3)';
    const { rows } = await this.database.query(
      `with asked as (
         select case when t ~ '[^'']{3}''$' then t || ':*' else t end::tsquery as words from (select ${contactAsked}::text as t) q where t <> ''
       ), near as materialized (
         select w.id from (select p.* from contacts p where ${here} order by p.id desc limit ${walkedContacts}) w
          where w.search @@ (select words from asked) limit $4
       ), far as materialized (
         select g.id from (
           select p.id from contacts p
            where (select count(*) from near) < $4 and ${here}
              and p.search @@ (select words && ('''' || $1 || '''')::tsquery from asked)
           offset 0) g
          order by g.id desc limit $4
       )
       select f.id, f.name, f.username, f.phone, l.id as "conversationId"
         from (select * from near where (select count(*) from near) >= $4 union all select * from far) h
         join contacts f on f.id = h.id left join lateral (
         select c.id from channels k join conversations c on c.channel_id = k.id and c.contact_id = f.id
          where k.workspace_id = $1::uuid order by c.last_message_at desc limit 1) l on true
        order by f.id desc`,
      [workspaceId, text, before ?? null, limit],
    );
    return rows;
  }
}
