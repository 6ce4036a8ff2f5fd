import { Injectable } from '@nestjs/common';
import { type InternalConversationSummary, rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { noSuch } from '../../rest';
import type { ConversationPosition } from '../conversations/conversation-filter';
import { ConversationWorkRepository } from '../conversations/conversation-work.repository';
import { forbidden, invalid, noSuchConversation } from '../conversations/errors';
import { InternalRepository } from './internal.repository';
import { type InternalConversationRow, internalConversation } from './internal-views';

export interface Colleague {
  workspaceId: string;
  userId: string;
}

export const mostParticipants = 200;
const everyRole = ['owner', 'admin', 'agent', 'viewer'] as const;

/** Conversations between users of a workspace: who takes part. Nobody else sees them. */
@Injectable()
export class InternalConversations {
  constructor(
    private readonly database: Database,
    private readonly repository: InternalRepository,
    private readonly members: ConversationWorkRepository,
    private readonly recorder: EventRecorder,
  ) {}

  page(
    me: Colleague,
    unread: boolean | undefined,
    before: ConversationPosition | undefined,
    limit: number,
  ): Promise<InternalConversationRow[]> {
    return this.repository.page(me, unread, before, limit);
  }

  find({ workspaceId, userId }: Colleague, id: string): Promise<InternalConversationRow | undefined> {
    return this.repository.find(workspaceId, id, userId);
  }

  /** The conversation with a colleague; there is one for each pair, and this finds or begins it. */
  direct(me: Colleague, otherId: string): Promise<InternalConversationSummary> {
    const { workspaceId, userId } = me;
    const other = otherId.toLowerCase();
    if (other === userId) throw invalid('userId', 'a direct conversation is with somebody else.');
    return this.database.transaction(async () => {
      await this.checkMembers(workspaceId, 'userId', [other]);
      const pair = [userId, other].sort();
      const { id, created } = await this.repository.direct(workspaceId, newId(), pair.join(' '), userId);
      if (created) await this.repository.open(workspaceId, id, pair);
      const conversation = internalConversation(await this.repository.reload(workspaceId, id));
      if (created) await this.tell('internal.created', workspaceId, conversation, []);
      return conversation;
    });
  }

  group({ workspaceId, userId }: Colleague, title: string, userIds: readonly string[]) {
    const others = userIds.filter((id) => id !== userId);
    return this.database.transaction(async () => {
      await this.checkMembers(workspaceId, 'userIds', others);
      const id = newId();
      await this.repository.group(workspaceId, id, title, userId);
      await this.repository.open(workspaceId, id, [userId, ...others]);
      const conversation = internalConversation(await this.repository.reload(workspaceId, id));
      await this.tell('internal.created', workspaceId, conversation, []);
      return conversation;
    });
  }

  /** Adds colleagues to a group; they see what was written before. */
  add({ workspaceId, userId }: Colleague, id: string, userIds: readonly string[]) {
    return this.database.transaction(async () => {
      const { count, participants } = await this.lockGroup({ workspaceId, userId }, id);
      await this.checkMembers(workspaceId, 'userIds', userIds);
      if (participants + userIds.length > mostParticipants) {
        throw invalid('userIds', `an internal conversation has at most ${mostParticipants} participants.`);
      }
      const added = await this.repository.add(workspaceId, id, userIds, count);
      const conversation = internalConversation(await this.repository.reload(workspaceId, id));
      if (added > 0) await this.tell('internal.updated', workspaceId, conversation, []);
      return conversation;
    });
  }

  /** Takes somebody out of a group: oneself, or, by who began it, anybody. */
  remove({ workspaceId, userId }: Colleague, id: string, removedId: string): Promise<void> {
    const removed = removedId.toLowerCase();
    return this.database.transaction(async () => {
      const { createdBy } = await this.lockGroup({ workspaceId, userId }, id);
      if (removed !== userId && createdBy !== userId) {
        throw forbidden('Only who began an internal conversation can take others out of it.');
      }
      if (!(await this.repository.remove(workspaceId, id, removed))) throw noSuch('participant');
      const conversation = internalConversation(await this.repository.reload(workspaceId, id));
      await this.tell('internal.updated', workspaceId, conversation, [removed]);
    });
  }

  private async lockGroup({ workspaceId, userId }: Colleague, id: string) {
    const locked = await this.repository.lock(workspaceId, id, userId);
    if (!locked) throw noSuchConversation();
    if (locked.kind === 'direct') throw invalid('id', 'a direct conversation has its two participants; begin a group.');
    return locked;
  }

  private async checkMembers(workspaceId: string, field: string, userIds: readonly string[]): Promise<void> {
    const known = new Set(await this.members.members(workspaceId, userIds, everyRole));
    const strangers = userIds.filter((id) => !known.has(id));
    if (strangers.length > 0) throw invalid(field, `there is no user ${strangers.join(', ')} in this workspace.`);
  }

  private tell(
    type: 'internal.created' | 'internal.updated',
    workspaceId: string,
    conversation: InternalConversationSummary,
    others: readonly string[],
  ): Promise<void> {
    const audience = [...conversation.participants.map(({ userId }) => userId), ...others].map(rooms.user);
    return this.recorder.record([{ type, workspaceId, audience, data: { conversation } }]);
  }
}
