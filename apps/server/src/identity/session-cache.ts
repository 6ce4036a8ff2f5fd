import type { Session } from './session';

interface Entry {
  session: Session;
  until: number;
}

/** Verified sessions by the hash of their token: the most recently used, until they expire. */
export class SessionCache {
  /** A Map keeps insertion order: the first entry is the one unused for longest. */
  private readonly sessions = new Map<string, Entry>();

  constructor(private readonly capacity: number) {}

  get size(): number {
    return this.sessions.size;
  }

  get(key: string, now: number): Session | undefined {
    const entry = this.sessions.get(key);
    if (!entry) return undefined;
    this.sessions.delete(key);
    if (entry.until <= now) return undefined;
    this.sessions.set(key, entry);
    return entry.session;
  }

  /** @param until when it is to be verified again, at the latest when it expires. */
  set(key: string, session: Session, until = session.expiresAt): void {
    this.sessions.delete(key);
    this.sessions.set(key, { session, until: Math.min(until, session.expiresAt) });
    if (this.sessions.size <= this.capacity) return;
    const oldest = this.sessions.keys().next();
    if (!oldest.done) this.sessions.delete(oldest.value);
  }
}
