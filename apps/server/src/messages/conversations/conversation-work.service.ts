import { Injectable } from '@nestjs/common';
import type { ConversationSummary } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import type { ConversationWithContact } from '../conversations.repository';
import { conversationAudience } from '../intake/channel-item';
import { conversationSummary } from '../message-views';
import { type ConversationChange, type ConversationState, changed, InvalidChange } from './conversation-change';
import { ConversationWorkRepository } from './conversation-work.repository';
import { invalid, noSuchConversation, versionConflict } from './errors';
import { LabelsRepository } from './labels.repository';

const workingRoles = ['owner', 'admin', 'agent'] as const;

/** Work on a conversation: who takes care of it, where it stands, its labels. */
@Injectable()
export class ConversationWork {
  constructor(
    private readonly database: Database,
    private readonly repository: ConversationWorkRepository,
    private readonly labels: LabelsRepository,
    private readonly recorder: EventRecorder,
  ) {}

  /**
   * Changes a conversation that stands at `version`. Of two who change the same version at once the second gets 409 with the
   * conversation as it is by then. A change that changes nothing is answered and not told.
   */
  change(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    id: string,
    version: number,
    change: ConversationChange,
  ): Promise<ConversationSummary> {
    return this.database.transaction(async () => {
      if (change.assigneeId) await this.checkAssignee(workspaceId, change.assigneeId);
      if (change.labels?.length) await this.checkLabels(workspaceId, change.labels);
      const now = await this.repository.lock(workspaceId, id);
      if (!now) throw noSuchConversation();
      if (now.version !== version) throw versionConflict(conversationSummary(now, now.contact));
      const next = after(now, change);
      if (next === now) return conversationSummary(now, now.contact);
      return this.apply(now, next, userId);
    });
  }

  /**
   * Changes a conversation as it is now, for what acts by itself. A change that changes nothing is not told.
   * @param change what is left out stays; `labels` are put on and taken off
   * @throws HttpException
   */
  adjust(
    workspaceId: string,
    id: string,
    { labels, ...change }: Omit<ConversationChange, 'labels'> & { labels?: { add: string[]; remove: string[] } },
  ): Promise<ConversationSummary> {
    return this.database.transaction(async () => {
      if (change.assigneeId) await this.checkAssignee(workspaceId, change.assigneeId);
      if (labels?.add.length) await this.checkLabels(workspaceId, labels.add);
      const now = await this.repository.lock(workspaceId, id);
      if (!now) throw noSuchConversation();
      const worn = labels && [...now.labelIds, ...labels.add].filter((one) => !labels.remove.includes(one));
      const next = after(now, { ...change, ...(worn ? { labels: worn } : {}) });
      return next === now ? conversationSummary(now, now.contact) : this.apply(now, next, null);
    });
  }

  /** Opens the conversations whose snooze has ended. Returns how many. */
  async wakeDue(limit: number): Promise<number> {
    return this.database.transaction(async () => {
      const rows = await this.repository.wake(limit);
      await this.recorder.record(rows.map((row) => conversationUpdated(row, null, { ...row, status: 'snoozed' })));
      return rows.length;
    });
  }

  private async apply(
    now: ConversationWithContact,
    next: ConversationState,
    changedBy: string | null,
  ): Promise<ConversationSummary> {
    const row = await this.repository.change(now.workspaceId, now.id, next);
    const event = conversationUpdated(row, changedBy, now);
    await this.recorder.record([event]);
    return event.data.conversation;
  }

  private async checkAssignee(workspaceId: string, assigneeId: string): Promise<void> {
    const [member] = await this.repository.members(workspaceId, [assigneeId], workingRoles);
    if (!member) {
      throw invalid('assigneeId', 'there is no such user in this workspace with the role agent or higher.');
    }
  }

  private async checkLabels(workspaceId: string, labels: readonly string[]): Promise<void> {
    const known = new Set(await this.labels.hold(workspaceId, labels));
    const unknown = labels.filter((id) => !known.has(id.toLowerCase()));
    if (unknown.length > 0) throw invalid('labels', `there is no label ${unknown.join(', ')} in this workspace.`);
  }
}

function after(now: ConversationWithContact, change: ConversationChange): ConversationState {
  try {
    return changed(now, change, new Date());
  } catch (error) {
    throw error instanceof InvalidChange ? invalid(error.field, error.problem) : error;
  }
}

type ConversationUpdated = Extract<NewEvent, { type: 'conversation.updated' }>;

function conversationUpdated(
  row: ConversationWithContact,
  changedBy: string | null,
  { status, assigneeId }: Pick<ConversationState, 'status' | 'assigneeId'>,
): ConversationUpdated {
  return {
    type: 'conversation.updated',
    workspaceId: row.workspaceId,
    audience: conversationAudience({ ...row, conversationId: row.id }),
    data: { conversation: conversationSummary(row, row.contact), changedBy, before: { status, assigneeId } },
  };
}
