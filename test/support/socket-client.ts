import { clientMessages } from '@switchboard/contracts';
import { io, type Socket } from 'socket.io-client';
import { contractProblem } from './contract';
import { until } from './until';

export interface ReceivedEvent {
  type: string;
  id: string;
  cursor?: string;
  workspaceId: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test checks events by what they hold
  data: any;
}

/** A dashboard: one namespace, everything that it is told in order. */
export class SocketClient {
  readonly events: ReceivedEvent[] = [];
  // biome-ignore lint/suspicious/noExplicitAny: notices differ
  readonly notices: { name: string; body: any }[] = [];

  constructor(readonly socket: Socket) {
    socket.onAny((name: string, body) => {
      this.check(name, body);
      if (body && typeof body === 'object' && 'workspaceId' in body && 'data' in body)
        this.events.push(body as ReceivedEvent);
      else this.notices.push({ name, body });
    });
  }

  of(...types: string[]): ReceivedEvent[] {
    return this.events.filter(({ type }) => types.includes(type));
  }

  /** The cursor to resume from: that of the last event, else of `ready`. */
  get cursor(): string {
    return this.events.findLast((event) => event.cursor)?.cursor ?? this.notice('ready')?.cursor;
  }

  // biome-ignore lint/suspicious/noExplicitAny: notices differ
  notice(name: string): any {
    return this.notices.findLast((one) => one.name === name)?.body;
  }

  async waitFor(type: string, count = 1, ms?: number): Promise<ReceivedEvent[]> {
    await until(() => this.of(type).length >= count, `${count} × ${type} came (so far ${this.of(type).length})`, ms);
    return this.of(type);
  }

  // biome-ignore lint/suspicious/noExplicitAny: notices differ
  waitForNotice(name: string): Promise<any> {
    return until(() => this.notice(name), `${name} was told`);
  }

  // biome-ignore lint/suspicious/noExplicitAny: acks differ
  async ask(message: string, argument?: unknown): Promise<any> {
    const ack = await this.socket.timeout(10_000).emitWithAck(message, argument);
    // A message that there is not is answered, and not described.
    if (knownMessages.has(message)) this.check(`${message} ack`, ack);
    return ack;
  }

  private check(name: string, body: unknown): void {
    const problem = contractProblem(name, body);
    if (problem) problems.push(problem);
  }

  close(): void {
    this.socket.disconnect();
  }
}

const open = new Set<SocketClient>();
const knownMessages: ReadonlySet<string> = new Set([...clientMessages.everywhere, ...clientMessages['/messages']]);
/** What did not keep to the contract since sockets were last closed. */
const problems: string[] = [];

/** Connects without waiting for anything. */
export function dial(
  url: string,
  namespace: string,
  auth: Record<string, unknown>,
  options: Record<string, unknown> = {},
): SocketClient {
  const client = new SocketClient(
    io(`${url}${namespace}`, { transports: ['websocket'], forceNew: true, reconnection: false, auth, ...options }),
  );
  open.add(client);
  return client;
}

/** Connects and waits for `ready`. */
export async function connect(url: string, namespace: string, auth: Record<string, unknown>): Promise<SocketClient> {
  const client = dial(url, namespace, auth);
  let refused: (Error & { data?: unknown }) | undefined;
  client.socket.on('connect_error', (error) => {
    refused = error;
  });
  await until(() => {
    if (refused) throw Object.assign(new Error(`refused: ${refused.message}`), { data: refused.data });
    return client.notice('ready');
  }, `a socket of ${namespace} is ready`);
  return client;
}

/** Closes what a test left open. @throws where anything that came is otherwise than the contract says. */
export function closeSockets(): void {
  for (const client of open) client.close();
  open.clear();
  const found = problems.splice(0);
  if (found.length > 0) throw new Error(found.slice(0, 5).join('\n'));
}
