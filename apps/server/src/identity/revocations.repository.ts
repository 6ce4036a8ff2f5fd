import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type Revocation, userSubject } from './revocation-set';

interface RevocationRow extends Omit<Revocation, 'revokedAt'> {
  revokedAt: Date;
}

const columns = `id, kind, subject, reason, revoked_at as "revokedAt"`;

/** The revocation log. Times are the database's, in whole milliseconds, so that they compare with those in tokens. */
@Injectable()
export class RevocationsRepository {
  constructor(private readonly database: Database) {}

  async session(sessionId: string, reason: string): Promise<Revocation> {
    const { rows } = await this.database.query<RevocationRow>(
      `insert into revocations (kind, subject, reason, revoked_at)
       values ('session', $1, $2, date_trunc('milliseconds', clock_timestamp())) returning ${columns}`,
      [sessionId, reason],
    );
    return revocation(rows[0]!);
  }

  /**
   * Ends every token of a user that was issued until now. The caller holds the user's row FOR UPDATE, which keeps sign-ins
   * out: those before are no later than this entry, those after are later (see `SessionsRepository.addRefreshToken`).
   */
  async user(userId: string, workspaceId: string | undefined, reason: string): Promise<Revocation> {
    const { rows } = await this.database.query<RevocationRow>(
      `insert into revocations (kind, subject, reason, revoked_at)
       values ('user', $1, $2, greatest(date_trunc('milliseconds', clock_timestamp()),
         (select max(t.created_at) from sessions s join refresh_tokens t on t.session_id = s.id where s.user_id = $3)))
       returning ${columns}`,
      [userSubject(userId, workspaceId), reason, userId],
    );
    return revocation(rows[0]!);
  }

  /** Entries made after `since`, by the index revocations_time, and what time it is for the database. */
  async since(since: Date): Promise<{ now: Date; revocations: Revocation[] }> {
    const { rows } = await this.database.query<{ now: Date } & (RevocationRow | { id: null })>({
      name: 'revocations-since',
      text: `select n.now, ${columns} from (select clock_timestamp() as now) n left join revocations on revoked_at > $1 order by id`,
      values: [since],
    });
    return { now: rows[0]!.now, revocations: rows.flatMap((row) => (row.id === null ? [] : [revocation(row)])) };
  }

  async deleteBefore(before: Date): Promise<number> {
    const { rowCount } = await this.database.query('delete from revocations where revoked_at < $1', [before]);
    return rowCount ?? 0;
  }
}

const revocation = ({ id, kind, subject, reason, revokedAt }: RevocationRow): Revocation => ({
  id,
  kind,
  subject,
  reason,
  revokedAt: revokedAt.getTime(),
});
