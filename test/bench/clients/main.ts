import { monotonic } from '../figures/clock';
import { serve } from '../processes/peer';
import { type Phase, readMark, recipientsOf, type World } from '../world';
import { Client, type ClientSettings } from './client';
import { Delivery, type Faults } from './delivery';
import { TeamDelivery } from './team-delivery';

export interface ClientsSettings {
  world: World;
  clients: ClientSettings[];
  /** The events that each webhook makes; the first is the one whose arrival is timed. */
  expected: string[];
}

export interface PhaseReceived {
  /** Monotonic milliseconds of arrival, by webhook. */
  arrivals: Float64Array;
  faults: Faults;
  /** Everything that came meanwhile, by event. */
  received: Record<string, number>;
}

/** So many handshakes at a time: a storm of a thousand is another measurement. */
const handshakes = 50;
/** Once all has come: time for what comes twice. */
const settleMs = 300;
/** As Socket.IO's own client waits before it tries again. */
const retryMs = 1000;
const patienceMs = 60_000;

const clients: Client[] = [];
let settings: ClientsSettings;
let phase: Phase | undefined;
/** The sequence of what the business wrote last, by our id of it: receipts name nothing else. */
const echoes = new Map<string, number>();
let delivery: Delivery | undefined;
let received: Record<string, number> = {};
let failures: string[] = [];
let completed: () => void = () => undefined;

const handlers = {
  /** Connects everybody; resolves when all are served. */
  async connect(given: ClientsSettings): Promise<void> {
    settings = given;
    for (let from = 0; from < given.clients.length; from += handshakes) {
      const some = given.clients.slice(from, from + handshakes);
      await Promise.all(some.map((client, index) => connect(from + index, client)));
    }
  },
  /** Counts the events of this phase from now on. */
  expect(next: Phase): void {
    phase = next;
    received = {};
    const { world } = settings;
    const expected = expectedIn(next);
    if (next.kind === 'echoes') echoes.clear();
    const recipients = recipientsOf(world, next);
    delivery = world.together
      ? new TeamDelivery(recipients, expected[0]!, world, () => completed())
      : new Delivery(recipients, expected, () => completed());
  },
  /** Resolves when all events of the phase have come, or after `limitMs`. */
  async finish({ limitMs }: { limitMs: number }): Promise<PhaseReceived> {
    const current = delivery!;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      completed = () => {
        clearTimeout(timer);
        resolve();
      };
      if (current.isComplete) completed();
    });
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    if (failures.length > 0) throw new Error(`${failures.length} clients failed, the first: ${failures[0]}`);
    return { arrivals: current.arrivals, faults: current.result(), received };
  },
  /** All leave at once, and return at once. How long each took to be served again, with what it missed, in milliseconds. */
  async storm({ awayMs }: { awayMs: number }): Promise<Float64Array> {
    for (const client of clients) client.leave();
    await new Promise((resolve) => setTimeout(resolve, awayMs));
    const began = monotonic();
    const took = await Promise.all(clients.map((client) => isBack(client, began)));
    return Float64Array.from(took);
  },
  /** Fails unless every client is still served as it was. */
  served(): void {
    if (failures.length > 0) throw new Error(`${failures.length} clients failed, the first: ${failures[0]}`);
  },
  close(): void {
    for (const client of clients) client.close();
    clients.length = 0;
    failures = [];
  },
};

export type ClientsHandlers = typeof handlers;

/** Of Socket.IO's recovery a client that is turned away tries again, as its own client does, until it is time to give up. */
async function isBack(client: Client, began: number): Promise<number> {
  for (;;) {
    try {
      await client.comeBack();
      return monotonic() - began;
    } catch (error) {
      if (!client.recovers) throw error;
      if (monotonic() - began > patienceMs) return monotonic() - began;
      await new Promise((resolve) => setTimeout(resolve, retryMs));
    }
  }
}

function connect(index: number, client: ClientSettings): Promise<void> {
  const made = new Client(client, {
    received: (name, text, at) => receive(index, name, text, at),
    disordered: (example) => delivery?.disordered(`client ${index}: ${example}`),
    failed: (reason) => made.recovers || failures.push(`client ${index}: ${reason}`),
  });
  clients.push(made);
  return made.connect();
}

function receive(client: number, name: string, text: string, at: number): void {
  received[name] = (received[name] ?? 0) + 1;
  if (!delivery || !phase || !expectedIn(phase).includes(name)) return;
  const mark = phase.kind === 'receipts' ? { phase: phase.id, sequence: echoOf(text, at) } : readMark(text, at);
  if (!mark) throw new Error(`No mark in ${text.slice(0, 300)}`);
  if (mark.phase !== phase.id) {
    delivery.late(client, name, mark);
    return;
  }
  if (phase.kind === 'echoes') echoes.set(idOf(/"message":\{"id":"([^"]+)"/, text, at), mark.sequence);
  delivery.arrived(client, name, mark.sequence, monotonic());
}

function expectedIn({ kind }: Phase): readonly string[] {
  if (kind === 'echoes') return ['message.sent'];
  return kind === 'receipts' ? ['message.delivered'] : settings.expected;
}

/** The sequence of the message that a receipt is of. */
function echoOf(text: string, at: number): number {
  const sequence = echoes.get(idOf(/"messageIds":\["([^"]+)"\]/, text, at));
  if (sequence === undefined) throw new Error(`A receipt of what was not sent: ${text.slice(0, 300)}`);
  return sequence;
}

function idOf(pattern: RegExp, text: string, at: number): string {
  const [, id] = pattern.exec(text.slice(at)) ?? [];
  if (id === undefined) throw new Error(`No ${pattern} in ${text.slice(0, 300)}`);
  return id;
}

serve(handlers);
