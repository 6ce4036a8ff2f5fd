import { Injectable } from '@nestjs/common';
import type { RoomKind, RoomRef } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { AccessPolicy, Session } from '@switchboard/realtime';

/** Where each kind of room lives. A kind without a table has no rooms to join yet. */
const tables: Partial<Record<RoomKind, string>> = {
  channel: 'channels',
  conversation: 'conversations',
  contact: 'contacts',
};
const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Every room join is decided by the database: the thing must exist in the caller's workspace. */
@Injectable()
export class DatabaseAccessPolicy implements AccessPolicy {
  constructor(private readonly database: Database) {}

  async joinable(session: Session, rooms: RoomRef[]): Promise<RoomRef[]> {
    const allowed = await Promise.all(
      (Object.keys(tables) as RoomKind[]).map(async (kind) => {
        const asked = rooms.filter((room) => room.kind === kind && uuidPattern.test(room.id));
        if (asked.length === 0) return [];
        const { rows } = await this.database.query<{ id: string }>(
          `select id from ${tables[kind]} where workspace_id = $1 and id = any($2::uuid[])`,
          [session.workspaceId, asked.map(({ id }) => id)],
        );
        const existing = new Set(rows.map(({ id }) => id));
        return asked.filter(({ id }) => existing.has(id.toLowerCase()));
      }),
    );
    return allowed.flat();
  }
}
