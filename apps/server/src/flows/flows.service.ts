import { ConflictException, Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import type { FlowDefinition, FlowProblem } from '@switchboard/flows';
import { Clock } from '../clock';
import type { Session } from '../identity';
import { noSuch } from '../rest';
import { FlowChecks } from './checks/flow-checks.service';
import type { FlowRow, VersionRow } from './flow-row';
import { FlowsRepository } from './flows.repository';

export type CheckedFlow = FlowRow & { problems: FlowProblem[] };

/** Flows that are being made, and their versions. */
@Injectable()
export class Flows {
  constructor(
    private readonly database: Database,
    private readonly repository: FlowsRepository,
    private readonly checks: FlowChecks,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException */
  async one(workspaceId: string, id: string): Promise<FlowRow> {
    const found = await this.repository.find(workspaceId, id);
    if (found) return found;
    throw noSuch('flow');
  }

  /** With what stands in the way of publishing it. */
  async checked(workspaceId: string, id: string): Promise<CheckedFlow> {
    const flow = await this.one(workspaceId, id);
    return { ...flow, problems: await this.checks.problems(workspaceId, id, flow.draft) };
  }

  /** @throws UnprocessableEntityException where it is no flow at all */
  async create({ workspaceId, userId }: Session, given: { name: string; definition: unknown }): Promise<CheckedFlow> {
    const { definition, problems } = await this.checks.kept(workspaceId, null, given.definition);
    const id = newId();
    await this.repository.insert({ id, workspaceId, name: given.name, draft: definition, createdBy: userId });
    return { ...(await this.one(workspaceId, id)), problems };
  }

  /** Changes the draft; what is published stays as it is. What is left out stays. */
  async change(
    workspaceId: string,
    id: string,
    given: { name?: string | undefined; definition?: unknown },
  ): Promise<CheckedFlow> {
    const before = await this.one(workspaceId, id);
    const { definition, problems } = await this.checks.kept(workspaceId, id, given.definition ?? before.draft);
    await this.repository.change(workspaceId, id, given.name ?? before.name, definition);
    return { ...(await this.one(workspaceId, id)), problems };
  }

  /** @throws NotFoundException, ConflictException */
  async remove(workspaceId: string, id: string): Promise<void> {
    if (await this.repository.remove(workspaceId, id)) return;
    await this.one(workspaceId, id);
    throw new ConflictException({
      code: 'conflict',
      message: 'The flow has been published, and its executions name it; turn it off instead.',
    });
  }

  /**
   * Makes the draft the version that starts from here on. Whoever is in the flow goes through the version that they began with.
   * @throws UnprocessableEntityException with what stands in its way
   */
  async publish({ workspaceId, userId }: Session, id: string): Promise<FlowRow> {
    const flow = await this.one(workspaceId, id);
    await this.checks.runnable(workspaceId, id, flow.draft);
    await this.database.transaction(async () => {
      const locked = await this.repository.lock(workspaceId, id);
      if (!locked) throw noSuch('flow');
      // What was checked is what is published, whatever has become of the draft meanwhile.
      const version = { id: newId(), number: locked.version + 1, definition: flow.draft };
      await this.repository.insertVersion({ ...version, flowId: id, workspaceId, createdBy: userId });
      const scheduled = flow.draft.triggers.some(({ on }) => on === 'schedule');
      const { id: versionId, number } = version;
      await this.repository.publish(id, { versionId, number, scheduled }, this.clock.now());
      await this.repository.follow(workspaceId);
    });
    return this.one(workspaceId, id);
  }

  /** Nobody begins it any more. @throws ConflictException */
  async turnOff(workspaceId: string, id: string): Promise<FlowRow> {
    const off = await this.repository.turnOff(workspaceId, id);
    const flow = await this.one(workspaceId, id);
    if (off) return flow;
    throw new ConflictException({
      code: 'conflict',
      message: `The flow is ${flow.state}; only one that is published can be turned off.`,
      details: { state: flow.state },
    });
  }

  async versions(workspaceId: string, id: string, before: number | undefined, limit: number): Promise<VersionRow[]> {
    await this.one(workspaceId, id);
    return this.repository.versions(id, before, limit);
  }

  /** @throws NotFoundException */
  async version(workspaceId: string, id: string, number: number): Promise<VersionRow> {
    await this.one(workspaceId, id);
    const found = await this.repository.version(id, number);
    if (found) return found;
    throw noSuch('version of this flow');
  }

  /** The draft as it is now, kept so that it can be run. @throws UnprocessableEntityException */
  async draftVersion({ workspaceId, userId }: Session, { id, draft }: FlowRow): Promise<VersionRow> {
    await this.checks.runnable(workspaceId, id, draft);
    const definition: FlowDefinition = draft;
    const made = { id: newId(), flowId: id, number: null, definition, createdBy: userId };
    await this.repository.insertVersion({ ...made, workspaceId });
    return { ...made, createdAt: this.clock.now() };
  }
}
