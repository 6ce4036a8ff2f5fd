import { ConflictException, Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { Clock } from '../clock';
import type { Session } from '../identity';
import { noSuch, noSuchNamed } from '../rest';
import type { StepRow } from './execution-row';
import { ExecutionViewsRepository, type ShownExecution } from './execution-views.repository';
import type { FlowRow } from './flow-row';
import { FlowsRepository } from './flows.repository';
import { Flows } from './flows.service';
import { FollowerRepository } from './following/follower.repository';
import { Endings } from './running/endings.service';
import { HoldsRepository } from './running/holds.repository';
import { type Start, Starts } from './running/starts.service';
import { FlowVersions } from './running/versions.service';

/** Who is to begin a flow by hand. */
export interface StartOrder {
  contactId: string;
  channelId: string;
  vars?: Record<string, unknown> | undefined;
  draft?: boolean | undefined;
}

/** Executions as people begin, look at and end them. */
@Injectable()
export class FlowExecutions {
  constructor(
    private readonly database: Database,
    private readonly flows: Flows,
    private readonly repository: FlowsRepository,
    private readonly views: ExecutionViewsRepository,
    private readonly following: FollowerRepository,
    private readonly versions: FlowVersions,
    private readonly starts: Starts,
    private readonly endings: Endings,
    private readonly holds: HoldsRepository,
    private readonly recorder: EventRecorder,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException */
  async one(workspaceId: string, id: string): Promise<{ execution: ShownExecution; steps: StepRow[] }> {
    const [execution, steps] = await Promise.all([this.views.find(workspaceId, id), this.views.steps(id)]);
    if (!execution) throw noSuch('execution');
    return { execution, steps };
  }

  /** @throws HttpException: not_found, not_published, not_startable, flow_invalid, handed_over, already_in_flow */
  async start(session: Session, flowId: string, order: StartOrder): Promise<ShownExecution> {
    const { workspaceId } = session;
    const { contactId, channelId, vars, draft = false } = order;
    const flow = await this.flows.one(workspaceId, flowId);
    if (!(await this.views.hasContact(workspaceId, contactId))) throw noSuchNamed('contactId', 'contact');
    if (!(await this.views.hasChannel(workspaceId, channelId))) throw noSuchNamed('channelId', 'channel');
    const version = draft ? await this.flows.draftVersion(session, flow) : await this.published(flow);
    const [home] = (await this.following.conversationsOf(workspaceId, [contactId])).filter(
      (one) => one.channelId === channelId,
    );
    const start: Start = {
      ...{ workspaceId, flow, version, trigger: { on: 'api' }, message: null },
      ...{ contactId, channelId, conversationId: home?.id ?? null, ...(vars ? { input: vars } : {}) },
    };
    return this.begin(start);
  }

  /**
   * Begins again where one has failed, with what it knew then, on its version.
   * @throws HttpException: not_found, conflict, handed_over, already_in_flow
   */
  async replay(workspaceId: string, id: string): Promise<ShownExecution> {
    const { execution } = await this.one(workspaceId, id);
    if (execution.state !== 'failed') {
      throw conflict('conflict', `The execution is ${execution.state}; only one that has failed can be replayed.`);
    }
    const { flowId, versionId, trigger, message, contactId, conversationId, channelId, machine } = execution;
    const flow = await this.flows.one(workspaceId, flowId);
    const version = (await this.versions.of([versionId])).get(versionId)!;
    return this.begin({
      ...{ workspaceId, flow, version, trigger, message, contactId, conversationId, channelId },
      replay: { of: id, machine: { ...machine, inARow: 0, retries: 0 } },
    });
  }

  /** Ends a live one, with those that it has called. One that has ended already is answered as it is. */
  async cancel(workspaceId: string, id: string): Promise<ShownExecution> {
    await this.one(workspaceId, id);
    await this.database.transaction(async () => {
      const events = await this.endings.cancel(workspaceId, [id], 'cancelled', this.clock.now());
      await this.recorder.record(events);
    });
    return (await this.one(workspaceId, id)).execution;
  }

  /** Ends all that are live of a flow, some at a time. */
  async cancelAll(workspaceId: string, flowId: string): Promise<void> {
    for (;;) {
      const ids = await this.views.live(flowId, 200);
      if (ids.length === 0) return;
      await this.database.transaction(async () => {
        const events = await this.endings.cancel(workspaceId, ids, 'cancelled', this.clock.now());
        await this.recorder.record(events);
      });
    }
  }

  private async published({ state, versionId, name }: FlowRow) {
    if (state !== 'published' || !versionId) {
      throw conflict('not_published', `The flow ${name} is not published; publish it, or try its draft (draft: true).`);
    }
    const version = (await this.versions.of([versionId])).get(versionId)!;
    if (version.definition.triggers.some(({ on }) => on === 'api')) return version;
    throw conflict('not_startable', `The flow ${name} has no trigger "api"; give it one and publish it.`);
  }

  private async begin(start: Start): Promise<ShownExecution> {
    const { workspaceId, conversationId, flow, contactId } = start;
    const now = this.clock.now();
    const id = await this.database.transaction(async () => {
      await this.repository.follow(workspaceId);
      const { begun, events } = await this.starts.begin([start], now);
      await this.recorder.record(events);
      return begun.get(0);
    });
    if (id) return (await this.one(workspaceId, id)).execution;
    if (conversationId && (await this.holds.held([conversationId], now)).has(conversationId)) {
      throw conflict('handed_over', 'A person has this conversation; flows rest there until it is closed.');
    }
    const live = contactId === null ? undefined : await this.views.liveOf(flow.id, contactId);
    throw conflict(
      'already_in_flow',
      live ? 'The contact is in this flow already.' : 'The contact was in this flow lately; see `again` of the flow.',
      live ? { executionId: live } : undefined,
    );
  }
}

const conflict = (code: string, message: string, details?: object) =>
  new ConflictException({ code, message, ...(details ? { details } : {}) });
