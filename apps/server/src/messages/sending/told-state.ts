import { rankOf } from '../message-status';

/**
 * SQL for a lateral subquery: the highest state above `sent` that Meta has told of a message, by its id or by a watermark, before anybody
 * here knew whose id it is (`status`, `rank`, `errors`; no row where there is none). Served by the primary keys of message_statuses and
 * message_watermarks.
 * @param of expressions; `since`: when Meta had the message
 */
export function toldState(of: {
  channelId: string;
  platformMessageId: string;
  customer: string;
  since: string;
}): string {
  return `
    select t.* from (
      select s.status, s.rank, s.errors from message_statuses s
       where s.channel_id = ${of.channelId} and s.platform_message_id = ${of.platformMessageId} and s.participant = ''
         and s.rank > ${rankOf('sent')}
      union all
      select w.status, (case w.status when 'read' then ${rankOf('read')} else ${rankOf('delivered')} end)::smallint, null
        from message_watermarks w
       where w.channel_id = ${of.channelId} and w.customer = ${of.customer} and w.watermark >= ${of.since}) t
     order by t.rank desc limit 1`;
}
