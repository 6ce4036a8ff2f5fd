/**
 * SQL for two parts of a `with`: messages leave the queue because Meta has them, and the request of those whose failure Meta would tell by a
 * status is kept (see sent_requests).
 * @param where which rows of outbound_messages `o`
 */
export function leaveQueue(where: string): string {
  return `
        left_queue as (
          delete from outbound_messages o ${where}
          returning o.message_id, o.workspace_id, o.channel_id, o.contact_id, o.request
        ), kept_request as (
          insert into sent_requests (message_id, workspace_id, contact_id, request)
          select l.message_id, l.workspace_id, l.contact_id, l.request
            from left_queue l join channels c on c.id = l.channel_id and c.platform = 'whatsapp'
           where l.request -> 'content' is not null
           order by l.message_id
          on conflict do nothing
        )`;
}
