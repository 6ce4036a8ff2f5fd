import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { isUUID } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import { noSuch, noSuchNamed } from '../rest';
import type { Session } from './session';

type Kind = 'campaign' | 'channel' | 'conversation' | 'message' | 'item' | 'execution';

interface Reference {
  kind: Kind;
  id: string;
  /** Of the query or the body; of the path if left out. */
  field?: string;
}

/** Whose id stands in a path, by its first part behind /v1. */
const ofPaths: Readonly<Record<string, Kind>> = {
  campaigns: 'campaign',
  channels: 'channel',
  conversations: 'conversation',
  'flow-executions': 'execution',
  messages: 'message',
  'webhook-deliveries': 'item',
};

/** Whose id a member of a query or a body holds. */
const ofMembers: Readonly<Record<string, Kind>> = { channelId: 'channel', conversationId: 'conversation' };

/** What exists and belongs to none of the channels $3. What does not exist is the endpoint's to tell. */
const elsewhere: Record<Kind, string> = {
  campaign: 'select 1 from campaigns where workspace_id = $1 and id = $2 and not channel_id = any($3::uuid[])',
  channel: 'select 1 from channels where workspace_id = $1 and id = $2 and not id = any($3::uuid[])',
  conversation: 'select 1 from conversations where workspace_id = $1 and id = $2 and not channel_id = any($3::uuid[])',
  message: 'select 1 from messages where workspace_id = $1 and id = $2 and not channel_id = any($3::uuid[])',
  execution: `select 1 from flow_executions where workspace_id = $1 and id = $2 and (channel_id is null or not channel_id = any($3::uuid[]))`,
  item: `select 1 from webhook_items where workspace_id = $1 and id = $2 and (channel_id is null or not channel_id = any($3::uuid[]))`,
};

/**
 * Refuses what belongs to channels that a limited session does not see, before any endpoint looks at it: to such a session it does
 * not exist. Lists are limited where they are read.
 */
@Injectable()
export class ChannelAccess {
  constructor(private readonly database: Database) {}

  /** @throws NotFoundException */
  async check({ workspaceId, channelIds }: Session, request: FastifyRequest): Promise<void> {
    if (!channelIds) return;
    for (const { kind, id, field } of referencesOf(request)) {
      const { rowCount } = await this.database.query(elsewhere[kind], [workspaceId, id, channelIds]);
      if (rowCount) throw field === undefined ? noSuch(kind) : noSuchNamed(field, kind);
    }
  }
}

function referencesOf({ routeOptions, params, query, body }: FastifyRequest): Reference[] {
  const references: Reference[] = [];
  const [, version, first] = (routeOptions.url ?? '').split('/');
  const kind = version === 'v1' && first !== undefined ? ofPaths[first] : undefined;
  const { id } = (params ?? {}) as { id?: unknown };
  if (kind && isUUID(id)) references.push({ kind, id: id as string });
  for (const given of [query, body]) {
    if (typeof given !== 'object' || given === null) continue;
    for (const [field, of] of Object.entries(ofMembers)) {
      const value = (given as Record<string, unknown>)[field];
      if (isUUID(value)) references.push({ kind: of, id: value as string, field });
    }
  }
  return references;
}
