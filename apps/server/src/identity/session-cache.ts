import type { Session } from './session';

/** Verified sessions by the hash of their token: the most recently used, until they expire. */
export class SessionCache {
  /** A Map keeps insertion order: the first entry is the one unused for longest. */
  private readonly sessions = new Map<string, Session>();

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.sessions.size;
  }

  get(key: string, now: number): Session | undefined {
    const session = this.sessions.get(key);
    if (!session) return undefined;
    this.sessions.delete(key);
    if (session.expiresAt <= now) return undefined;
    this.sessions.set(key, session);
    return session;
  }

  set(key: string, session: Session): void {
    this.sessions.delete(key);
    this.sessions.set(key, session);
    if (this.sessions.size <= this.capacity) return;
    const oldest = this.sessions.keys().next();
    if (!oldest.done) this.sessions.delete(oldest.value);
  }
}
