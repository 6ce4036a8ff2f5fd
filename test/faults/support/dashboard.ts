import { eventNamespaces, isEventType, parseCursor } from '@switchboard/contracts';
import { Manager, type Socket } from 'socket.io-client';
import type { Told } from './oracle';

export const watched = ['/messages', '/webhooks'] as const;
export type Watched = (typeof watched)[number];

/** What a client asks to see; everything if left out. */
export interface Interest {
  fields?: string[];
  channelId?: string;
}

interface Envelope {
  id: string;
  type: string;
  cursor?: string;
  data: unknown;
}

/** What one namespace of a client was told, over all its connections. It resumes by itself from the last cursor it was told. */
export class ClientLog {
  readonly told: Told[] = [];
  /** What no client should have to hear: resyncs, errors, refusals. */
  readonly troubles: string[] = [];
  /** Of the messages whose platform's id is a mark, those that came. */
  readonly seen = new Set<string>();
  ready = false;
  private closed = false;
  private readonly socket: Socket;

  constructor(
    manager: Manager,
    readonly namespace: Watched,
    readonly interest: Interest,
    token: string,
    private cursor: string,
    private readonly marks: ReadonlySet<string>,
  ) {
    const { fields, channelId } = interest;
    const subscription = {
      ...(fields && namespace === '/webhooks' ? { fields } : {}),
      ...(channelId ? { rooms: [{ kind: 'channel', id: channelId }] } : {}),
    };
    this.socket = manager.socket(namespace, {
      auth: (give: (auth: object) => void) => give({ token, cursor: this.cursor, ...subscription }),
    });
    this.socket.onAny((name: string, body: unknown) => this.hear(name, body));
    this.socket.on('connect_error', (error) => this.refused(error));
  }

  /** Whether an event of the log is for this client. */
  expects({ type, field, audience }: { type: string; field: string | null; audience: string[] }): boolean {
    const { fields, channelId } = this.interest;
    if (!isEventType(type) || eventNamespaces[type] !== this.namespace) return false;
    if (fields && this.namespace === '/webhooks' && !fields.includes(field ?? '')) return false;
    return !channelId || audience.includes(`channel:${channelId}`);
  }

  close(): void {
    this.closed = true;
    this.socket.disconnect();
  }

  private hear(name: string, body: unknown): void {
    const { cursor, id, data, resync } = body as Partial<Envelope> & { resync?: { reason: string } };
    if (['error', 'resync', 'session.ended'].includes(name)) this.troubles.push(`${name}: ${JSON.stringify(body)}`);
    if (resync) this.troubles.push(`ready with a resync: ${resync.reason}`);
    if (name === 'ready') this.ready = true;
    if (cursor === undefined) return;
    this.cursor = cursor;
    if (!isEventType(name)) return;
    this.told.push({ sequence: parseCursor(cursor)!.sequence, type: name, id: id! });
    const { message, raw } = data as { message?: { platformMessageId?: string }; raw?: { message?: { mid?: string } } };
    const platformId = message?.platformMessageId ?? raw?.message?.mid;
    if (platformId && this.marks.has(platformId)) this.seen.add(platformId);
  }

  /** A refused namespace is not tried again by Socket.IO itself; an application does that, unless it is its token. */
  private refused(error: Error & { data?: { code?: string } }): void {
    if (this.socket.active) return;
    if (error.data?.code !== 'internal') this.troubles.push(`refused: ${error.message}`);
    setTimeout(() => this.closed || this.socket.connect(), 200);
  }
}

/** One client: a connection with the namespaces it watches. It comes back by itself, as often as it must. */
export class Dashboard {
  readonly logs: ClientLog[];

  constructor(
    readonly name: string,
    url: string,
    given: { token: string; cursor: string; marks: ReadonlySet<string>; interest?: Interest },
  ) {
    const manager = new Manager(url, { transports: ['websocket'], reconnectionDelay: 100, reconnectionDelayMax: 1000 });
    const { token, cursor, marks, interest = {} } = given;
    this.logs = watched.map((namespace) => new ClientLog(manager, namespace, interest, token, cursor, marks));
  }

  close(): void {
    for (const log of this.logs) log.close();
  }
}
