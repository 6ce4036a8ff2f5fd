import { Logger } from '@nestjs/common';
import {
  type EventEnvelope,
  formatCursor,
  type Namespace as NamespaceName,
  namespacesWithFields,
  type ResyncReason,
  typesOf,
} from '@switchboard/contracts';
import type { Namespace as Server, Socket } from 'socket.io';
import type { Connection } from './connection';
import type { EncodedEnvelope } from './encoded-envelope';
import type { SubscriptionLimits } from './limits';
import type { EphemeralMessage, StoredEvent } from './ports';
import type { Offer } from './subscription';
import { type Addressed, type Group, SubscriptionGroups } from './subscription-groups';

export interface NamespaceStats {
  /** Sockets, authenticated or not. */
  clients: number;
  authenticated: number;
  /** Different subscriptions in use. */
  subscriptions: number;
  /** Rooms that somebody listens to. */
  rooms: number;
  users: number;
}

/** Of what comes for one user between authentication and `ready`, this much is kept. */
const maxHeld = 50;

/** The sockets of one namespace in this process, and how events reach them. */
export class ServedNamespace {
  readonly connections = new Set<Connection>();
  readonly groups = new SubscriptionGroups<Connection>();
  readonly offer: Offer;
  private readonly logger = new Logger(ServedNamespace.name);
  private nextDue = Number.POSITIVE_INFINITY;

  constructor(
    readonly server: Server,
    /** REST paths to load again when events were lost for good. */
    readonly refetch: readonly string[],
    private readonly epoch: () => string,
    limits: SubscriptionLimits,
  ) {
    const { name } = server;
    this.offer = {
      namespace: name,
      types: typesOf(name as NamespaceName),
      fields: namespacesWithFields.has(name),
      limits,
    };
  }

  get name(): string {
    return this.server.name;
  }

  cursor(sequence: number): string {
    return formatCursor(this.epoch(), sequence);
  }

  goLive(connection: Connection): void {
    const group = this.groups.join(connection, connection.workspace?.position ?? 0, Date.now());
    void connection.socket.join(group.room);
  }

  /** Holds live events back; the socket's position stays where it is. */
  suspend(connection: Connection): void {
    connection.position = connection.served;
    const group = this.groups.part(connection);
    if (group) void connection.socket.leave(group.room);
  }

  deliver(event: StoredEvent, envelope: EncodedEnvelope, now: number): void {
    for (const group of this.emit(event, event.id, envelope)) {
      group.toldSequence = event.sequence;
      group.toldAt = now;
    }
  }

  deliverEphemeral({ audience, event }: EphemeralMessage): void {
    const addressed = { workspaceId: event.workspaceId, type: event.type, field: null, audience };
    this.emit(addressed, event.id, event);
    for (const { held } of this.groups.usersSockets(addressed)) {
      if (!held) continue;
      if (held.length >= maxHeld) held.shift();
      held.push({ type: event.type, event });
    }
  }

  /** Tells every live socket of a workspace that events up to `position` are lost for good. */
  tellGap(workspaceId: string, position: number, reason: ResyncReason): void {
    for (const group of this.groups.groups(workspaceId)) {
      this.toGroup(group).emit('resync', { reason, refetch: this.refetch, cursor: this.cursor(position) });
      group.toldSequence = position;
    }
  }

  /** Tells groups that were quiet since `before` where they stand, so that their cursors do not age. */
  checkpoint(before: number, now: number, positionOf: (workspaceId: string) => number): void {
    for (const group of this.groups.groups()) {
      if (group.toldAt > before) continue;
      const position = positionOf(group.workspaceId);
      if (position <= group.toldSequence) continue;
      this.toGroup(group).emit('checkpoint', { cursor: this.cursor(position) });
      group.toldSequence = position;
      group.toldAt = now;
    }
  }

  /** Has the clock look at the socket then. */
  schedule(connection: Connection, at: number): void {
    connection.dueAt = at;
    this.nextDue = Math.min(this.nextDue, at);
  }

  /** Sockets whose time has come. */
  due(now: number): Connection[] {
    if (now < this.nextDue) return [];
    const due: Connection[] = [];
    this.nextDue = Number.POSITIVE_INFINITY;
    for (const connection of this.connections) {
      if (connection.dueAt <= now) due.push(connection);
      else this.nextDue = Math.min(this.nextDue, connection.dueAt);
    }
    return due;
  }

  stats(): NamespaceStats {
    let authenticated = 0;
    for (const connection of this.connections) if (connection.authenticated) authenticated++;
    return { clients: this.connections.size, authenticated, ...this.groups.counts() };
  }

  /** Encoded once for all. One event that cannot be sent must not stop those after it. */
  private emit(event: Addressed, id: string, envelope: EncodedEnvelope | EventEnvelope): readonly Group[] {
    try {
      const { groups, members } = this.groups.targets(event);
      if (groups.length === 0 && members.length === 0) return groups;
      const only = this.onlySocket(groups, members);
      if (only) {
        only.emit(event.type, envelope);
        return groups;
      }
      const names: string[] = groups.map(({ room }) => room);
      for (const { socket } of members) names.push(socket.id);
      this.server.local.to(names).emit(event.type, envelope);
      return groups;
    } catch (error) {
      this.logger.error(`Event ${id} could not be sent: ${error instanceof Error ? error.stack : error}`);
      return [];
    }
  }

  private onlySocket([group, ...groups]: Group[], [member, ...members]: Connection[]): Socket | undefined {
    if (groups.length > 0 || members.length > 0) return undefined;
    if (member) return group ? undefined : member.socket;
    if (group?.size !== 1) return undefined;
    const [id] = this.server.adapter.rooms.get(group.room) ?? [];
    return id === undefined ? undefined : this.server.sockets.get(id);
  }

  private toGroup(group: Group) {
    return this.server.local.to(group.room);
  }
}
