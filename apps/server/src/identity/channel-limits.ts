import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { invalidField, noSuchNamed } from '../rest';
import { atLeast } from './roles';

/** More would make an access token too long. */
export const mostLimitedTo = 100;

/** Agents and viewers may be limited to some channels; admins look after all of them. */
@Injectable()
export class ChannelLimits {
  constructor(private readonly database: Database) {}

  /** The ids as they are kept, sorted; null: all channels. In the open transaction, which keeps the channels from being deleted meanwhile. */
  async checked(
    workspaceId: string,
    role: Role,
    channelIds: readonly string[] | null | undefined,
  ): Promise<string[] | null> {
    if (!channelIds) return null;
    if (atLeast(role, 'admin')) {
      throw invalidField('channelIds', `must be left out: a member with the role ${role} sees all channels`);
    }
    const ids = [...new Set(channelIds.map((id) => id.toLowerCase()))].sort();
    const { rows } = await this.database.query<{ id: string }>(
      'select id from channels where workspace_id = $1 and id = any($2::uuid[]) order by id for share',
      [workspaceId, ids],
    );
    if (rows.length < ids.length) throw noSuchNamed('channelIds', 'channel');
    return ids;
  }
}
