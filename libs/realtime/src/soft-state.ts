import { randomUUID } from 'node:crypto';
import type { GatewayTalk } from './ports';

/** Of one process, for one key of a workspace; `null`: nothing any more. */
type Told<V> = [key: string, value: V | null];

interface Message<V> {
  from: string;
  /** Of this workspace everybody tells what they have. */
  ask?: string;
  changed?: { workspaceId: string; key: string; value: V | null };
  /** All that `from` has in these workspaces. */
  all?: { workspaceId: string; entries: Told<V>[] }[];
}

interface Held<V> {
  value: V;
  /** Milliseconds since 1970. */
  until: number;
}

interface Followed<V> {
  /** By key, then by process. */
  keys: Map<string, Map<string, Held<V>>>;
}

export interface SoftStateTimes {
  /** How often each process tells all it has. */
  refreshMs: number;
  /** What a process has not told for this long is no longer so. */
  ttlMs: number;
}

/** Entries in one message between processes. */
const mostEntries = 500;

/**
 * What each process knows of its own sockets, told to those that serve the same workspace. Nothing of it is stored: who is told too
 * late or not at all is put right by the next refresh, and what a dead process has told ends by itself.
 */
export class SoftState<V> {
  private readonly me = randomUUID();
  private readonly workspaces = new Map<string, Followed<V>>();
  private readonly silence: () => void;
  private refreshedAt = 0;
  /** Nothing that others have told ends before. */
  private nextEnd = Number.POSITIVE_INFINITY;

  constructor(
    private readonly topic: string,
    private readonly talk: GatewayTalk,
    private readonly times: SoftStateTimes,
    /** Called after a value changed, in whichever process, with the values of all processes now and before. */
    private readonly changed: (workspaceId: string, key: string, values: V[], before: V[]) => void,
  ) {
    this.silence = talk.hear(topic, (message) => this.hear(message as Message<V>));
  }

  /** From here on it is known what other processes have of the workspace. */
  follow(workspaceId: string): void {
    if (this.workspaces.has(workspaceId)) return;
    this.workspaces.set(workspaceId, { keys: new Map() });
    this.say({ ask: workspaceId });
  }

  unfollow(workspaceId: string): void {
    const followed = this.workspaces.get(workspaceId);
    if (!followed) return;
    for (const [key, by] of followed.keys) {
      if (by.has(this.me)) this.say({ changed: { workspaceId, key, value: null } });
    }
    this.workspaces.delete(workspaceId);
  }

  /** Of this process; `undefined`: nothing any more. The workspace must be followed. */
  set(workspaceId: string, key: string, value: V | undefined): void {
    this.say({ changed: { workspaceId, key, value: value ?? null } });
    this.keep(this.me, workspaceId, key, value ?? null, Number.POSITIVE_INFINITY);
  }

  values(workspaceId: string, key: string): V[] {
    return [...(this.workspaces.get(workspaceId)?.keys.get(key)?.values() ?? [])].map(({ value }) => value);
  }

  keys(workspaceId: string): string[] {
    return [...(this.workspaces.get(workspaceId)?.keys.keys() ?? [])];
  }

  /** Call it every second or so. */
  tick(now: number): void {
    if (now >= this.nextEnd) this.endUntold(now);
    if (now - this.refreshedAt < this.times.refreshMs) return;
    this.refreshedAt = now;
    this.tellAll([...this.workspaces.keys()]);
  }

  private endUntold(now: number): void {
    this.nextEnd = Number.POSITIVE_INFINITY;
    for (const [workspaceId, { keys }] of this.workspaces) {
      for (const [key, by] of [...keys]) {
        for (const [from, { until }] of [...by]) {
          if (until <= now) this.keep(from, workspaceId, key, null, now);
          else this.nextEnd = Math.min(this.nextEnd, until);
        }
      }
    }
  }

  close(): void {
    for (const workspaceId of [...this.workspaces.keys()]) this.unfollow(workspaceId);
    this.silence();
  }

  private hear(message: Message<V>): void {
    const { from, ask, changed, all } = message;
    if (from === this.me) return;
    const until = Date.now() + this.times.ttlMs;
    if (ask !== undefined) this.tellAll([ask]);
    if (changed) this.keep(from, changed.workspaceId, changed.key, changed.value, until);
    for (const { workspaceId, entries } of all ?? []) {
      const told = new Map(entries);
      for (const [key, by] of [...(this.workspaces.get(workspaceId)?.keys ?? [])]) {
        if (by.has(from) && !told.has(key)) this.keep(from, workspaceId, key, null, until);
      }
      for (const [key, value] of told) this.keep(from, workspaceId, key, value, until);
    }
  }

  private keep(from: string, workspaceId: string, key: string, value: V | null, until: number): void {
    const followed = this.workspaces.get(workspaceId);
    if (!followed) return;
    let by = followed.keys.get(key);
    const held = by?.get(from);
    const before = this.values(workspaceId, key);
    if (value === null) {
      if (!held) return;
      by!.delete(from);
      if (by!.size === 0) followed.keys.delete(key);
    } else {
      if (!by) {
        by = new Map();
        followed.keys.set(key, by);
      }
      by.set(from, { value, until });
      this.nextEnd = Math.min(this.nextEnd, until);
      if (held && JSON.stringify(held.value) === JSON.stringify(value)) return;
    }
    this.changed(workspaceId, key, this.values(workspaceId, key), before);
  }

  /** A workspace goes into one message, however large: its entries replace what was told before. */
  private tellAll(workspaceIds: readonly string[]): void {
    let all: NonNullable<Message<V>['all']> = [];
    let entries = 0;
    for (const workspaceId of workspaceIds) {
      const own: Told<V>[] = [];
      for (const [key, by] of this.workspaces.get(workspaceId)?.keys ?? []) {
        const held = by.get(this.me);
        if (held) own.push([key, held.value]);
      }
      if (own.length === 0) continue;
      all.push({ workspaceId, entries: own });
      entries += own.length;
      if (entries < mostEntries) continue;
      this.say({ all });
      all = [];
      entries = 0;
    }
    if (all.length > 0) this.say({ all });
  }

  private say(message: Omit<Message<V>, 'from'>): void {
    this.talk.say(this.topic, { from: this.me, ...message });
  }
}
