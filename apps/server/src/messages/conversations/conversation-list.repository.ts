import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ConversationWithContact } from '../conversations.repository';
import { contactJson, conversationColumns } from '../sql-columns';
import type { ConversationFilter, ConversationPosition } from './conversation-filter';

/** A label that many wear is found among so many of the latest conversations; a rare one is left to its index. */
const walked = 300;

/** Lists of conversations with customers. */
@Injectable()
export class ConversationListRepository {
  constructor(private readonly database: Database) {}

  /**
   * Latest message first. Every index behind it is `(…, status, last_message_at, id)`: the page is merged from the first rows of one
   * range for each status (and channel), so it costs the same however many conversations there are. By conversations_assigned,
   * _unassigned, _unread, _channel, else _inbox. With a label the first of these are walked; only where that does not fill the page, all
   * that carry it are sorted, by conversations_labels.
   */
  async page(
    workspaceId: string,
    filter: ConversationFilter,
    before: ConversationPosition | undefined,
    limit: number,
  ): Promise<ConversationWithContact[]> {
    const values: unknown[] = [workspaceId, filter.statuses];
    const value = (given: unknown): string => `$${values.push(given)}`;
    const where = ['c.workspace_id = $1', 'c.channel_id is not null'];
    const of = ['k.workspace_id = $1'];
    if (filter.channelId) of.push(`k.id = ${value(filter.channelId)}`);
    if (filter.channelIds) of.push(`k.id = any(${value(filter.channelIds)}::uuid[])`);
    if (filter.platform) of.push(`k.platform = ${value(filter.platform)}`);
    const channels = of.length > 1 ? `(select k.id from channels k where ${of.join(' and ')})` : undefined;
    if (filter.assigneeId === null) where.push('c.assignee_id is null');
    else if (filter.assigneeId) where.push(`c.assignee_id = ${value(filter.assigneeId)}`);
    if (filter.unread !== undefined) where.push(`c.inbound_count ${filter.unread ? '>' : '<='} c.read_count`);
    if (before) {
      const id = value(before.id);
      const stands = `(select b.last_message_at from conversations b where b.workspace_id = $1 and b.id = ${id}::uuid)`;
      where.push(
        `(c.last_message_at, c.id) < (${before.at ? `${value(before.at)}::timestamptz` : stands}, ${id}::uuid)`,
      );
    }
    const most = value(limit);
    const merged = (columns: string, count: string): string => {
      const ranges = `unnest($2::text[]) as n(status)${channels ? ` cross join ${channels} as k` : ''}`;
      const one = ['c.status = n.status', ...(channels ? ['c.channel_id = k.id'] : []), ...where].join(' and ');
      return `select s.* from ${ranges} cross join lateral (
                select ${columns} from conversations c where ${one} ${newestFirst('c')} limit ${count}) s
               ${newestFirst('s')} limit ${count}`;
    };
    const all = ['c.status = any($2::text[])', ...(channels ? [`c.channel_id in ${channels}`] : []), ...where];
    const hits = filter.labelId
      ? labelled(merged('c.id, c.last_message_at, c.label_ids', String(walked)), all, value(filter.labelId), most)
      : merged('c.id, c.last_message_at', most);
    const { rows } = await this.database.query<ConversationWithContact>(
      `select ${conversationColumns('c')}, ${contactJson}
         from (${hits}) h
         join conversations c on c.id = h.id
         join contacts p on p.id = c.contact_id
        order by h.last_message_at desc, h.id desc`,
      values,
    );
    return rows;
  }
}

const newestFirst = (t: string): string => `order by ${t}.last_message_at desc, ${t}.id desc`;

/** Those of `latest` that wear the label if they fill a page, else of all. Of these one range: it would be the same bitmap for every status and channel. */
function labelled(latest: string, where: readonly string[], label: string, limit: string): string {
  const wears = (t: string) => `${t}.label_ids @> array[${label}::uuid]`;
  return `with near as materialized (
            select w.id, w.last_message_at from (${latest}) w where ${wears('w')} limit ${limit}
          ), far as materialized (
            select c.id, c.last_message_at from (
              select c.* from conversations c where (select count(*) from near) < ${limit} and c.label_ids <> '{}' and ${wears('c')}
              offset 0) c
             where ${where.join(' and ')} ${newestFirst('c')} limit ${limit}
          )
          select * from near where (select count(*) from near) >= ${limit} union all select * from far`;
}
