import { Injectable } from '@nestjs/common';
import { type InternalConversationSummary, type InternalMessageView, rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { noSuchConversation } from '../conversations/errors';
import { previewOf } from '../message-views';
import { InternalRepository } from './internal.repository';
import { type Colleague, InternalConversations } from './internal-conversations.service';
import { InternalMessagesRepository } from './internal-messages.repository';
import { internalConversation, internalMessage } from './internal-views';

export interface PostedMessage {
  message: InternalMessageView;
  conversation: InternalConversationSummary;
}

/** What users of a workspace write to each other. */
@Injectable()
export class InternalMessages {
  constructor(
    private readonly database: Database,
    private readonly conversations: InternalConversations,
    private readonly repository: InternalRepository,
    private readonly messages: InternalMessagesRepository,
    private readonly recorder: EventRecorder,
  ) {}

  page(workspaceId: string, conversationId: string, before: string | undefined, limit: number) {
    return this.messages.page(workspaceId, conversationId, before, limit);
  }

  /** @param to an internal conversation of this user, or a colleague: then their direct conversation, begun if there is none. */
  send(me: Colleague, to: string, text: string, clientId?: string): Promise<PostedMessage> {
    return this.database.transaction(async () => {
      const own = await this.repository.find(me.workspaceId, to, me.userId);
      const id = own ? own.id : (await this.conversations.direct(me, to)).id;
      return this.post(me, id, text, clientId);
    });
  }

  /** Writes a message. The same `clientId` again, of the same user in the same conversation, gives the message that is there. */
  post(me: Colleague, conversationId: string, text: string, clientId?: string): Promise<PostedMessage> {
    const { workspaceId, userId } = me;
    return this.database.transaction(async () => {
      if (!(await this.repository.lock(workspaceId, conversationId, userId))) throw noSuchConversation();
      const before = clientId ? await this.messages.byClientId(conversationId, userId, clientId) : undefined;
      const row =
        before ??
        (await this.messages.post({
          id: newId(),
          workspaceId,
          conversationId,
          authorId: userId,
          text,
          preview: previewOf('text', { text }),
          clientId: clientId ?? null,
        }));
      const conversation = internalConversation(await this.repository.reload(workspaceId, conversationId));
      const posted = { message: internalMessage(row), conversation };
      if (!before) {
        const audience = conversation.participants.map((one) => rooms.user(one.userId));
        await this.recorder.record([{ type: 'message.posted', workspaceId, audience, data: posted }]);
      }
      return posted;
    });
  }
}
