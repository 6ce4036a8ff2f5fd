import type { EventType } from '@switchboard/contracts';
import type { Socket } from 'socket.io';
import type { Session } from './ports';
import { ProtocolError } from './protocol-error';
import type { Subscription } from './subscription';
import type { Group } from './subscription-groups';
import type { TrackedWorkspace } from './tracked-workspace';

const CONNECTION = Symbol('connection');
const refusalsPerBurst = 10;

type Carrier = { [CONNECTION]?: Connection };

/** One socket in one namespace: who it acts for, what it gets, how far it is. Lean: there may be 100,000. */
export class Connection {
  /** `undefined` until authenticated. */
  session: Session = undefined as unknown as Session;
  /** Set while live events come through. */
  group: Group | undefined = undefined;
  workspace: TrackedWorkspace | undefined = undefined;
  /** Served up to here while not live; -1 before that is known. */
  position = -1;
  /** When the clock has to look at it again, milliseconds since 1970. */
  dueAt = 0;
  /** Ephemeral events that came between authentication and `ready`. */
  held: { type: EventType; event: unknown }[] | undefined = undefined;
  /** Handlers that have not answered yet. */
  unanswered = 0;
  /** Messages refused since the allowance was last whole. */
  private refused = 0;
  private tokens: number;
  private filledAt = 0;
  private tail: Promise<unknown> | undefined = undefined;

  constructor(
    readonly socket: Socket,
    public subscription: Subscription,
    /** The cursor of the handshake, until it is used. */
    public cursor: unknown,
    private readonly rate: RateLimit,
  ) {
    this.tokens = rate.burst;
    (socket as Carrier)[CONNECTION] = this;
  }

  get authenticated(): boolean {
    return this.session !== undefined;
  }

  /** Up to here the socket has been told of everything it may see. */
  get served(): number {
    return this.group && this.workspace ? this.workspace.position : this.position;
  }

  /** Takes one from the socket's allowance of messages; false when it is used up. */
  admit(now: number): boolean {
    const { perSecond, burst, unanswered } = this.rate;
    this.tokens = Math.min(burst, this.tokens + ((now - this.filledAt) * perSecond) / 1000);
    this.filledAt = now;
    if (this.tokens >= burst) this.refused = 0;
    if (this.tokens < 1 || this.unanswered >= unanswered) {
      this.refused++;
      return false;
    }
    this.tokens--;
    return true;
  }

  /** It goes on although it was told to slow down: even refusing its messages costs something. */
  get floods(): boolean {
    return this.refused > refusalsPerBurst * this.rate.burst;
  }

  /** Runs work that changes what the socket is served, one after the other. */
  serially<T>(work: () => Promise<T>): Promise<T> {
    const result = this.tail ? this.tail.then(work) : work();
    const tail = result.then(nothing, nothing);
    this.tail = tail;
    void tail.then(() => {
      if (this.tail === tail) this.tail = undefined;
    });
    return result;
  }
}

export interface RateLimit {
  /** Messages a second that a socket may send, and how many at once. */
  perSecond: number;
  burst: number;
  /** Messages of one socket that may be under way at the same time. */
  unanswered: number;
}

export function connectionOf(socket: unknown): Connection | undefined {
  return (socket as Carrier | undefined)?.[CONNECTION];
}

/** @throws ProtocolError where the socket is gone. */
export function connectionIn(socket: unknown): Connection {
  const connection = connectionOf(socket);
  if (!connection) throw new ProtocolError('unauthenticated', 'The socket has been disconnected.');
  return connection;
}

/** Who a socket acts for; `undefined` before it has authenticated. */
export function sessionOf(socket: Socket): Session | undefined {
  return connectionOf(socket)?.session;
}

const nothing = () => undefined;
