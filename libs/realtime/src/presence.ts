import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { PresenceStatus } from '@switchboard/contracts';
import type { Connection } from './connection';
import { REALTIME_LIMITS, type RealtimeLimits } from './limits';
import { GATEWAY_TALK, type GatewayTalk } from './ports';
import { SoftState } from './soft-state';
import { type Viewers, Viewing } from './viewing';

/** What sockets say of themselves; nobody says of itself that it is not there. */
export type OwnStatus = Exclude<PresenceStatus, 'offline'>;

export interface PresenceListener {
  presence(workspaceId: string, userId: string, status: PresenceStatus): void;
  viewing(workspaceId: string, conversationId: string, viewers: Viewers): void;
}

/** The tabs of one user in this process. */
interface Tabs {
  workspaceId: string;
  userId: string;
  status: Map<Connection, OwnStatus>;
  /** Told of as offline then, unless a tab comes back. */
  leavesAt: number | undefined;
  told: OwnStatus | undefined;
}

const strongest = (statuses: Iterable<PresenceStatus>): PresenceStatus => {
  const all = new Set(statuses);
  return all.has('online') ? 'online' : all.has('away') ? 'away' : 'offline';
};

/**
 * Who is there, over all tabs and all processes. Kept in memory by the processes that have sockets of the workspace. Only users count:
 * an API key is nobody whom colleagues wait for.
 */
@Injectable()
export class Presence implements OnModuleDestroy {
  private readonly users: SoftState<OwnStatus>;
  readonly viewing: Viewing;
  private readonly tabs = new Map<string, Tabs>();
  /** Tabs, views and users that linger, by workspace. */
  private readonly used = new Map<string, number>();
  private readonly listeners = new Set<PresenceListener>();
  /** Users that are there, as was last told. */
  private readonly known = new Map<string, Map<string, PresenceStatus>>();

  constructor(
    @Inject(GATEWAY_TALK) talk: GatewayTalk,
    @Inject(REALTIME_LIMITS) private readonly limits: Pick<RealtimeLimits, 'presence'>,
  ) {
    const times = limits.presence;
    this.users = new SoftState('presence', talk, times, (workspaceId, userId, statuses) =>
      this.tellUser(workspaceId, userId, statuses),
    );
    this.viewing = new Viewing(talk, times, {
      begun: (workspaceId) => this.use(workspaceId),
      ended: (workspaceId) => this.unuse(workspaceId),
      changed: (...change) => {
        for (const listener of this.listeners) listener.viewing(...change);
      },
    });
  }

  onChange(listener: PresenceListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** A socket that counts: call it once it is served. */
  enter(connection: Connection): void {
    const { workspaceId, userId, apiKeyId } = connection.session;
    if (apiKeyId !== undefined) return;
    const key = `${workspaceId}:${userId}`;
    let tabs = this.tabs.get(key);
    if (!tabs) {
      tabs = { workspaceId, userId, status: new Map(), leavesAt: undefined, told: undefined };
      this.tabs.set(key, tabs);
      this.use(workspaceId);
    }
    tabs.leavesAt = undefined;
    tabs.status.set(connection, 'online');
    this.say(tabs);
  }

  leave(connection: Connection, now = Date.now()): void {
    this.viewing.stop(connection);
    const tabs = this.tabsOf(connection);
    if (!tabs?.status.delete(connection)) return;
    // Whoever loads a page anew is back in a moment.
    if (tabs.status.size === 0) tabs.leavesAt = now + this.limits.presence.lingerMs;
    else this.say(tabs);
  }

  set(connection: Connection, status: OwnStatus): PresenceStatus {
    const tabs = this.tabsOf(connection);
    if (!tabs?.status.has(connection)) return 'offline';
    tabs.status.set(connection, status);
    this.say(tabs);
    return this.statusOf(tabs.workspaceId, tabs.userId);
  }

  statusOf(workspaceId: string, userId: string): PresenceStatus {
    return strongest(this.users.values(workspaceId, userId));
  }

  /** Those that are there or away. */
  list(workspaceId: string): { userId: string; status: PresenceStatus }[] {
    return this.users.keys(workspaceId).map((userId) => ({ userId, status: this.statusOf(workspaceId, userId) }));
  }

  /** Call it every second or so. */
  tick(now: number): void {
    for (const [key, tabs] of [...this.tabs]) {
      if (tabs.leavesAt === undefined || tabs.leavesAt > now) continue;
      this.tabs.delete(key);
      this.users.set(tabs.workspaceId, tabs.userId, undefined);
      this.unuse(tabs.workspaceId);
    }
    this.users.tick(now);
    this.viewing.tick(now);
  }

  onModuleDestroy(): void {
    this.listeners.clear();
    this.users.close();
    this.viewing.close();
  }

  private tabsOf(connection: Connection): Tabs | undefined {
    const { session } = connection;
    return session && this.tabs.get(`${session.workspaceId}:${session.userId}`);
  }

  private use(workspaceId: string): void {
    const uses = this.used.get(workspaceId) ?? 0;
    this.used.set(workspaceId, uses + 1);
    if (uses > 0) return;
    this.users.follow(workspaceId);
    this.viewing.follow(workspaceId);
  }

  private unuse(workspaceId: string): void {
    const uses = (this.used.get(workspaceId) ?? 1) - 1;
    this.used.set(workspaceId, uses);
    if (uses > 0) return;
    this.used.delete(workspaceId);
    this.known.delete(workspaceId);
    this.users.unfollow(workspaceId);
    this.viewing.unfollow(workspaceId);
  }

  private say(tabs: Tabs): void {
    const status = strongest(tabs.status.values()) as OwnStatus;
    if (status === tabs.told) return;
    tabs.told = status;
    this.users.set(tabs.workspaceId, tabs.userId, status);
  }

  private tellUser(workspaceId: string, userId: string, values: OwnStatus[]): void {
    const status = strongest(values);
    let known = this.known.get(workspaceId);
    if (!known) {
      known = new Map();
      this.known.set(workspaceId, known);
    }
    if ((known.get(userId) ?? 'offline') === status) return;
    if (status === 'offline') known.delete(userId);
    else known.set(userId, status);
    for (const listener of this.listeners) listener.presence(workspaceId, userId, status);
  }
}
