import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { ListedMessage } from '../conversations.repository';
import { internalMessageColumns } from '../internal/internal-messages.repository';
import type { InternalMessageRow } from '../internal/internal-views';
import { contactJson, messageColumns } from '../sql-columns';

export interface Search {
  workspaceId: string;
  /** The only channels there are for who asks. */
  channelIds?: readonly string[] | undefined;
  /** As `websearch_to_tsquery` reads it: words, "phrases", or, -not. */
  text: string;
  /** The last hit of the page before. */
  before?: string;
  limit: number;
}

/** A frequent word is found among so many of the latest messages; others by the index, which does not know the order within three days. */
const walked = 2000;

const words = `websearch_to_tsquery('simple', $2)`;
/** The words with one more, made of the workspace: see messages_search in the schema. */
const wordsAnd = (more: string) => `(${words} && ('''' || ${more} || '''')::tsquery)`;
const firstDay = `date '4714-11-24 BC'`;
const slice = `((m.sent_at at time zone 'UTC')::date - ${firstDay}) / 3`;
const startOf = (number: string) => `((${firstDay} + ${number} * 3)::timestamp at time zone 'UTC')`;
const indexed = `(m.search || array_to_tsvector(array[case when m.channel_id is null then 'internal:' || m.workspace_id::text
  else m.workspace_id::text || ':' || (${slice})::text end]))`;
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
   * enough. Where that does not fill the page, messages_search is asked for three days at a time, those without a message skipped, and no
   * further back than the page needs: rows are taken from `slices` one by one, and the slices do not overlap. OFFSET 0
   * keeps the planner from adding a bitmap of the whole workspace (docs/adr/0008).
   */
  async messages({
    workspaceId,
    channelIds,
    text,
    before,
    limit,
  }: Search): Promise<(ListedMessage & { contact: ContactSummary })[]> {
    const ofCustomers = `m.workspace_id = $1::uuid and ${channelIds ? 'm.channel_id = any($5::uuid[])' : 'm.channel_id is not null'}`;
    const here = `${ofCustomers} and ${behind}`;
    const newestFirst = 'order by m.sent_at desc, m.id desc';
    const { rows } = await this.database.query<ListedMessage & { contact: ContactSummary }>(
      `with recursive near as materialized (
         select w.id, w.sent_at from (
           select m.id, m.sent_at, m.search from messages m where ${here} ${newestFirst} limit ${walked}) w
          where w.search @@ ${words} limit $4
       ), slices as (
         select (select ${slice} from messages m where ${here} ${newestFirst} limit 1) as number where numnode(${words}) > 0
          union all
         select (select ${slice} from messages m where ${ofCustomers} and m.sent_at < ${startOf('s.number')} ${newestFirst} limit 1)
           from slices s where s.number is not null
       ), far as materialized (
         select f.id, f.sent_at from slices s cross join lateral (
           select m.id, m.sent_at from (
             select m.* from messages m where ${indexed} @@ ${wordsAnd(`$1 || ':' || s.number::text`)} offset 0) m
            where ${here} ${newestFirst} limit $4) f
          where (select count(*) from near) < $4 limit $4
       )
       select ${messageColumns('m')}, ${contactJson}, c.platform, r.id as "replyToMessageId"
         from (select * from near where (select count(*) from near) >= $4 union all select * from far) h
         join messages m on m.id = h.id
         join conversations c on c.id = m.conversation_id
         join contacts p on p.id = m.contact_id
         left join messages r on r.channel_id = m.channel_id and r.platform_message_id = m.reply_to
        ${newestFirst}`,
      [workspaceId, text, before ?? null, limit, ...(channelIds ? [channelIds] : [])],
    );
    return rows;
  }

  /** Messages of the internal conversations that this user takes part in, newest first. Served by messages_search. */
  async internal({ workspaceId, text, before, limit }: Search, userId: string): Promise<InternalMessageRow[]> {
    const { rows } = await this.database.query<InternalMessageRow>(
      `select ${internalMessageColumns} from messages m
         join conversation_participants me on me.conversation_id = m.conversation_id and me.user_id = $5
        where numnode(${words}) > 0 and ${indexed} @@ ${wordsAnd(`'internal:' || $1`)}
          and m.workspace_id = $1::uuid and m.channel_id is null and ${behind}
        order by m.sent_at desc, m.id desc limit $4`,
      [workspaceId, text, before ?? null, limit, userId],
    );
    return rows;
  }

  /**
   * Contacts by name, username or number, newest first; the last word, if it has three letters, may be only begun. With the conversation of the latest message.
   * Served by contacts_search, conversations by conversations_contact.
   */
  async contacts({
    workspaceId,
    channelIds,
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
         select p.id from (
           select p.* from contacts p
            where (select count(*) from near) < $4 and p.search @@ (select words && ('''' || $1 || '''')::tsquery from asked)
           offset 0) p
          where ${here}
          order by p.id desc limit $4
       )
       select f.id, f.name, f.username, f.phone, l.id as "conversationId"
         from (select * from near where (select count(*) from near) >= $4 union all select * from far) h
         join contacts f on f.id = h.id left join lateral (
         select c.id from channels k join conversations c on c.channel_id = k.id and c.contact_id = f.id
          where k.workspace_id = $1::uuid and ($5::uuid[] is null or k.id = any($5::uuid[])) order by c.last_message_at desc limit 1) l on true
        order by f.id desc`,
      [workspaceId, text, before ?? null, limit, channelIds ?? null],
    );
    return rows;
  }
}
