import type { InternalConversationSummary, InternalMessageView, ParticipantView } from '@switchboard/contracts';

export interface InternalConversationRow {
  id: string;
  workspaceId: string;
  kind: 'direct' | 'group';
  title: string | null;
  createdBy: string;
  createdAt: Date;
  lastMessageId: string | null;
  lastMessageType: string | null;
  lastMessagePreview: string | null;
  lastMessageAt: Date;
  participants: ParticipantView[];
}

export interface InternalMessageRow {
  id: string;
  conversationId: string;
  author: { kind: 'user'; id: string };
  type: string;
  content: { text: string };
  clientId: string | null;
  sentAt: Date;
}

export function internalConversation(row: InternalConversationRow): InternalConversationSummary {
  return {
    id: row.id,
    platform: 'internal',
    kind: row.kind,
    title: row.title,
    createdBy: row.createdBy,
    createdAt: row.createdAt.toISOString(),
    participants: row.participants,
    lastMessage: row.lastMessageId
      ? {
          id: row.lastMessageId,
          type: row.lastMessageType ?? 'text',
          preview: row.lastMessagePreview ?? '',
          direction: 'internal',
          sentAt: row.lastMessageAt.toISOString(),
        }
      : null,
  };
}

export function internalMessage(row: InternalMessageRow): InternalMessageView {
  return {
    id: row.id,
    conversationId: row.conversationId,
    platform: 'internal',
    direction: 'internal',
    author: row.author,
    type: row.type,
    content: row.content,
    clientId: row.clientId,
    sentAt: row.sentAt.toISOString(),
  };
}
