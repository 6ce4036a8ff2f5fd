import type { SessionsEnded } from '@switchboard/realtime';
import type { Session } from './session';

/** One entry of the revocation log. */
export interface Revocation {
  id: number;
  kind: 'session' | 'user';
  /** `session`: the session id. `user`: `userSubject(…)`. */
  subject: string;
  reason: string;
  /** Milliseconds since 1970, by the database's clock. */
  revokedAt: number;
}

type Subject = Pick<Session, 'id' | 'userId' | 'workspaceId' | 'issuedAt'>;

/** The subject of a user's revocation: everywhere, or in one workspace only. */
export const userSubject = (userId: string, workspaceId?: string): string =>
  workspaceId === undefined ? userId : `${userId}@${workspaceId}`;

/** Sessions that end before their token does; of one workspace where that is named. */
export interface EndedSessions extends SessionsEnded {
  workspaceId?: string;
}

export function endedBy({ kind, subject, reason, revokedAt }: Revocation): EndedSessions {
  if (kind === 'session') return { sessionId: subject, reason };
  const [userId, workspaceId] = subject.split('@');
  return { userId, ...(workspaceId === undefined ? {} : { workspaceId }), issuedBefore: revokedAt + 1, reason };
}

/**
 * Everything that can still end a living token, held in memory so that asking costs nothing. A user's tokens issued up to and
 * including `revokedAt` are dead, a session's all.
 */
export class RevocationSet {
  private readonly ids = new Map<number, Revocation>();
  /** The latest time by kind and subject. */
  private readonly latest = { session: new Map<string, number>(), user: new Map<string, number>() };

  get size(): number {
    return this.ids.size;
  }

  /** @returns false for an entry that is known already. */
  add(revocation: Revocation): boolean {
    if (this.ids.has(revocation.id)) return false;
    this.ids.set(revocation.id, revocation);
    const latest = this.latest[revocation.kind];
    latest.set(revocation.subject, Math.max(revocation.revokedAt, latest.get(revocation.subject) ?? 0));
    return true;
  }

  ended(session: Subject): boolean {
    return (
      this.latest.session.has(session.id) ||
      this.endedFor(session.userId, session.issuedAt) ||
      this.endedFor(userSubject(session.userId, session.workspaceId), session.issuedAt)
    );
  }

  /** Forgets entries made before `before`: no token of that time lives any more. */
  prune(before: number): void {
    for (const { id, kind, subject, revokedAt } of this.ids.values()) {
      if (revokedAt >= before) continue;
      this.ids.delete(id);
      if (this.latest[kind].get(subject) === revokedAt) this.latest[kind].delete(subject);
    }
  }

  private endedFor(subject: string, issuedAt: number): boolean {
    const revokedAt = this.latest.user.get(subject);
    return revokedAt !== undefined && issuedAt <= revokedAt;
  }
}
