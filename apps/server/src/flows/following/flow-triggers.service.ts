import { Injectable, Logger } from '@nestjs/common';
import { type Happening, type HappeningKind, matches, type Trigger, workOf } from '@switchboard/flows';
import type { VersionRow } from '../flow-row';
import { FlowsRepository } from '../flows.repository';
import type { Start } from '../running/starts.service';
import { FlowVersions } from '../running/versions.service';
import { type ContactConversation, FollowerRepository } from './follower.repository';
import type { Heard } from './happenings';

/**
 * Of patterns, for one event, and for all events of one transaction: instructions, each at each character. The worst that RE2 has takes
 * about a second for so many, in which the process does nothing else.
 */
export const mostPatternWork = 3_000_000;

/** A flow that may be started, as it was published last. */
export interface Candidate {
  id: string;
  name: string;
  version: VersionRow;
}

export interface Match {
  candidate: Candidate;
  heard: Heard;
  happening: Happening;
}

/** Which flows an event starts, and for whom. */
@Injectable()
export class FlowTriggers {
  private readonly logger = new Logger(FlowTriggers.name);

  constructor(
    private readonly flows: FlowsRepository,
    private readonly versions: FlowVersions,
    private readonly repository: FollowerRepository,
  ) {}

  /** Oldest first. */
  async of(workspaceId: string): Promise<Candidate[]> {
    const published = await this.flows.published(workspaceId);
    const versions = await this.versions.of(published.map(({ versionId }) => versionId));
    return published.flatMap(({ id, name, versionId }) => {
      const version = versions.get(versionId);
      return version ? [{ id, name, version }] : [];
    });
  }

  /**
   * Each flow once, by the first of what happened that one of its triggers is for. A flow for any message, the oldest of them, has what no
   * other has taken. Where the patterns of all of them are too much for one text, those of the newest flows are left out.
   */
  matching(candidates: readonly Candidate[], heard: Heard): Match[] {
    const found = new Map<string, Match>();
    let any: Match | undefined;
    let [left, leftOut] = [mostPatternWork, 0];
    for (const happening of heard.happenings) {
      for (const candidate of candidates) {
        if (found.has(candidate.id) || !isFor(candidate, heard)) continue;
        const work = workFor(candidate, happening);
        if (work > left) {
          leftOut += 1;
          continue;
        }
        left -= work;
        const how = best(candidate.version.definition.triggers, happening);
        if (how === 'specific') found.set(candidate.id, { candidate, heard, happening });
        else if (how === 'any') any ??= { candidate, heard, happening };
      }
    }
    if (leftOut > 0) {
      this.logger.warn(
        `The patterns of ${leftOut} flows are too much for event ${heard.sequence}: they have not been looked at.`,
      );
    }
    const specific = [...found.values()];
    return specific.length === 0 && any ? [any] : specific;
  }

  /** Who begins, and where: somebody of whom no conversation is named has the latest of theirs that the flow is for. */
  async startsOf(workspaceId: string, matched: readonly Match[]): Promise<Start[]> {
    const homeless = matched.filter(({ heard }) => heard.contactId && !heard.conversationId);
    const conversations = await this.repository.conversationsOf(workspaceId, [
      ...new Set(homeless.map(({ heard }) => heard.contactId!)),
    ]);
    return matched.flatMap(({ candidate, heard, happening }): Start[] => {
      const { channels } = candidate.version.definition;
      const { contactId, channelId, conversationId } = heard;
      const home = contactId && !conversationId ? homeOf(conversations, contactId, channelId, channels) : undefined;
      // A flow of one channel alone may write to somebody there who has no conversation yet.
      const only = channels?.length === 1 ? channels[0]! : null;
      return [
        {
          ...{
            workspaceId,
            flow: candidate,
            version: candidate.version,
            trigger: { ...happening, ...(heard.author ? { author: heard.author } : {}) },
          },
          message: heard.message ?? null,
          ...{
            contactId,
            conversationId: conversationId ?? home?.id ?? null,
            channelId: channelId ?? home?.channelId ?? only,
          },
        },
      ];
    });
  }
}

/** What it may cost to find out what this event begins. */
export function patternWorkOf(candidates: readonly Candidate[], heard: Heard): number {
  let work = 0;
  for (const happening of heard.happenings) {
    for (const candidate of candidates) if (isFor(candidate, heard)) work += workFor(candidate, happening);
  }
  return Math.min(work, mostPatternWork);
}

function workFor({ version: { definition } }: Candidate, happening: Happening): number {
  const text = 'text' in happening ? happening.text : null;
  return text === null
    ? 0
    : workOf(
        definition.triggers.filter(({ on }) => on === happening.on),
        text.length,
      );
}

function isFor({ version: { definition } }: Candidate, { channelId }: Heard): boolean {
  return !definition.channels || channelId === null || definition.channels.includes(channelId);
}

function best(triggers: readonly Trigger[], happening: Happening & { on: HappeningKind }): 'specific' | 'any' | 'none' {
  let how: 'any' | 'none' = 'none';
  for (const trigger of triggers) {
    const match = matches(trigger, happening);
    if (match === 'specific') return match;
    if (match === 'any') how = match;
  }
  return how;
}

function homeOf(
  conversations: readonly ContactConversation[],
  contact: string,
  channel: string | null,
  channels: readonly string[] | undefined,
): ContactConversation | undefined {
  return conversations.find(
    ({ contactId, channelId }) =>
      contactId === contact && (channel === null ? !channels || channels.includes(channelId) : channelId === channel),
  );
}
