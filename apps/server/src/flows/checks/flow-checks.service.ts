import { Injectable, UnprocessableEntityException } from '@nestjs/common';
import { checkFlow, type FlowDefinition, type FlowProblem, type Known } from '@switchboard/flows';
import { checkContent } from '@switchboard/meta';
import { isUUID } from 'class-validator';
import { KnownRepository } from './known.repository';

/** Without these a definition cannot even be kept. */
const unkept = ['shape', 'limit'];

/** Holds definitions against the language and against what the workspace has. */
@Injectable()
export class FlowChecks {
  constructor(private readonly repository: KnownRepository) {}

  /** Everything that stands in the way of publishing it. @param flow its own id, where it has one */
  async problems(workspaceId: string, flow: string | null, definition: unknown): Promise<FlowProblem[]> {
    return checkFlow(definition, await this.known(workspaceId, flow, definition));
  }

  /** @throws UnprocessableEntityException where it is no flow at all @returns what else is wrong with it */
  async kept(
    workspaceId: string,
    flow: string | null,
    definition: unknown,
  ): Promise<{ definition: FlowDefinition; problems: FlowProblem[] }> {
    const problems = await this.problems(workspaceId, flow, definition);
    const grave = problems.filter(({ code }) => unkept.includes(code));
    if (grave.length > 0) throw invalidFlow(grave);
    return { definition: definition as FlowDefinition, problems };
  }

  /** @throws UnprocessableEntityException where anything is wrong with it */
  async runnable(workspaceId: string, flow: string, definition: FlowDefinition): Promise<void> {
    const problems = await this.problems(workspaceId, flow, definition);
    if (problems.length > 0) throw invalidFlow(problems);
  }

  private async known(workspaceId: string, flow: string | null, definition: unknown): Promise<Known> {
    const [known, flows] = await Promise.all([
      this.repository.known(workspaceId, campaignsIn(definition)),
      this.repository.flows(workspaceId),
    ]);
    return {
      flow,
      channels: new Map(known.channels.map(({ id, platform }) => [id, platform])),
      users: new Set(known.users),
      labels: new Set(known.labels),
      tags: new Set(known.tags),
      segments: new Set(known.segments),
      campaigns: new Set(known.campaigns),
      secrets: new Set(known.secrets),
      flows: new Set(flows.map(({ id }) => id)),
      callable: new Set(flows.flatMap(({ id, callable }) => (callable ? [id] : []))),
      calls: new Map(flows.map(({ id, calls }) => [id, calls])),
      checkContent: (platform, content) => checkContent(platform, content),
    };
  }
}

function campaignsIn(definition: unknown): string[] {
  const { triggers } = (definition ?? {}) as { triggers?: unknown };
  if (!Array.isArray(triggers)) return [];
  return triggers
    .flatMap((trigger: unknown) => (trigger as { campaigns?: unknown } | null)?.campaigns ?? [])
    .filter((id): id is string => isUUID(id));
}

const invalidFlow = (problems: readonly FlowProblem[]) =>
  new UnprocessableEntityException({
    code: 'flow_invalid',
    message: problems.map(({ message }) => message).join(' '),
    details: problems,
  });
