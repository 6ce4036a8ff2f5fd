/** Columns of `rows` as the arrays that `unnest` takes: one statement for a whole batch. */
export function columnsOf<T>(rows: readonly T[], ...keys: (keyof T)[]): unknown[][] {
  return keys.map((key) => rows.map((row) => row[key]));
}

export const conversationColumns = (t: string): string => `
  ${t}.id, ${t}.workspace_id as "workspaceId", ${t}.channel_id as "channelId", ${t}.contact_id as "contactId", ${t}.platform,
  ${t}.status, ${t}.snoozed_until as "snoozedUntil", ${t}.assignee_id as "assigneeId", ${t}.label_ids as "labelIds", ${t}.version,
  ${t}.inbound_count as "inboundCount", ${t}.read_count as "readCount", ${t}.last_message_id as "lastMessageId",
  ${t}.last_message_type as "lastMessageType", ${t}.last_message_preview as "lastMessagePreview",
  ${t}.last_message_direction as "lastMessageDirection", ${t}.last_message_at as "lastMessageAt", ${t}.last_inbound_at as "lastInboundAt"`;

export const messageColumns = (t: string): string => `
  ${t}.id, ${t}.workspace_id as "workspaceId", ${t}.channel_id as "channelId", ${t}.conversation_id as "conversationId",
  ${t}.contact_id as "contactId", ${t}.platform_message_id as "platformMessageId", ${t}.direction, ${t}.author, ${t}.type, ${t}.content,
  ${t}.status, ${t}.reply_to as "replyTo", ${t}.client_id as "clientId", ${t}.sent_at as "sentAt", ${t}.deleted_at as "deletedAt",
  ${t}.edited_at as "editedAt", ${t}.error`;

/** A contact (alias `p`) as the summary that events and lists carry. */
export const contactJson = `json_build_object('id', p.id, 'name', p.name, 'username', p.username, 'phone', p.phone) as contact`;
