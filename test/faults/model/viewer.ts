import { formatCursor, isEventType, type Namespace, parseCursor } from '@switchboard/contracts';
import { Manager, type Socket } from 'socket.io-client';
import type { ServerProcess } from '../../support/server-process';
import { until } from '../../support/until';
import type { LoggedEvent } from '../support/oracle';
import type { House } from './stage';
import { Timeline } from './timeline';
import {
  everything,
  handshakeOf,
  type Request,
  sayable,
  subscribed,
  unsubscribed,
  type Viewpoint,
  type Wish,
} from './wish';

export const watched = ['/messages', '/webhooks'] as const satisfies Namespace[];
export type Watched = (typeof watched)[number];

type Answer = { ok: true; data: { since?: string; cursor: string } } | { ok: false; error: { code: string } };

/** An event, or a notice. */
interface Told {
  id: string;
  cursor?: string;
  resync?: { reason: string };
  code?: string;
}

const answerMs = 15_000;

/** One namespace of a client. */
class View {
  readonly timeline: Timeline;
  /** What no client should have to hear. */
  readonly troubles: string[] = [];
  ready = false;
  private wish: Wish | undefined = everything;
  private epoch = '';
  /** Told up to here. */
  private reached = 0;
  private socket: Socket | undefined;

  constructor(
    readonly namespace: Watched,
    viewpoint: Viewpoint,
  ) {
    this.timeline = new Timeline(namespace, viewpoint);
  }

  get cursor(): string {
    return formatCursor(this.epoch, this.reached);
  }

  get position(): number {
    return this.reached;
  }

  dial(manager: Manager, token: string): void {
    const { begun } = this.timeline;
    const said = sayable(this.wish);
    if (begun && said !== this.wish) this.timeline.changes(said, this.reached);
    this.wish = said;
    this.ready = false;
    const auth = { token, ...(begun ? { cursor: this.cursor } : {}), ...handshakeOf(said) };
    const socket = manager.socket(this.namespace, { auth });
    this.socket = socket;
    // What was on its way when the client hung up is not told any more.
    socket.onAny((name: string, body: Told) => this.socket === socket && this.hear(name, body));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => {
      // The connection broke, or a store was away; anything else is said to be wrong with what was sent.
      if (error.data && error.data.code !== 'internal') this.troubles.push(`refused: ${JSON.stringify(error.data)}`);
    });
    socket.connect();
  }

  hangUp(): void {
    this.ready = false;
    this.socket = undefined;
  }

  /** Offline, it is for the next handshake to say. */
  async change(kind: 'subscribe' | 'unsubscribe', request: Request): Promise<void> {
    const next =
      kind === 'subscribe' ? subscribed(this.wish, request) : unsubscribed(this.wish, request, this.namespace);
    if (!this.ready) {
      if (next === 'refused') return;
      if (this.timeline.begun) this.timeline.changes(next, this.reached);
      this.wish = next;
      return;
    }
    const at = this.reached;
    const answer = await this.ask(kind, request);
    if (answer && answer.ok === (next === 'refused'))
      this.troubles.push(`${kind} ${JSON.stringify(request)}: ${JSON.stringify(answer)}`);
    if (next === 'refused' || answer?.ok === false) return;
    const since = answer?.data.since;
    if (since !== undefined) this.timeline.changes(next, sequenceOf(since));
    else {
      // It took effect before the answer; where there is none, before the connection broke, or else with the next handshake.
      if (answer) await this.heartbeat();
      this.timeline.changes(next, at, this.reached);
    }
    this.wish = next;
  }

  /** Asks for a room that is not the client's; nothing may come of it. */
  async trespass(request: Request): Promise<void> {
    if (!this.ready) return;
    const answer = await this.ask('subscribe', request);
    if (answer && (answer.ok || answer.error.code !== 'forbidden'))
      this.troubles.push(`a room of another workspace: ${JSON.stringify(answer)}`);
  }

  /** Asks for the last so many sequences again. */
  async resume(back: number): Promise<void> {
    if (!this.ready) return;
    const after = Math.max(0, this.reached - back);
    const { mark } = this.timeline;
    const answer = await this.ask('resume', { cursor: formatCursor(this.epoch, after) });
    if (answer && !answer.ok) this.troubles.push(`resume: ${answer.error.code}`);
    else this.timeline.asksAgain(after, mark, answer !== undefined);
  }

  /** Whether the server says where this client stands, before the connection breaks. */
  async heartbeat(): Promise<boolean> {
    const answer = await this.ask('heartbeat');
    if (!answer?.ok) return false;
    this.reached = Math.max(this.reached, sequenceOf(answer.data.cursor));
    return true;
  }

  judge(log: readonly LoggedEvent[]): string[] {
    return [...this.timeline.judge(log, this.reached), ...this.troubles];
  }

  /** `undefined` when the connection broke first. */
  private async ask(message: string, argument?: unknown): Promise<Answer | undefined> {
    const { socket } = this;
    if (!socket) return undefined;
    const broken = new Promise<undefined>((resolve) => socket.once('disconnect', () => resolve(undefined)));
    const answer = socket.timeout(answerMs).emitWithAck(message, argument) as Promise<Answer>;
    const first = await Promise.race([answer.catch(() => undefined), broken]);
    if (!first && socket.connected) this.troubles.push(`${message} was not answered`);
    return first;
  }

  private hear(name: string, body: Told): void {
    const { cursor, id, resync } = body;
    if (['resync', 'session.ended'].includes(name) || (name === 'error' && body.code !== 'internal'))
      this.troubles.push(`${name}: ${JSON.stringify(body)}`);
    if (resync) this.troubles.push(`ready with a resync: ${resync.reason}`);
    if (cursor === undefined) return;
    const { epoch, sequence } = partsOf(cursor);
    this.epoch = epoch;
    if (name === 'ready') this.ready = true;
    // What is recorded while the first `ready` is made comes before it.
    if (!this.timeline.begun) this.timeline.begins(name === 'ready' ? sequence : sequence - 1, this.wish);
    if (isEventType(name)) this.timeline.hears({ sequence, type: name, id });
    this.reached = sequence;
  }
}

/** A client: one connection with the namespaces it watches, which comes back only when it is told to. */
export class Viewer {
  readonly views: readonly View[];
  private manager: Manager | undefined;
  private connected = false;
  /** What it does, one after the other; several clients do theirs at the same time. */
  private doing: Promise<void> = Promise.resolve();

  constructor(
    readonly name: string,
    readonly house: House,
    private readonly token: string,
    viewpoint: Viewpoint,
  ) {
    this.views = watched.map((namespace) => new View(namespace, viewpoint));
  }

  does(work: (viewer: this) => Promise<unknown>): void {
    this.doing = this.doing.then(async () => void (await work(this)));
    // Whoever waits for `idle` is told.
    this.doing.catch(() => undefined);
  }

  idle(): Promise<void> {
    return this.doing;
  }

  /** Connects to the first of these that takes it, and waits until both namespaces are served. */
  async connect(gateways: readonly ServerProcess[]): Promise<void> {
    if (this.connected) return;
    let turn = 0;
    await until(
      async () => {
        const gateway = gateways[turn++ % gateways.length]!;
        return gateway.running && (await this.dial(gateway.url));
      },
      `${this.name} is served`,
      30_000,
    );
  }

  /** The line is cut: nobody says good-bye. */
  drop(): void {
    const { transport } = (this.manager?.engine ?? {}) as { transport?: { ws?: { terminate?: () => void } } };
    transport?.ws?.terminate?.();
    this.close();
  }

  close(): void {
    this.connected = false;
    for (const view of this.views) view.hangUp();
    const { manager } = this;
    this.manager = undefined;
    manager?.engine?.close();
  }

  /** Asks until the server has said that each namespace was served up to `head`. */
  async servedUpTo(head: number, gateways: readonly ServerProcess[]): Promise<void> {
    await until(async () => {
      await this.connect(gateways);
      await Promise.all(this.views.map((view) => view.heartbeat()));
      return this.connected && this.views.every(({ position }) => position >= head);
    }, `${this.name} is served up to ${head}`);
  }

  judge(log: readonly LoggedEvent[]): string[] {
    return this.views.flatMap((view) =>
      view.judge(log).map((complaint) => `${this.name}, ${view.namespace}: ${complaint}`),
    );
  }

  private async dial(url: string): Promise<boolean> {
    const manager = new Manager(url, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
    });
    this.manager = manager;
    let broken = false;
    const breaks = () => {
      broken = true;
      if (this.manager === manager) this.close();
    };
    manager.on('error', breaks);
    manager.on('close', breaks);
    for (const view of this.views) view.dial(manager, this.token);
    for (const view of this.views)
      manager.socket(view.namespace).once('connect_error', breaks).once('disconnect', breaks);
    await until(() => broken || this.views.every(({ ready }) => ready), `${this.name} is served or refused`);
    this.connected = !broken;
    return this.connected;
  }
}

const sequenceOf = (cursor: string): number => partsOf(cursor).sequence;

function partsOf(cursor: string) {
  const parts = parseCursor(cursor);
  if (!parts) throw new Error(`${cursor} is no cursor`);
  return parts;
}
