import { Injectable } from '@nestjs/common';
import type { RoomKind, RoomRef } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { AccessPolicy, Session } from '@switchboard/realtime';

/** Where each kind of room lives. A kind without a table has no rooms to join yet. */
const tables: Partial<Record<RoomKind, string>> = {
  channel: 'channels',
  conversation: 'conversations',
  contact: 'contacts',
  campaign: 'campaigns',
  flow: 'flows',
};
interface Condition {
  sql: string;
  values: (session: Session) => unknown[];
}

/** A limited session sees its channels and their conversations; an internal conversation is its participants' alone. */
const visible: Partial<Record<RoomKind, Condition>> = {
  channel: {
    sql: 'and ($3::uuid[] is null or t.id = any($3::uuid[]))',
    values: ({ channelIds }) => [channelIds ?? null],
  },
  campaign: {
    sql: 'and ($3::uuid[] is null or t.channel_id = any($3::uuid[]))',
    values: ({ channelIds }) => [channelIds ?? null],
  },
  conversation: {
    sql: `and case when t.channel_id is null
      then exists (select 1 from conversation_participants p where p.conversation_id = t.id and p.user_id = $4)
      else $3::uuid[] is null or t.channel_id = any($3::uuid[]) end`,
    values: ({ channelIds, userId }) => [channelIds ?? null, userId],
  },
};
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Every room join is decided by the database: the thing must exist in the caller's workspace, and be theirs to see. */
@Injectable()
export class DatabaseAccessPolicy implements AccessPolicy {
  constructor(private readonly database: Database) {}

  async joinable(session: Session, rooms: RoomRef[]): Promise<RoomRef[]> {
    const allowed = await Promise.all(
      (Object.keys(tables) as RoomKind[]).map(async (kind) => {
        const asked = rooms.filter((room) => room.kind === kind && uuidPattern.test(room.id));
        if (asked.length === 0) return [];
        const { rows } = await this.database.query<{ id: string }>(
          `select t.id from ${tables[kind]} t where t.workspace_id = $1 and t.id = any($2::uuid[]) ${visible[kind]?.sql ?? ''}`,
          [session.workspaceId, asked.map(({ id }) => id), ...(visible[kind]?.values(session) ?? [])],
        );
        const existing = new Set(rows.map(({ id }) => id));
        return asked.filter(({ id }) => existing.has(id.toLowerCase()));
      }),
    );
    return allowed.flat();
  }
}
