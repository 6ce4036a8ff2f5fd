import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { ExternalIdentity } from './issuer-mapping';

export interface ExternalUser {
  id: string;
  email: string | null;
  /** The only channels the member sees; null: all. */
  channelIds: string[] | null;
  /** When the database said so: the millisecond after. */
  seenAt: Date;
}

const seenAt = `date_trunc('milliseconds', clock_timestamp()) + interval '1 millisecond' as "seenAt"`;

@Injectable()
export class ExternalUsersRepository {
  constructor(private readonly database: Database) {}

  /** The user of a session that is known already and unchanged: the usual case, one statement by primary keys. */
  async known(identity: ExternalIdentity): Promise<ExternalUser | undefined> {
    const { rows } = await this.database.query<ExternalUser>({
      name: 'external-users-known',
      text: `
        select u.id, u.email, m.channel_ids as "channelIds", ${seenAt}
          from external_identities e
          join users u on u.id = e.user_id and u.disabled_at is null
          join memberships m on m.workspace_id = $3 and m.user_id = u.id and m.role = $4
          join sessions s on s.id = $5 and s.user_id = u.id and s.ended_at is null and s.expires_at >= $6
         where e.issuer = $1 and e.subject = $2`,
      values: [
        identity.issuer,
        identity.subject,
        identity.workspaceId,
        identity.role,
        identity.sessionId,
        new Date(identity.expiresAt),
      ],
    });
    return rows[0];
  }

  /**
   * Makes the user unless (issuer, subject) is known; of requests at the same moment the primary key lets one through.
   * An address that another user has is left with that user.
   */
  async addIfUnknown(identity: ExternalIdentity, userId: string, email: string | null): Promise<void> {
    await this.database.query(
      `with claimed as (
         insert into external_identities (issuer, subject, user_id) values ($1, $2, $3)
         on conflict (issuer, subject) do nothing returning user_id
       )
       insert into users (id, email, name)
       select user_id, case when exists (select 1 from users where email = $4) then null else $4 end, $5 from claimed`,
      [identity.issuer, identity.subject, userId, email, identity.name],
    );
  }

  /** The user, its row held against removal and revocation until the transaction ends. */
  async lock(
    identity: ExternalIdentity,
  ): Promise<(Omit<ExternalUser, 'channelIds'> & { disabled: boolean }) | undefined> {
    const { rows } = await this.database.query<Omit<ExternalUser, 'channelIds'> & { disabled: boolean }>(
      `select u.id, u.email, u.disabled_at is not null as disabled, ${seenAt}
         from external_identities e join users u on u.id = e.user_id
        where e.issuer = $1 and e.subject = $2 for share of u`,
      [identity.issuer, identity.subject],
    );
    return rows[0];
  }

  /**
   * Gives the membership the role of the token, unless an admin removed the user or made them an owner. Of tokens that come at the same
   * moment one has `joined`.
   */
  async join(userId: string, identity: ExternalIdentity): Promise<'joined' | 'member' | 'removed' | 'no_workspace'> {
    const { rows } = await this.database.query<{ workspace: boolean; removed: boolean; joined: boolean }>(
      `with state as (
         select exists (select 1 from workspaces where id = $1) as workspace,
                exists (select 1 from removed_members where workspace_id = $1 and user_id = $2) as removed
       ), joined as (
         insert into memberships (workspace_id, user_id, role)
         select $1, $2, $3 from state where workspace and not removed
         on conflict (workspace_id, user_id) do update set role = excluded.role,
           channel_ids = case when excluded.role in ('agent', 'viewer') then memberships.channel_ids end
           where memberships.role <> excluded.role and memberships.role <> 'owner'
         returning xmax = 0 as fresh
       )
       select workspace, removed, coalesce((select fresh from joined), false) as joined from state`,
      [identity.workspaceId, userId, identity.role],
    );
    const { workspace, removed, joined } = rows[0]!;
    if (!workspace) return 'no_workspace';
    if (removed) return 'removed';
    return joined ? 'joined' : 'member';
  }

  async channelIdsOf(workspaceId: string, userId: string): Promise<string[] | null> {
    const { rows } = await this.database.query<{ channelIds: string[] | null }>(
      'select channel_ids as "channelIds" from memberships where workspace_id = $1 and user_id = $2',
      [workspaceId, userId],
    );
    return rows[0]?.channelIds ?? null;
  }

  /** @returns false when this session was ended here, though its issuer still vouches for it. */
  async keepSession(userId: string, identity: ExternalIdentity): Promise<boolean> {
    const { rows } = await this.database.query<{ ended: boolean }>(
      `insert into sessions (id, user_id, workspace_id, issuer, expires_at) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set expires_at = greatest(sessions.expires_at, excluded.expires_at)
       returning ended_at is not null as ended`,
      [identity.sessionId, userId, identity.workspaceId, identity.issuer, new Date(identity.expiresAt)],
    );
    return rows[0]!.ended === false;
  }

  /** Of these workspaces, those that do not exist. */
  async missing(workspaceIds: string[]): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      'select id from unnest($1::uuid[]) as given(id) where not exists (select 1 from workspaces w where w.id = given.id)',
      [workspaceIds],
    );
    return rows.map(({ id }) => id);
  }
}
