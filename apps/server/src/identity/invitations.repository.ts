import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database } from '@switchboard/database';

export const invitationStates = ['open', 'accepted', 'revoked', 'expired'] as const;
export type InvitationState = (typeof invitationStates)[number];

export interface Invitation {
  id: string;
  workspaceId: string;
  email: string;
  role: Role;
  channelIds: string[] | null;
  invitedBy: string;
  state: InvitationState;
  createdAt: Date;
  expiresAt: Date;
}

/** What somebody who holds the token is told. */
export interface OpenInvitation extends Invitation {
  workspaceName: string;
  /** The person has an account with a password here. */
  known: boolean;
}

export interface NewInvitation {
  id: string;
  workspaceId: string;
  email: string;
  role: Role;
  channelIds: string[] | null;
  tokenHash: Buffer;
  invitedBy: string;
  /** Milliseconds. */
  life: number;
}

const state = `case when i.accepted_at is not null then 'accepted' when i.revoked_at is not null then 'revoked'
  when i.expires_at <= now() then 'expired' else 'open' end`;
const columns = `i.id, i.workspace_id as "workspaceId", i.email, i.role, i.channel_ids as "channelIds", i.invited_by as "invitedBy", ${state} as state,
  i.created_at as "createdAt", i.expires_at as "expiresAt"`;
const open = 'accepted_at is null and revoked_at is null and expires_at > now()';

@Injectable()
export class InvitationsRepository {
  constructor(private readonly database: Database) {}

  /** Ends what was open for the same person, by the index invitations_open. */
  async supersede(workspaceId: string, email: string): Promise<void> {
    await this.database.query(
      `update invitations set revoked_at = clock_timestamp()
        where workspace_id = $1 and email = $2 and accepted_at is null and revoked_at is null`,
      [workspaceId, email],
    );
  }

  async add(invitation: NewInvitation): Promise<Invitation> {
    const { id, workspaceId, email, role, channelIds, tokenHash, invitedBy, life } = invitation;
    const { rows } = await this.database.query<Invitation>(
      `insert into invitations as i (id, workspace_id, email, role, token_hash, invited_by, expires_at, channel_ids)
       values ($1, $2, $3, $4, $5, $6, now() + $7 * interval '1 millisecond', $8)
       returning ${columns}`,
      [id, workspaceId, email, role, tokenHash, invitedBy, life, channelIds],
    );
    return rows[0]!;
  }

  /** Newest first, by the index invitations_workspace. */
  async list(
    workspaceId: string,
    wanted: InvitationState | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<Invitation[]> {
    const { rows } = await this.database.query<Invitation>(
      `select ${columns} from invitations i
        where i.workspace_id = $1 and ($2::uuid is null or i.id < $2) and ($3::text is null or ${state} = $3)
        order by i.id desc limit $4`,
      [workspaceId, before ?? null, wanted ?? null, limit],
    );
    return rows;
  }

  /** Held against being accepted or revoked until the transaction ends. */
  async lock(workspaceId: string, id: string): Promise<Invitation | undefined> {
    const { rows } = await this.database.query<Invitation>(
      `select ${columns} from invitations i where i.workspace_id = $1 and i.id = $2 for update`,
      [workspaceId, id],
    );
    return rows[0];
  }

  async revoke(workspaceId: string, id: string): Promise<void> {
    await this.database.query(
      'update invitations set revoked_at = clock_timestamp() where workspace_id = $1 and id = $2',
      [workspaceId, id],
    );
  }

  /** Ends the open invitations of a member who may no longer give these roles. */
  async revokeBy(workspaceId: string, invitedBy: string, roles: readonly Role[]): Promise<void> {
    await this.database.query(
      `update invitations set revoked_at = clock_timestamp()
        where workspace_id = $1 and invited_by = $2 and role = any($3::text[]) and accepted_at is null and revoked_at is null`,
      [workspaceId, invitedBy, roles],
    );
  }

  /** The open invitation of a token, by the unique index on its hash; the token says which workspace. */
  async byToken(tokenHash: Buffer): Promise<OpenInvitation | undefined> {
    const { rows } = await this.database.query<OpenInvitation>(
      `select ${columns}, w.name as "workspaceName",
              exists (select 1 from users u where u.email = i.email and u.password_hash is not null) as known
         from invitations i join workspaces w on w.id = i.workspace_id where i.token_hash = $1 and ${open}`,
      [tokenHash],
    );
    return rows[0];
  }

  /** Uses a token up: of several at the same moment, exactly one gets the invitation. */
  async claim(tokenHash: Buffer, acceptedBy: string): Promise<Invitation | undefined> {
    const { rows } = await this.database.query<Invitation>(
      `update invitations i set accepted_at = clock_timestamp(), accepted_by = $2
        where i.token_hash = $1 and ${open} returning ${columns}`,
      [tokenHash, acceptedBy],
    );
    return rows[0];
  }

  /** Deletes what has been over for longer than `age` milliseconds, by the index invitations_expiry: none ends later than it expires. */
  async prune(age: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from invitations where expires_at < now() - $1 * interval '1 millisecond'`,
      [age],
    );
    return rowCount ?? 0;
  }
}
