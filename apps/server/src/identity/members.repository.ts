import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database } from '@switchboard/database';

export interface Member {
  id: string;
  email: string | null;
  name: string | null;
  role: Role;
  /** The only channels the member sees; null: all. */
  channelIds: string[] | null;
  /** Comes from another application. */
  external: boolean;
  isOperator: boolean;
  disabled: boolean;
  joinedAt: Date;
}

export interface RemovedMember {
  id: string;
  email: string | null;
  name: string | null;
  removedAt: Date;
}

const member = `u.id, u.email, u.name, m.role, m.channel_ids as "channelIds", u.is_operator as "isOperator", u.disabled_at is not null as disabled,
  exists (select 1 from external_identities e where e.user_id = u.id) as external, m.created_at as "joinedAt"`;

@Injectable()
export class MembersRepository {
  constructor(private readonly database: Database) {}

  /** Members in descending id, newest first, by the primary key of memberships. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<Member[]> {
    const { rows } = await this.database.query<Member>(
      `select ${member} from memberships m join users u on u.id = m.user_id
        where m.workspace_id = $1 and ($2::uuid is null or m.user_id < $2) order by m.user_id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async listRemoved(workspaceId: string, before: string | undefined, limit: number): Promise<RemovedMember[]> {
    const { rows } = await this.database.query<RemovedMember>(
      `select u.id, u.email, u.name, r.removed_at as "removedAt" from removed_members r join users u on u.id = r.user_id
        where r.workspace_id = $1 and ($2::uuid is null or r.user_id < $2) order by r.user_id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, userId: string): Promise<Member | undefined> {
    const { rows } = await this.database.query<Member>(
      `select ${member} from memberships m join users u on u.id = m.user_id where m.workspace_id = $1 and m.user_id = $2`,
      [workspaceId, userId],
    );
    return rows[0];
  }

  /** @returns false when the user is a member already. */
  async add(workspaceId: string, userId: string, role: Role, channelIds: string[] | null): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `insert into memberships (workspace_id, user_id, role, channel_ids) values ($1, $2, $3, $4)
       on conflict (workspace_id, user_id) do nothing returning 1`,
      [workspaceId, userId, role, channelIds],
    );
    return rowCount === 1;
  }

  /** What the member may do now, whatever an access token says; nothing for somebody who is no member any more. */
  async roleOf(workspaceId: string, userId: string): Promise<Role | undefined> {
    const { rows } = await this.database.query<{ role: Role }>(
      'select role from memberships where workspace_id = $1 and user_id = $2',
      [workspaceId, userId],
    );
    return rows[0]?.role;
  }

  async hasEmail(workspaceId: string, email: string): Promise<boolean> {
    const { rows } = await this.database.query<{ member: boolean }>(
      `select exists (select 1 from users u join memberships m on m.user_id = u.id and m.workspace_id = $1
         where u.email = $2) as member`,
      [workspaceId, email],
    );
    return rows[0]!.member;
  }

  async change(workspaceId: string, userId: string, role: Role, channelIds: string[] | null): Promise<void> {
    await this.database.query(
      'update memberships set role = $3, channel_ids = $4 where workspace_id = $1 and user_id = $2',
      [workspaceId, userId, role, channelIds],
    );
  }

  /** Keeps other changes of who may do what out: of two owners who remove each other at the same moment one must stay. */
  async lockWorkspace(workspaceId: string): Promise<void> {
    await this.database.query('select 1 from workspaces where id = $1 for no key update', [workspaceId]);
  }

  async owners(workspaceId: string): Promise<number> {
    const { rows } = await this.database.query<{ owners: number }>(
      `select count(*)::int as owners from memberships where workspace_id = $1 and role = 'owner'`,
      [workspaceId],
    );
    return rows[0]!.owners;
  }

  async remove(workspaceId: string, userId: string): Promise<void> {
    await this.database.query('delete from memberships where workspace_id = $1 and user_id = $2', [
      workspaceId,
      userId,
    ]);
  }

  async belongsSomewhere(userId: string): Promise<boolean> {
    const { rows } = await this.database.query<{ somewhere: boolean }>(
      'select exists (select 1 from memberships where user_id = $1) as somewhere',
      [userId],
    );
    return rows[0]!.somewhere;
  }

  async deleteUser(userId: string): Promise<void> {
    await this.database.query('delete from users where id = $1', [userId]);
  }

  /** An address nobody signs in with must not be kept from somebody who would. */
  async releaseEmail(userId: string): Promise<void> {
    await this.database.query('update users set email = null where id = $1', [userId]);
  }

  async markRemoved(workspaceId: string, userId: string): Promise<void> {
    await this.database.query(
      `insert into removed_members (workspace_id, user_id) values ($1, $2)
       on conflict (workspace_id, user_id) do update set removed_at = now()`,
      [workspaceId, userId],
    );
  }

  /** @returns false when nobody of that id was removed. */
  async unmarkRemoved(workspaceId: string, userId: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'delete from removed_members where workspace_id = $1 and user_id = $2 returning 1',
      [workspaceId, userId],
    );
    return rowCount === 1;
  }
}
