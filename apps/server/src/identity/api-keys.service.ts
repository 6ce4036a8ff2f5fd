import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { hintOf, newApiKey } from './api-key-sessions';
import { type ApiKeyRow, ApiKeysRepository } from './api-keys.repository';
import { ChannelLimits } from './channel-limits';
import { invalid, noSuchApiKey } from './errors';
import { checkGiving, limitOf, MembersService } from './members.service';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { ScopeCatalogue } from './scope-catalogue';
import type { Session } from './session';
import { TeamActivities } from './team-activities';

export interface ApiKeyRequest {
  name: string;
  role: ApiKeyRow['role'];
  scopes?: string[];
  channelIds?: string[] | null;
  expiresAt?: Date;
}

/** Keys with which programs act in a workspace, until they expire or are revoked. */
@Injectable()
export class ApiKeysService {
  constructor(
    private readonly keys: ApiKeysRepository,
    private readonly members: MembersService,
    private readonly revocations: RevocationsRepository,
    private readonly log: RevocationLog,
    private readonly scopes: ScopeCatalogue,
    private readonly activities: TeamActivities,
    private readonly limits: ChannelLimits,
    private readonly database: Database,
  ) {}

  list(session: Session, before: string | undefined, limit: number): Promise<ApiKeyRow[]> {
    return this.keys.list(session.workspaceId, before, limit);
  }

  /** Makes a key with a role no higher than the caller's. The key itself is told this once and kept nowhere. */
  async create(
    session: Session,
    { name, role, scopes, channelIds, expiresAt }: ApiKeyRequest,
  ): Promise<{ key: string; row: ApiKeyRow }> {
    if (expiresAt && expiresAt.getTime() <= Date.now()) throw invalid('expiresAt must be in the future.');
    const unknown = scopes?.filter((scope) => !this.scopes.all.includes(scope)) ?? [];
    if (unknown.length > 0) {
      throw invalid(`scopes: there is no ${unknown.join(', ')}. There are ${this.scopes.all.join(', ')}.`);
    }
    const key = newApiKey();
    const row = await this.database.transaction(async () => {
      checkGiving(await this.members.lockedRole(session), role);
      const added = await this.keys.add({
        id: newId(),
        workspaceId: session.workspaceId,
        name,
        role,
        scopes: scopes ? [...new Set(scopes)].sort() : null,
        channelIds: await this.limits.checked(session.workspaceId, role, channelIds),
        hash: createHash('sha256').update(key).digest(),
        hint: hintOf(key),
        createdBy: session.userId,
        expiresAt: expiresAt ?? null,
      });
      await this.activities.done(session, {
        action: 'api_key.created',
        subject: { kind: 'api_key', id: added.id, name },
        details: {
          role,
          scopes: added.scopes,
          ...limitOf(added.channelIds),
          expiresAt: expiresAt?.toISOString() ?? null,
        },
      });
      return added;
    });
    return { key, row };
  }

  /** Ends a key and its sockets, in every process. One that is revoked already stays so. */
  async revoke(session: Session, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const row = await this.keys.revoke(session.workspaceId, id);
      if (!row) {
        if (await this.keys.exists(session.workspaceId, id)) return;
        throw noSuchApiKey();
      }
      this.log.announce(await this.revocations.session(id, 'revoked'));
      await this.activities.done(session, {
        action: 'api_key.revoked',
        subject: { kind: 'api_key', id, name: row.name },
      });
    });
  }
}
