import { createHash } from 'node:crypto';
import { ConflictException, HttpException, Inject, Injectable, UnprocessableEntityException } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import type { MessageAuthor } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import type { Arrival, Effect } from '@switchboard/flows';
import { ContactBook } from '../../contacts';
import { ConversationWork, Notes, SendMessages, type SendTo } from '../../messages';
import { FlowsRepository } from '../flows.repository';
import { BudgetsRepository } from './budgets.repository';
import type { Held } from './executions.repository';
import { HoldsRepository } from './holds.repository';
import { Starts } from './starts.service';
import { FlowVersions } from './versions.service';

/** Calls of flows by flows by flows. */
const mostCalls = 5;

/** What came of an effect. */
export interface Done {
  arrival: Arrival;
  messageId?: string;
  conversationId?: string;
  channelId?: string;
  /** The execution that was called. */
  call?: string;
  /** To be told once the step itself has been written. */
  events?: NewEvent[];
}

/** An effect that is of the database: done in the transaction of its step, or not at all. */
export type Inside = Exclude<Effect, { kind: 'http' }>;

/** Does what steps say, by the same ways as people do it. */
@Injectable()
export class Effects {
  constructor(
    private readonly database: Database,
    private readonly messages: SendMessages,
    private readonly contacts: ContactBook,
    private readonly conversations: ConversationWork,
    private readonly notes: Notes,
    private readonly flows: FlowsRepository,
    private readonly versions: FlowVersions,
    private readonly starts: Starts,
    private readonly budgets: BudgetsRepository,
    private readonly holds: HoldsRepository,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** In the open transaction; what is refused is undone by itself, and told as the step's error. */
  async perform(execution: Held, effect: Inside, now: Date): Promise<Done> {
    try {
      return await this.database.transaction(() => this.apply(execution, effect, now));
    } catch (error) {
      if (!(error instanceof HttpException)) throw error;
      return { arrival: refusal(error) };
    }
  }

  private async apply(execution: Held, effect: Inside, now: Date): Promise<Done> {
    const { workspaceId } = execution;
    switch (effect.kind) {
      case 'send':
        return this.send(execution, effect.content, now);
      case 'attributes':
        await this.contacts.change(workspaceId, contactOf(execution), { attributes: effect.set });
        return done();
      case 'tags':
        await this.contacts.tag(workspaceId, contactOf(execution), effect.add, effect.remove);
        return done();
      case 'assign':
        await this.conversations.adjust(workspaceId, conversationOf(execution), { assigneeId: effect.user });
        return done();
      case 'labels': {
        const { add, remove } = effect;
        await this.conversations.adjust(workspaceId, conversationOf(execution), { labels: { add, remove } });
        return done();
      }
      case 'status':
        await this.conversations.adjust(workspaceId, conversationOf(execution), { status: effect.status });
        return done();
      case 'notify':
        await this.note(execution, effect.text, effect.users);
        return done();
      case 'call':
        return this.call(execution, effect.flow, effect.input, now);
      case 'handover':
        return this.handOver(execution, effect, now);
    }
  }

  /** Counts one message more to whom it is for, also where they are no contact; why not, where that would be one too many. */
  async afford(execution: Held, now: Date): Promise<{ code: string; message: string } | undefined> {
    const most = this.config.flowMessagesPerHour;
    const whom = execution.contactId ?? strangerOf(execution);
    if (!whom || (await this.budgets.spend(whom, now, most))) return undefined;
    const message = `Flows have sent this contact ${most} messages within the hour (FLOW_MESSAGES_PER_HOUR); another may be a loop.`;
    return { code: 'message_budget', message };
  }

  private async send(execution: Held, content: unknown, now: Date): Promise<Done> {
    const { workspaceId, conversationId, channelId, contactId } = execution;
    const refusedBy = await this.afford(execution, now);
    if (refusedBy) throw new ConflictException(refusedBy);
    const to = sendTo(conversationId, channelId, contactId);
    const sender = { workspaceId, author: authorOf(execution), actorId: execution.id, priority: 1 as const };
    const { message } = await this.messages.send(sender, { to, content, whenDisconnected: 'hold' });
    return {
      arrival: { kind: 'done', value: { messageId: message.id } },
      ...{ messageId: message.id, conversationId: message.conversationId, channelId: message.channelId },
    };
  }

  private note(execution: Held, text: string, users: readonly string[]): Promise<unknown> {
    const { workspaceId } = execution;
    return this.notes.add({ workspaceId, author: authorOf(execution) }, conversationOf(execution), text, users);
  }

  private async call(execution: Held, flowId: string, input: Record<string, unknown>, now: Date): Promise<Done> {
    const { workspaceId, depth, id, message, contactId, conversationId, channelId } = execution;
    const inARow = execution.machine.inARow + 1;
    const { author } = execution.trigger;
    if (depth >= mostCalls) throw refused('too_deep', `Flows call each other at most ${mostCalls} deep.`);
    const flow = await this.flows.find(workspaceId, flowId);
    if (flow?.state !== 'published') throw refused('flow_not_published', 'The flow to be called is not published.');
    const version = (await this.versions.of([flow.versionId!])).get(flow.versionId!)!;
    if (!version.definition.triggers.some(({ on }) => on === 'flow')) {
      throw refused('not_callable', `${flow.name} has no trigger "flow"; give it one and publish it.`);
    }
    const { begun, events } = await this.starts.begin(
      [
        {
          ...{ workspaceId, flow, version, message },
          // Whoever is no contact has what is kept of them found by it.
          trigger: { on: 'flow', flow: execution.flowId, ...(author ? { author } : {}) },
          ...{ contactId, conversationId, channelId, input, parent: { id, depth: depth + 1, inARow } },
        },
      ],
      now,
    );
    const call = begun.get(0);
    if (!call) throw refused('already_in_flow', `The contact is in ${flow.name} already, or was lately.`);
    return { arrival: { kind: 'done' }, call, events };
  }

  private async handOver(
    execution: Held,
    { user, note, forMs }: Extract<Effect, { kind: 'handover' }>,
    now: Date,
  ): Promise<Done> {
    const { workspaceId } = execution;
    const conversationId = conversationOf(execution);
    await this.holds.hold([{ conversationId, workspaceId, until: new Date(now.getTime() + forMs) }]);
    if (user) await this.conversations.adjust(workspaceId, conversationId, { assigneeId: user });
    if (note) await this.note(execution, note, user ? [user] : []);
    return done();
  }
}

const done = (): Done => ({ arrival: { kind: 'done' } });

const refused = (code: string, message: string) => new UnprocessableEntityException({ code, message });

/** Something like the id of a contact, of somebody who is none: their messages are counted as any contact's. */
function strangerOf({ channelId, trigger: { author } }: Held): string | undefined {
  return author && createHash('sha256').update(`${channelId} ${author}`).digest('hex').slice(0, 32);
}

function contactOf({ contactId }: Held): string {
  if (contactId) return contactId;
  throw refused('no_contact', 'Whoever started this is no contact; only a comment can be answered here.');
}

function conversationOf({ conversationId }: Held): string {
  if (conversationId) return conversationId;
  throw refused('no_conversation', 'There is no conversation yet; send something first.');
}

function sendTo(conversationId: string | null, channelId: string | null, contactId: string | null): SendTo {
  if (conversationId) return { conversationId };
  if (channelId && contactId) return { channelId, contactId };
  if (contactId)
    throw refused('no_conversation', 'It is not known on which channel to send; the contact has no conversation.');
  throw refused('no_contact', 'Whoever started this is no contact; only a comment can be answered here.');
}

const authorOf = ({ flowId }: Held): MessageAuthor => ({ kind: 'flow', id: flowId });

/** What an endpoint would have answered. */
export function refusal(error: HttpException): Arrival {
  const answer = error.getResponse() as { code?: string; message?: string } | string;
  if (typeof answer === 'string') return { kind: 'error', code: 'refused', message: answer };
  return { kind: 'error', code: answer.code ?? 'refused', message: answer.message ?? error.message };
}
