import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { RefreshState } from './refresh-decision';
import { userSubject } from './revocation-set';

export interface NewSession {
  id: string;
  userId: string;
  workspaceId: string;
  userAgent: string | null;
  /** Milliseconds the sign-in lives without being used. */
  life: number;
}

export interface SessionRow {
  id: string;
  userId: string;
  workspaceId: string;
  ended: boolean;
  expired: boolean;
}

export interface SessionListing {
  id: string;
  userId: string;
  issuer: string | null;
  userAgent: string | null;
  createdAt: Date;
  expiresAt: Date;
}

const state = `s.id, s.user_id as "userId", s.workspace_id as "workspaceId", s.ended_at is not null as ended, s.expires_at <= now() as expired`;

@Injectable()
export class SessionsRepository {
  constructor(private readonly database: Database) {}

  async add(session: NewSession): Promise<void> {
    await this.database.query(
      `insert into sessions (id, user_id, workspace_id, user_agent, expires_at)
       values ($1, $2, $3, $4, now() + $5 * interval '1 millisecond')`,
      [session.id, session.userId, session.workspaceId, session.userAgent, session.life],
    );
  }

  /**
   * @returns when it was issued, in whole milliseconds and always later than any revocation of the user, whatever the clock
   * says: the caller holds the user's row FOR SHARE, which keeps revocations out.
   */
  async addRefreshToken(hash: Buffer, session: Pick<NewSession, 'id' | 'userId' | 'workspaceId'>): Promise<Date> {
    const { rows } = await this.database.query<{ issuedAt: Date }>(
      `insert into refresh_tokens (hash, session_id, created_at)
       values ($1, $2, greatest(date_trunc('milliseconds', clock_timestamp()),
         (select max(revoked_at) + interval '1 millisecond' from revocations where kind = 'user' and subject in ($3, $4))))
       returning created_at as "issuedAt"`,
      [hash, session.id, userSubject(session.userId), userSubject(session.userId, session.workspaceId)],
    );
    return rows[0]!.issuedAt;
  }

  async byRefreshToken(hash: Buffer): Promise<Pick<SessionRow, 'id' | 'userId'> | undefined> {
    const { rows } = await this.database.query<SessionRow>(
      'select s.id, s.user_id as "userId" from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1',
      [hash],
    );
    return rows[0];
  }

  /** Locks a session, so that its refresh tokens are used one after the other. */
  async lock(sessionId: string): Promise<void> {
    await this.database.query('select 1 from sessions where id = $1 for update', [sessionId]);
  }

  /** @param reuse milliseconds for which a used token counts as used just now */
  async refreshState(hash: Buffer, reuse: number): Promise<(SessionRow & Pick<RefreshState, 'token'>) | undefined> {
    const { rows } = await this.database.query<SessionRow & Pick<RefreshState, 'token'>>(
      `select ${state}, case
           when t.used_at is null then 'unused'
           when t.used_at > clock_timestamp() - $2 * interval '1 millisecond' then 'just_used'
           else 'used' end as token
         from refresh_tokens t join sessions s on s.id = t.session_id where t.hash = $1`,
      [hash, reuse],
    );
    return rows[0];
  }

  /** Uses up every refresh token of a session: one is good at a time. The session is locked. */
  async useRefreshTokens(sessionId: string): Promise<void> {
    await this.database.query(
      'update refresh_tokens set used_at = clock_timestamp() where session_id = $1 and used_at is null',
      [sessionId],
    );
  }

  async prolong(sessionId: string, life: number): Promise<void> {
    await this.database.query(`update sessions set expires_at = now() + $2 * interval '1 millisecond' where id = $1`, [
      sessionId,
      life,
    ]);
  }

  /** @returns whether it was still open. */
  async end(sessionId: string, reason: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'update sessions set ended_at = clock_timestamp(), end_reason = $2 where id = $1 and ended_at is null returning 1',
      [sessionId, reason],
    );
    return rowCount === 1;
  }

  /** Ends the sign-ins of a user, so that none can be refreshed. Sessions of an external issuer go on with its next token. */
  async endAllOf(userId: string, workspaceId: string | undefined, reason: string): Promise<void> {
    await this.database.query(
      `update sessions set ended_at = clock_timestamp(), end_reason = $3
        where user_id = $1 and ($2::uuid is null or workspace_id = $2) and issuer is null and ended_at is null`,
      [userId, workspaceId ?? null, reason],
    );
  }

  /** Whose session it is, within a workspace or, for the operator, anywhere. */
  async ownerOf(sessionId: string, workspaceId?: string): Promise<{ userId: string; role: Role } | undefined> {
    const { rows } = await this.database.query<{ userId: string; role: Role }>(
      `select s.user_id as "userId", m.role
         from sessions s join memberships m on m.workspace_id = s.workspace_id and m.user_id = s.user_id
        where s.id = $1 and ($2::uuid is null or s.workspace_id = $2)`,
      [sessionId, workspaceId ?? null],
    );
    return rows[0];
  }

  /** The open sessions of a user in a workspace, in descending id; by the index sessions_user. */
  async openOf(
    userId: string,
    workspaceId: string,
    before: string | undefined,
    limit: number,
  ): Promise<SessionListing[]> {
    const { rows } = await this.database.query<SessionListing>(
      `select id, user_id as "userId", issuer, user_agent as "userAgent", created_at as "createdAt", expires_at as "expiresAt"
         from sessions
        where user_id = $1 and workspace_id = $2 and ended_at is null and expires_at > now() and ($3::uuid is null or id < $3)
        order by id desc limit $4`,
      [userId, workspaceId, before ?? null, limit],
    );
    return rows;
  }

  /**
   * Deletes what can no longer be used. A used refresh token is kept as long as it might come back unexpired; an external
   * session that was ended is kept for a year, because its issuer may vouch for it for as long as it likes.
   */
  async prune(life: number): Promise<number> {
    const tokens = await this.database.query(
      `delete from refresh_tokens where created_at < now() - $1 * interval '1 millisecond'`,
      [life],
    );
    const sessions = await this.database.query(
      `delete from sessions where case
         when ended_at is null or issuer is null then greatest(expires_at, ended_at) < now() - interval '1 day'
         else ended_at < now() - interval '1 year' end`,
    );
    return (tokens.rowCount ?? 0) + (sessions.rowCount ?? 0);
  }
}
