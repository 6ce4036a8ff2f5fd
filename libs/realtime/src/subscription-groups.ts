import { type EventType, isUserRoom, type RoomName, rooms } from '@switchboard/contracts';
import type { Session, StoredEvent } from './ports';
import { hears, roomsOf, type Subscription, visible } from './subscription';

/** Sockets of one namespace that get exactly the same events but for those addressed to single users. */
export interface Group {
  /** The Socket.IO room its sockets are in. */
  readonly room: string;
  readonly key: string;
  readonly workspaceId: string;
  readonly role: Session['role'];
  readonly channelIds: Session['channelIds'];
  readonly subscription: Subscription;
  size: number;
  /** The last sequence it was told of, and when (the hub's clock). */
  toldSequence: number;
  toldAt: number;
}

export interface Member {
  readonly session: Session;
  readonly subscription: Subscription;
  /** Set while the socket is served live. */
  group: Group | undefined;
}

export interface Targets<M> {
  groups: Group[];
  members: M[];
}

/** What decides who gets an event. */
export type Addressed = Pick<StoredEvent, 'workspaceId' | 'type' | 'field' | 'audience'>;

interface WorkspaceIndex<M> {
  groups: Map<string, Group>;
  byRoom: Map<RoomName, Set<Group>>;
  byUser: Map<RoomName, M[]>;
  sockets: number;
}

/** A group asks `visible` once for all its sockets; what is for single users does not go by group. */
const nobody = '';

/** Who in one namespace gets an event: an index from rooms to groups of like sockets, and from users to their sockets. */
export class SubscriptionGroups<M extends Member> {
  private readonly workspaces = new Map<string, WorkspaceIndex<M>>();
  private named = 0;

  /** From here on the socket is known as one of its user's; it gets nothing before `join`. */
  enter(member: M): void {
    const index = this.indexOf(member.session.workspaceId);
    const user = rooms.user(member.session.userId);
    const members = index.byUser.get(user);
    index.sockets++;
    if (members) members.push(member);
    else index.byUser.set(user, [member]);
  }

  leave(member: M): void {
    this.part(member);
    const { workspaceId, userId } = member.session;
    const index = this.workspaces.get(workspaceId);
    const user = rooms.user(userId);
    const members = index?.byUser.get(user);
    if (!index || !members) return;
    const at = members.indexOf(member);
    if (at >= 0) {
      members.splice(at, 1);
      index.sockets--;
    }
    if (members.length === 0) index.byUser.delete(user);
    if (index.byUser.size === 0) this.workspaces.delete(workspaceId);
  }

  /** Puts the socket among those served live and returns its group. */
  join(member: M, sequence: number, now: number): Group {
    this.part(member);
    const { workspaceId, role, channelIds } = member.session;
    const index = this.indexOf(workspaceId);
    const key = `${role}|${channelIds?.join(',') ?? '*'}|${member.subscription.key}`;
    let group = index.groups.get(key);
    if (!group) {
      const { subscription } = member;
      const room = `g:${++this.named}`;
      group = { room, key, workspaceId, role, channelIds, subscription, size: 0, toldSequence: sequence, toldAt: now };
      index.groups.set(key, group);
      for (const room of this.roomsOfGroup(group)) {
        const groups = index.byRoom.get(room);
        if (groups) groups.add(group);
        else index.byRoom.set(room, new Set([group]));
      }
    }
    group.size++;
    member.group = group;
    return group;
  }

  /** Takes the socket out of live service; returns the group it was in. */
  part(member: M): Group | undefined {
    const { group } = member;
    if (!group) return undefined;
    member.group = undefined;
    if (--group.size === 0) this.forget(group);
    return group;
  }

  /** Which live sockets an event reaches. */
  targets(event: Addressed): Targets<M> {
    const targets: Targets<M> = { groups: [], members: [] };
    const index = this.workspaces.get(event.workspaceId);
    if (!index) return targets;
    if (event.audience.some(isUserRoom)) {
      targets.members = this.usersSockets(event).filter((member) => member.group);
      return targets;
    }
    for (const room of event.audience) {
      for (const group of index.byRoom.get(room) ?? []) {
        const { workspaceId, role, channelIds, subscription } = group;
        if (targets.groups.includes(group)) continue;
        if (visible(event, subscription, { workspaceId, role, channelIds, userId: nobody })) targets.groups.push(group);
      }
    }
    return targets;
  }

  /** Sockets, live or not yet, of the users an event is addressed to and that their subscription lets it through to. */
  usersSockets(event: Addressed): M[] {
    const index = this.workspaces.get(event.workspaceId);
    if (!index) return [];
    return [...new Set(event.audience)]
      .flatMap((room) => index.byUser.get(room) ?? [])
      .filter((member) => visible(event, member.subscription, member.session));
  }

  *groups(workspaceId?: string): Iterable<Group> {
    const indexes = workspaceId === undefined ? this.workspaces.values() : [this.workspaces.get(workspaceId)];
    for (const index of indexes) if (index) yield* index.groups.values();
  }

  /** How many sockets the user, and the whole workspace, have here. */
  population(workspaceId: string, userId: string): { users: number; sockets: number } {
    const index = this.workspaces.get(workspaceId);
    return { users: index?.byUser.get(rooms.user(userId))?.length ?? 0, sockets: index?.sockets ?? 0 };
  }

  /** One of the user's sockets. */
  anyOf(workspaceId: string, userId: string): M | undefined {
    return this.workspaces.get(workspaceId)?.byUser.get(rooms.user(userId))?.at(-1);
  }

  /** Users with a socket here; with one that is told of events of this type, where one is named. */
  users(workspaceId: string, type?: EventType): string[] {
    const found: string[] = [];
    for (const members of this.workspaces.get(workspaceId)?.byUser.values() ?? []) {
      if (type === undefined || members.some(({ subscription }) => hears(subscription, type))) {
        found.push(members[0]!.session.userId);
      }
    }
    return found;
  }

  counts(): { subscriptions: number; rooms: number; users: number } {
    const counts = { subscriptions: 0, rooms: 0, users: 0 };
    for (const index of this.workspaces.values()) {
      counts.subscriptions += index.groups.size;
      counts.rooms += index.byRoom.size;
      counts.users += index.byUser.size;
    }
    return counts;
  }

  private indexOf(workspaceId: string): WorkspaceIndex<M> {
    let index = this.workspaces.get(workspaceId);
    if (!index) {
      index = { groups: new Map(), byRoom: new Map(), byUser: new Map(), sockets: 0 };
      this.workspaces.set(workspaceId, index);
    }
    return index;
  }

  private roomsOfGroup(group: Group): RoomName[] {
    const { workspaceId, role, subscription } = group;
    return roomsOf(subscription, { workspaceId, role, userId: nobody }).filter((room) => !isUserRoom(room));
  }

  private forget(group: Group): void {
    const index = this.workspaces.get(group.workspaceId);
    if (!index) return;
    index.groups.delete(group.key);
    for (const room of this.roomsOfGroup(group)) {
      const groups = index.byRoom.get(room);
      groups?.delete(group);
      if (groups?.size === 0) index.byRoom.delete(room);
    }
  }
}
