import { Injectable } from '@nestjs/common';
import { newId } from '@switchboard/database';
import { noSuch, noSuchNamed } from '../../rest';
import { CannedRepliesRepository, type CannedReply, type ReplySubject } from './canned-replies.repository';
import { invalid, taken } from './errors';
import {
  firstNameOf,
  type ReplyValues,
  type ReplyVariable,
  renderReply,
  replyVariables,
  unknownVariables,
} from './reply-text';

const mostReplies = 2000;
const uniqueViolation = '23505';

/** Answers kept ready, with variables that are filled in for a conversation. */
@Injectable()
export class CannedReplies {
  constructor(private readonly repository: CannedRepliesRepository) {}

  list(workspaceId: string, start: string | undefined, before: string | undefined, limit: number) {
    return this.repository.list(workspaceId, start, before, limit);
  }

  async one(workspaceId: string, id: string): Promise<CannedReply> {
    const reply = await this.repository.find(workspaceId, id);
    if (!reply) throw noSuch('canned reply');
    return reply;
  }

  async create(workspaceId: string, { shortcut, body }: { shortcut: string; body: string }): Promise<CannedReply> {
    checkVariables(body);
    const reply = await this.repository.create(workspaceId, { id: newId(), shortcut, body }, mostReplies);
    if (!reply) throw shortcutTaken();
    return reply;
  }

  async update(workspaceId: string, id: string, change: { shortcut?: string; body?: string }): Promise<CannedReply> {
    if (change.body) checkVariables(change.body);
    try {
      const reply = await this.repository.update(workspaceId, id, change);
      if (!reply) throw noSuch('canned reply');
      return reply;
    } catch (error) {
      if ((error as { code?: string }).code === uniqueViolation) throw shortcutTaken();
      throw error;
    }
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    if (!(await this.repository.delete(workspaceId, id))) throw noSuch('canned reply');
  }

  /** The text for a conversation, as the user who asks would send it. */
  async render(
    { workspaceId, userId }: { workspaceId: string; userId: string },
    id: string,
    conversationId: string,
  ): Promise<{ text: string; missing: ReplyVariable[] }> {
    const { body } = await this.one(workspaceId, id);
    const subject = await this.repository.subject(workspaceId, conversationId, userId);
    if (!subject) throw noSuchNamed('conversationId', 'conversation');
    return renderReply(body, valuesOf(subject));
  }
}

function valuesOf(subject: ReplySubject): ReplyValues {
  return {
    'contact.name': subject.contactName,
    'contact.first_name': firstNameOf(subject.contactName),
    'contact.username': subject.contactUsername,
    'contact.phone': subject.contactPhone,
    'agent.name': subject.agentName,
    'agent.first_name': firstNameOf(subject.agentName),
    'channel.name': subject.channelName,
    'workspace.name': subject.workspaceName,
  };
}

function checkVariables(body: string): void {
  const unknown = unknownVariables(body);
  if (unknown.length === 0) return;
  throw invalid('body', `${unknown.join(', ')} is no variable; there are ${replyVariables.join(', ')}.`);
}

const shortcutTaken = () =>
  taken('shortcut', `another canned reply has this shortcut, or there are ${mostReplies} already.`);
