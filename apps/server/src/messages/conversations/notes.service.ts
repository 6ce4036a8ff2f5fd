import { Injectable } from '@nestjs/common';
import type { MessageAuthor, MessageView } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { conversationAudience } from '../intake/channel-item';
import { conversationSummary, messageView } from '../message-views';
import { ConversationWorkRepository } from './conversation-work.repository';
import { invalid, noSuchConversation } from './errors';
import { NotesRepository } from './notes.repository';

const everyRole = ['owner', 'admin', 'agent', 'viewer'] as const;

/** Notes to each other in a customer's conversation, which the customer never sees. */
@Injectable()
export class Notes {
  constructor(
    private readonly database: Database,
    private readonly conversations: ConversationWorkRepository,
    private readonly notes: NotesRepository,
    private readonly recorder: EventRecorder,
  ) {}

  /** @param mentions ids of members of the workspace */
  add(
    { workspaceId, author }: { workspaceId: string; author: MessageAuthor },
    conversationId: string,
    text: string,
    mentions: readonly string[],
  ): Promise<MessageView> {
    return this.database.transaction(async () => {
      const members = new Set(await this.conversations.members(workspaceId, mentions, everyRole));
      const strangers = mentions.filter((id) => !members.has(id));
      if (strangers.length > 0) {
        throw invalid('mentions', `there is no user ${strangers.join(', ')} in this workspace.`);
      }
      const conversation = await this.conversations.lock(workspaceId, conversationId);
      if (!conversation) throw noSuchConversation();
      const row = await this.notes.insert({
        id: newId(),
        workspaceId,
        channelId: conversation.channelId,
        conversationId: conversation.id,
        contactId: conversation.contactId,
        author,
        content: { text, mentions: [...mentions] },
      });
      const message = messageView(row, conversation.platform);
      await this.recorder.record([
        {
          type: 'message.noted',
          workspaceId,
          audience: conversationAudience(row),
          data: {
            message,
            conversation: conversationSummary(conversation, conversation.contact),
            mentions: [...mentions],
          },
        },
      ]);
      return message;
    });
  }
}
