import type { IncomingMessage } from 'node:http';
import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import ipaddr from 'ipaddr.js';
import { REALTIME_LIMITS, type RealtimeLimits } from './limits';
import { METER, type Meter, noMeter, type Refusal } from './meter';
import type { EngineConnection } from './transport';

/** The client's address behind the proxies that are trusted. */
export type AddressOf = (request: IncomingMessage) => string;

const warnEveryMs = 10_000;
const remedies: Partial<Record<Refusal, string>> = {
  origin: 'Add it to CORS_ORIGINS if it is yours.',
  address_full:
    'Raise SOCKETS_PER_ADDRESS, or name the proxy in TRUST_PROXY where it is a proxy and not one client that connects so often.',
  unauthenticated_full: 'Raise SOCKETS_UNAUTHENTICATED if these are clients of yours that come back after a restart.',
  user_full: 'Raise SOCKETS_PER_USER, or see what opens so many.',
  workspace_full: 'Raise SOCKETS_PER_WORKSPACE, or add gateways.',
  too_many_sockets: 'A client needs one for each namespace; raise SOCKETS_PER_CONNECTION if yours opens more.',
  too_many_refusals: 'Raise SOCKET_REFUSED_HANDSHAKES if it is a client of yours that tries again at once.',
};

/** Counts the connections of this process by address and those that nobody has answered for yet, and refuses more than there may be. */
@Injectable()
export class ConnectionGate {
  private readonly logger = new Logger(ConnectionGate.name);
  private readonly byAddress = new Map<string, number>();
  private readonly addresses = new WeakMap<EngineConnection, string>();
  private readonly unauthenticated = new Set<EngineConnection>();
  private readonly refusedHandshakes = new WeakMap<EngineConnection, number>();
  private readonly warnedAt = new Map<Refusal, number>();
  private readonly limits: RealtimeLimits['connections'];

  constructor(
    @Inject(REALTIME_LIMITS) { connections }: Pick<RealtimeLimits, 'connections'>,
    @Optional() @Inject(METER) readonly meter: Meter = noMeter,
  ) {
    this.limits = connections;
  }

  /** Why no other connection from there may be opened now, in words for whoever connects; `undefined` if it may. */
  refusal(address: string): string | undefined {
    const from = networkOf(address);
    if ((this.byAddress.get(from) ?? 0) >= this.limits.perAddress) {
      this.refuse('address_full', `${from} has ${this.limits.perAddress} connections here.`);
      return 'Too many connections from this address';
    }
    if (this.unauthenticated.size >= this.limits.unauthenticated) {
      this.refuse('unauthenticated_full', `${this.unauthenticated.size} connections have not shown a token yet.`);
      return 'Too many connections without a token; come back in a moment';
    }
    return undefined;
  }

  opened(connection: EngineConnection, address: string): void {
    const from = networkOf(address);
    this.byAddress.set(from, (this.byAddress.get(from) ?? 0) + 1);
    this.addresses.set(connection, from);
    this.unauthenticated.add(connection);
  }

  /** One of its sockets has a session. */
  authenticated(connection: EngineConnection): void {
    this.unauthenticated.delete(connection);
  }

  /** Whether its client may open another socket beside those it has. */
  hasRoom(sockets: number): boolean {
    if (sockets <= this.limits.socketsPerConnection) return true;
    this.refuse('too_many_sockets', `its connection has ${this.limits.socketsPerConnection} already.`);
    return false;
  }

  /** Counts a refused handshake of any namespace, and closes the connection of a client that goes on: a token costs more to verify than to send. */
  handshakeRefused(connection: EngineConnection): void {
    this.refuse('token');
    const refused = (this.refusedHandshakes.get(connection) ?? 0) + 1;
    this.refusedHandshakes.set(connection, refused);
    if (refused !== this.limits.refusedHandshakes) return;
    this.refuse('too_many_refusals', `${refused} handshakes on its connection were refused.`);
    // The client is told of this one first.
    setImmediate(() => connection.close());
  }

  closed(connection: EngineConnection): void {
    this.unauthenticated.delete(connection);
    const from = this.addresses.get(connection);
    if (from === undefined) return;
    this.addresses.delete(connection);
    const left = (this.byAddress.get(from) ?? 1) - 1;
    if (left > 0) this.byAddress.set(from, left);
    else this.byAddress.delete(from);
  }

  /** Counts a refusal, and tells the operator of one of a kind every ten seconds what can be done. */
  refuse(why: Refusal, what?: string): void {
    this.meter.refused(why);
    const now = performance.now();
    if (!what || now - (this.warnedAt.get(why) ?? Number.NEGATIVE_INFINITY) < warnEveryMs) return;
    this.warnedAt.set(why, now);
    this.logger.warn(`A socket was refused: ${what} ${remedies[why] ?? ''}`);
  }
}

/** Whoever has an IPv6 address has the other 2^64 of its network too. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  return `${new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]).toString()}/64`;
}
