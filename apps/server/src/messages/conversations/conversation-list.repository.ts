import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ConversationWithContact } from '../conversations.repository';
import { contactJson, conversationColumns } from '../sql-columns';
import type { ConversationFilter, ConversationPosition } from './conversation-filter';

/** Lists of conversations with customers. */
@Injectable()
export class ConversationListRepository {
  constructor(private readonly database: Database) {}

  /**
   * Latest message first. Every index behind it is `(…, status, last_message_at, id)`: the page is merged from the first rows of one
   * range for each status (and channel), so it costs the same however many conversations there are. By conversations_assigned,
   * _unassigned, _unread, _channel, else _inbox. With a label what carries it is sorted, by conversations_labels.
   */
  async page(
    workspaceId: string,
    filter: ConversationFilter,
    before: ConversationPosition | undefined,
    limit: number,
  ): Promise<ConversationWithContact[]> {
    const values: unknown[] = [workspaceId, filter.statuses];
    const value = (given: unknown): string => `$${values.push(given)}`;
    // With a label one range is enough: it would be the same bitmap for every status and channel.
    const merged = filter.labelId === undefined;
    const ranges = [merged ? 'unnest($2::text[]) as n(status)' : '(select 1) as n'];
    const where = ['c.workspace_id = $1', merged ? 'c.status = n.status' : 'c.status = any($2::text[])'];
    where.push('c.channel_id is not null');

    if (filter.channelId || filter.platform) {
      const of = ['k.workspace_id = $1'];
      if (filter.channelId) of.push(`k.id = ${value(filter.channelId)}`);
      if (filter.platform) of.push(`k.platform = ${value(filter.platform)}`);
      const channels = `(select k.id from channels k where ${of.join(' and ')})`;
      if (merged) ranges.push(`${channels} as k`);
      where.push(merged ? 'c.channel_id = k.id' : `c.channel_id in ${channels}`);
    }
    if (filter.assigneeId === null) where.push('c.assignee_id is null');
    else if (filter.assigneeId) where.push(`c.assignee_id = ${value(filter.assigneeId)}`);
    if (filter.unread !== undefined) where.push(`c.inbound_count ${filter.unread ? '>' : '<='} c.read_count`);
    if (filter.labelId) where.push(`c.label_ids <> '{}' and c.label_ids @> array[${value(filter.labelId)}::uuid]`);
    if (before) {
      const id = value(before.id);
      const stands = `(select b.last_message_at from conversations b where b.workspace_id = $1 and b.id = ${id}::uuid)`;
      where.push(
        `(c.last_message_at, c.id) < (${before.at ? `${value(before.at)}::timestamptz` : stands}, ${id}::uuid)`,
      );
    }

    const most = value(limit);
    const newestFirst = (t: string) => `order by ${t}.last_message_at desc, ${t}.id desc limit ${most}`;
    const { rows } = await this.database.query<ConversationWithContact>(
      `select ${conversationColumns('c')}, ${contactJson}
         from (select s.id, s.last_message_at from ${ranges.join(' cross join ')} cross join lateral (
                 select c.id, c.last_message_at from conversations c where ${where.join(' and ')} ${newestFirst('c')}) s
               ${newestFirst('s')}) h
         join conversations c on c.id = h.id
         join contacts p on p.id = c.contact_id
        order by h.last_message_at desc, h.id desc`,
      values,
    );
    return rows;
  }
}
