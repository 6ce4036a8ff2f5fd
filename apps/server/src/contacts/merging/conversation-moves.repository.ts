import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { insertableColumns } from './insertable-columns';

/** A conversation whose messages go into another of the same channel, or come back from it. */
export interface ConversationPair {
  from: string;
  into: string;
}

/** A user whose read messages of a channel are counted otherwise than before. */
export interface MovedReader {
  userId: string;
  conversationId: string;
  channelId: string;
  unreadCount: number;
}

/**
 * Moves conversations and messages between two contacts, under the locks of their channels. What a user has read is a number of messages
 * from the beginning (see `messages.inbound_seq`), so that two conversations in one are numbered anew, by time; then a user has read
 * up to the first message that they had not read. Never is anything read that was not; something may be unread again.
 */
@Injectable()
export class ConversationMoves {
  constructor(private readonly database: Database) {}

  /** Against whoever marks them read meanwhile, or takes their messages for sending: claims lock the rates of the channel. */
  async lock(workspaceId: string, ids: readonly string[]): Promise<void> {
    await this.database.query(
      `select 1 from send_rates r
        where r.channel_id in (select c.channel_id from conversations c where c.workspace_id = $1 and c.id = any($2::uuid[]))
        order by r.channel_id, r.rate for update`,
      [workspaceId, ids],
    );
    await this.database.query(
      `select id from conversations where workspace_id = $1 and id = any($2::uuid[]) order by id for update`,
      [workspaceId, ids],
    );
  }

  /**
   * Brings the messages of each pair together in `into`, and deletes `from`. Labels of both are kept, the assignee of `from` where `into` has
   * none, and the status of the two that asks for more attention.
   */
  async join(workspaceId: string, mergeId: string, pairs: readonly ConversationPair[]): Promise<MovedReader[]> {
    if (pairs.length === 0) return [];
    const [from, into] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.into)];
    await this.database.query(
      `insert into contact_merge_messages (merge_id, message_id) select $1, id from messages where conversation_id = any($2::uuid[])`,
      [mergeId, from],
    );
    const readers = await this.renumber(
      workspaceId,
      [...from, ...into],
      into,
      `select m.id, coalesce(n.into_id, m.conversation_id) as new_id from messages m
         left join unnest($4::uuid[], $5::uuid[]) as n(from_id, into_id) on n.from_id = m.conversation_id
        where m.conversation_id = any($2::uuid[])`,
      [from, into],
    );
    await this.database.query(
      `update messages m set conversation_id = n.into_id from unnest($1::uuid[], $2::uuid[]) as n(from_id, into_id)
        where m.conversation_id = n.from_id`,
      [from, into],
    );
    await this.database.query(
      `update outbound_messages o set conversation_id = n.into_id from unnest($1::uuid[], $2::uuid[]) as n(from_id, into_id)
        where o.conversation_id = n.from_id`,
      [from, into],
    );
    await this.database.query(
      `update conversations c set
         status = j.status, snoozed_until = case when j.status = 'snoozed' then least(c.snoozed_until, f.snoozed_until) end,
         assignee_id = coalesce(c.assignee_id, f.assignee_id),
         label_ids = c.label_ids || array(select l from unnest(f.label_ids) with ordinality as u(l, n) where l <> all(c.label_ids) order by n),
         version = greatest(c.version, f.version) + 1,
         last_inbound_at = greatest(c.last_inbound_at, f.last_inbound_at), created_at = least(c.created_at, f.created_at)
         from unnest($2::uuid[], $3::uuid[]) as n(from_id, into_id) join conversations f on f.id = n.from_id
         join conversations b on b.id = n.into_id
        cross join lateral (
          select s.status from unnest(array['open', 'pending', 'snoozed', 'closed']) with ordinality as s(status, n)
           where s.status in (b.status, f.status) order by s.n limit 1) j
        where c.workspace_id = $1 and c.id = n.into_id`,
      [workspaceId, from, into],
    );
    await this.database.query(`delete from read_positions where conversation_id = any($1::uuid[])`, [from]);
    // Those of `into` that show an older last message than `from` did.
    await this.database.query(
      `update conversations c set last_message_id = f.last_message_id, last_message_type = f.last_message_type,
         last_message_preview = f.last_message_preview, last_message_direction = f.last_message_direction, last_message_at = f.last_message_at
         from unnest($2::uuid[], $3::uuid[]) as n(from_id, into_id) join conversations f on f.id = n.from_id
        where c.workspace_id = $1 and c.id = n.into_id and f.last_message_at > c.last_message_at`,
      [workspaceId, from, into],
    );
    await this.database.query(`delete from conversations where workspace_id = $1 and id = any($2::uuid[])`, [
      workspaceId,
      from,
    ]);
    return readers;
  }

  /**
   * The reverse: `from` is there again with the messages that were moved; what came since stays in `into`, which loses the labels and the
   * assignee that only `from` had.
   */
  async part(
    workspaceId: string,
    mergeId: string,
    contactId: string,
    pairs: readonly (ConversationPair & { row: object; intoRow: object | null })[],
  ): Promise<MovedReader[]> {
    if (pairs.length === 0) return [];
    const [from, into] = [pairs.map((pair) => pair.from), pairs.map((pair) => pair.into)];
    const columns = await insertableColumns(this.database, 'conversations');
    await this.database.query(
      `insert into conversations (${columns}) select ${columns} from jsonb_populate_recordset(null::conversations, $2::jsonb) r where r.workspace_id = $1`,
      [workspaceId, JSON.stringify(pairs.map(({ row }) => ({ ...row, contact_id: contactId })))],
    );
    await this.database.query(
      `update conversations c set version = c.version + 1,
         assignee_id = case when b.assignee_id is null and c.assignee_id = f.assignee_id then null else c.assignee_id end,
         label_ids = array(select l from unnest(c.label_ids) with ordinality as u(l, n)
                            where l = any(b.label_ids) or l <> all(f.label_ids) order by n)
         from unnest($2::uuid[], $3::uuid[]) as n(from_id, into_id) join conversations f on f.id = n.from_id
         join jsonb_populate_recordset(null::conversations, $4::jsonb) b on b.id = n.into_id
        where c.workspace_id = $1 and c.id = n.into_id`,
      [workspaceId, from, into, JSON.stringify(pairs.flatMap(({ intoRow }) => intoRow ?? []))],
    );
    const readers = await this.renumber(
      workspaceId,
      into,
      [...from, ...into],
      `select m.id, case when b.message_id is null then m.conversation_id else n.from_id end as new_id from messages m
         join unnest($4::uuid[], $5::uuid[]) as n(from_id, into_id) on n.into_id = m.conversation_id
         left join contact_merge_messages b on b.merge_id = $6 and b.message_id = m.id
        where m.conversation_id = any($2::uuid[])`,
      [from, into, mergeId],
    );
    await this.database.query(
      `update messages m set conversation_id = n.from_id
         from unnest($1::uuid[], $2::uuid[]) as n(from_id, into_id), contact_merge_messages b
        where b.merge_id = $3 and b.message_id = m.id and m.conversation_id = n.into_id`,
      [from, into, mergeId],
    );
    await this.database.query(
      `update outbound_messages o set conversation_id = n.from_id
         from unnest($1::uuid[], $2::uuid[]) as n(from_id, into_id), contact_merge_messages b
        where b.merge_id = $3 and b.message_id = o.message_id and o.conversation_id = n.into_id`,
      [from, into, mergeId],
    );
    await this.summarise(workspaceId, [...from, ...into]);
    return readers;
  }

  /**
   * Gives whole conversations and the messages in these and others to a contact, sent ones and those that wait to be sent. What Meta still
   * allows to be sent to the one goes for the other too.
   */
  async give(
    workspaceId: string,
    contactId: string,
    formerId: string,
    whole: readonly string[],
    all: readonly string[],
  ): Promise<void> {
    await this.database.query(
      `update conversations set contact_id = $2 where workspace_id = $1 and id = any($3::uuid[])`,
      [workspaceId, contactId, whole],
    );
    await this.database.query(
      `with given as (
         update messages m set contact_id = $2::uuid,
           author = case when direction = 'inbound' then json_build_object('kind', 'contact', 'id', $2::uuid) else author end
          where workspace_id = $1 and conversation_id = any($4::uuid[]) and contact_id = $3::uuid
         returning channel_id, platform_message_id
       )
       update message_reactions r set actor = $2::uuid::text from given g
        where r.channel_id = g.channel_id and r.platform_message_id = g.platform_message_id and r.actor = $3::uuid::text
          and not exists (select 1 from message_reactions o
                           where o.channel_id = r.channel_id and o.platform_message_id = r.platform_message_id and o.actor = $2::uuid::text)`,
      [workspaceId, contactId, formerId, all],
    );
    await this.database.query(
      `update outbound_messages set contact_id = $2 where workspace_id = $1 and conversation_id = any($4::uuid[]) and contact_id = $3`,
      [workspaceId, contactId, formerId, all],
    );
    await this.database.query(
      `insert into send_pairs as p (channel_id, contact_id, next_slot, blocked_until, throttled)
       select f.channel_id, $2, f.next_slot, f.blocked_until, f.throttled from send_pairs f
        where f.contact_id = $3
          and f.channel_id in (select c.channel_id from conversations c where c.workspace_id = $1 and c.id = any($4::uuid[]))
        order by f.channel_id
       on conflict (channel_id, contact_id) do update set next_slot = greatest(p.next_slot, excluded.next_slot),
         blocked_until = greatest(p.blocked_until, excluded.blocked_until), throttled = greatest(p.throttled, excluded.throttled)`,
      [workspaceId, contactId, formerId, all],
    );
  }

  /**
   * Numbers the inbound messages of some conversations anew where they are going, and counts what is read by users and by anybody.
   * @param sources the conversations in which the messages are
   * @param targets those in which they are going to be, which exist
   * @param assignment which message goes where: id, new_id
   */
  private async renumber(
    workspaceId: string,
    sources: readonly string[],
    targets: readonly string[],
    assignment: string,
    values: unknown[],
  ): Promise<MovedReader[]> {
    // A member without a position has read what came before they joined (docs/adr/0005): the numbers that says so by are about to change.
    await this.database.query(
      `insert into read_positions (user_id, conversation_id, channel_id, read_count)
       select j.user_id, c.id, c.channel_id, b.count from conversations c join memberships j on j.workspace_id = c.workspace_id
        cross join lateral (
          select max(m.inbound_seq) as count from messages m
           where m.conversation_id = c.id and m.created_at < j.created_at - interval '5 minutes') b
        where c.workspace_id = $1 and c.id = any($2::uuid[]) and b.count > 0
       on conflict do nothing`,
      [workspaceId, sources],
    );
    const { rows } = await this.database.query<MovedReader & { delta: number }>(
      `with going as (${assignment}),
       numbered as (
         select m.id, m.conversation_id as old_id, m.inbound_seq as old_seq, g.new_id,
                row_number() over (partition by g.new_id order by m.sent_at, m.id)::int as new_seq
           from going g join messages m on m.id = g.id where m.inbound_seq is not null
       ), counted as (
         select c.id as new_id, c.channel_id, count(x.id)::int as total
           from unnest($3::uuid[]) as n(id) join conversations c on c.id = n.id and c.workspace_id = $1
           left join numbered x on x.new_id = c.id group by 1, 2
       ), readers as (
         select distinct user_id from read_positions where conversation_id = any($2::uuid[])
       ), unread as (
         select u.user_id, x.new_id, min(x.new_seq) as first
           from readers u cross join numbered x
           left join read_positions r on r.user_id = u.user_id and r.conversation_id = x.old_id
          where x.old_seq > coalesce(r.read_count, 0) group by 1, 2
       ), reading as (
         select u.user_id, k.new_id, k.channel_id, k.total, coalesce(f.first - 1, k.total) as read_count
           from readers u cross join counted k left join unread f on f.user_id = u.user_id and f.new_id = k.new_id
       ), deltas as (
         select user_id, channel_id, sum(n)::bigint as delta from (
           select user_id, channel_id, read_count as n from reading
           union all select user_id, channel_id, -read_count from read_positions where conversation_id = any($2::uuid[])) d
          group by 1, 2
       ), summed as (
         insert into user_read_counters as u (user_id, channel_id, read_count)
         select user_id, channel_id, delta from deltas where delta <> 0 order by 1, 2
         on conflict (user_id, channel_id) do update set read_count = u.read_count + excluded.read_count
       ), positioned as (
         insert into read_positions as r (user_id, conversation_id, channel_id, read_count)
         select user_id, new_id, channel_id, read_count from reading order by 1, 2
         on conflict (user_id, conversation_id) do update set read_count = excluded.read_count
       ), written as (
         update messages m set inbound_seq = x.new_seq from numbered x where m.id = x.id and m.inbound_seq <> x.new_seq
       ), first_unread as (
         select x.new_id, min(x.new_seq) as first from numbered x join conversations c on c.id = x.old_id
          where x.old_seq > c.read_count group by 1
       ), totals as (
         update conversations c set inbound_count = k.total, read_count = coalesce(f.first - 1, k.total)
           from counted k left join first_unread f on f.new_id = k.new_id where c.id = k.new_id and c.workspace_id = $1
       )
       select r.user_id as "userId", r.new_id as "conversationId", r.channel_id as "channelId",
              r.total - coalesce(f.first - 1, r.total) as "unreadCount"
         from reading r join deltas d on d.user_id = r.user_id and d.channel_id = r.channel_id and d.delta <> 0
         left join first_unread f on f.new_id = r.new_id
        order by 1, 2`,
      [workspaceId, sources, targets, ...values],
    );
    return rows;
  }

  /** The last message of conversations, from their messages. By messages_history. */
  private async summarise(workspaceId: string, ids: readonly string[]): Promise<void> {
    await this.database.query(
      `update conversations c set last_message_id = l.id, last_message_type = l.type, last_message_direction = l.direction,
         last_message_at = coalesce(l.sent_at, c.last_message_at),
         last_message_preview = case when l.id = c.last_message_id then c.last_message_preview else left(coalesce(l.content ->> 'text', '[' || l.type || ']'), 120) end,
         last_inbound_at = (select max(i.sent_at) from messages i where i.conversation_id = c.id and i.direction = 'inbound')
         from unnest($2::uuid[]) as n(id)
         left join lateral (select m.id, m.type, m.direction, m.sent_at, m.content from messages m
                             where m.conversation_id = n.id order by m.sent_at desc, m.id desc limit 1) l on true
        where c.workspace_id = $1 and c.id = n.id`,
      [workspaceId, ids],
    );
  }
}
