import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { EventEnvelope, Namespace } from '@switchboard/contracts';
import { defaultAccounts } from '../cast';
import { verify } from '../delivery';
import { Simulator } from '../simulator';
import { Disturbances } from './disturbances';
import { heardNamespaces, Listener } from './listener';
import { LossyLine } from './lossy-line';
import type { DemoOptions } from './options';
import { Rest } from './rest';
import type { Screen } from './screen';
import { ServerProcess } from './server-process';
import { Witness } from './witness';

const email = 'owner@example.com';
const customers = 9;
const lookEveryMs = 50;
/** Events after which the connection is cut, for the first time and again. */
const firstCut = 25;
const cutEvery = 200;
/** The client stays away until it has missed so many events. */
const missedAtLeast = 3;

/** It did not go as it must; the message says what was wrong. */
export class DemoFailed extends Error {}

/** A server of its own, Meta simulated on one side, a client on the other, and a check that what went in came out. */
export class Demo {
  readonly #witness = new Witness();
  readonly #undo: (() => unknown)[] = [];
  /** Aborted when nothing more is to be begun. */
  readonly #over = new AbortController();
  #stage = 'while the server was starting';
  #toDrop: number | undefined;
  #fail: (reason: Error) => void = () => {};

  constructor(
    private readonly options: DemoOptions,
    private readonly screen: Screen,
  ) {
    if (options.dropOne) this.#toDrop = Math.ceil((options.exitAfter ?? 1) / 2);
  }

  /** Different events received so far. */
  get count(): number {
    return this.#witness.count;
  }

  /** Plays until enough was received and checked, or until `interrupted` is aborted. Rejects with DemoFailed or ServerEnded. */
  async run(interrupted: AbortSignal): Promise<void> {
    const { exitAfter, timeoutMs } = this.options;
    const failed = new Promise<never>((_, reject) => {
      this.#fail = reject;
    });
    const stopped = new Promise<void>((resolve) => {
      interrupted.addEventListener('abort', () => resolve(), { once: true });
    });
    const timer = exitAfter === undefined ? undefined : setTimeout(() => this.#fail(this.#late()), timeoutMs);
    try {
      await Promise.race([this.#play(), failed, stopped]);
    } finally {
      clearTimeout(timer);
      this.#over.abort();
    }
  }

  /** Stops everything, what was started last first, and deletes the data. */
  async close(): Promise<void> {
    for (const undo of this.#undo.splice(0).reverse()) await undo();
  }

  async #play(): Promise<void> {
    const rest = await this.#startServer();
    const listener = await this.#listen(rest);
    const line = await LossyLine.open(rest.url);
    this.#undo.push(() => line.close());
    const simulator = await this.#playMeta(rest, line);
    const disturbances = new Disturbances(simulator, line);
    await this.#perform(listener, rest, disturbances);
    this.#stage = 'while the rest was on its way';
    await simulator.drain();
    await this.#settle(listener, rest, simulator);
    await this.#judge(rest, simulator, disturbances);
  }

  async #startServer(): Promise<Rest> {
    const { port, keep } = this.options;
    const folder = mkdtempSync(join(tmpdir(), 'switchboard-demo-'));
    const password = randomBytes(8).toString('hex');
    const forget = () => {
      if (!keep) rmSync(folder, { recursive: true, force: true });
    };
    const server = new ServerProcess({ folder, port, email, password });
    // Whatever ends this process, nothing of it stays.
    process.once('exit', () => {
      server.kill();
      forget();
    });
    this.#undo.push(async () => {
      await server.stop();
      if (keep)
        this.screen.print(`The data is in ${folder}; SWITCHBOARD_DATA_DIR=${folder} npm start goes on with it.`);
      forget();
    });
    server.ended.catch((error: Error) => this.#fail(error));
    const url = await this.screen.step('Starting a server with an embedded database', server.ready());
    server.onWarning = (message) => this.screen.note(`The server warns: ${message}`);
    const rest = new Rest(url);
    await rest.signIn(email, password);
    this.screen.invitation({ url, email, password });
    return rest;
  }

  async #listen(rest: Rest): Promise<Listener> {
    const listener = new Listener(rest.url, rest.token, {
      event: (namespace, event) => this.#hear(namespace, event),
      failed: (reason) => this.#fail(new DemoFailed(`The client was not served: ${reason}.`)),
    });
    this.#undo.push(() => listener.close());
    await listener.connect();
    return listener;
  }

  async #playMeta(rest: Rest, line: LossyLine): Promise<Simulator> {
    const { rate, seed } = this.options;
    const secret = randomBytes(16).toString('hex');
    const verifyToken = randomBytes(16).toString('hex');
    await rest.register({ appId: '1029384756', secret, verifyToken }, defaultAccounts);
    if (!(await verify(line.target, verifyToken)))
      throw new DemoFailed("The server does not answer Meta's verification.");
    const disorder = { duplicates: 0.2, reorder: 4, retryBaseMs: 300 };
    const simulator = new Simulator({ url: line.url, secret, rate, seed, customers, connections: 8, ...disorder });
    this.#undo.push(() => simulator.stop());
    simulator.start();
    return simulator;
  }

  #hear(namespace: Namespace, event: EventEnvelope): void {
    if (event.cursor !== undefined && this.#toDrop === this.count) {
      this.#toDrop = undefined;
      this.screen.note(`--drop-one: ${event.type} ${event.cursor} is forgotten here`);
      return;
    }
    this.#witness.hear(namespace, event);
    // Whoever has interrupted it wants to see it stop.
    if (!this.#over.signal.aborted) this.screen.event(namespace, event);
  }

  /** Lets the day go on until enough was received; the connection is cut on the way. */
  async #perform(listener: Listener, rest: Rest, disturbances: Disturbances): Promise<void> {
    const { exitAfter } = this.options;
    this.#stage = 'before enough events had come';
    let cutAt = exitAfter === undefined ? firstCut : Math.ceil(exitAfter / 3);
    while (exitAfter === undefined || this.count < exitAfter || !disturbances.complete) {
      await this.#look();
      if (this.count < cutAt) continue;
      cutAt = this.count + cutEvery;
      this.screen.note('The connection is cut here on purpose; the client does not know what it misses.');
      await listener.cut();
      while ((await this.#missed(listener, rest)) < missedAtLeast) await this.#look();
      const replayed = await listener.connect();
      disturbances.cuts++;
      disturbances.replayed += replayed;
      this.screen.note(
        `Connected again: the client named its cursors and was sent the ${replayed} events it had missed.`,
      );
    }
  }

  /** Events in the log that the client, being away, has not been told. */
  async #missed(listener: Listener, rest: Rest): Promise<number> {
    const from = new Map(
      heardNamespaces.map((namespace) => [namespace as Namespace, listener.cursor(namespace) ?? '']),
    );
    const [earliest] = [...from.values()].sort();
    let missed = 0;
    for await (const { namespace, event } of rest.events(earliest)) {
      const cursor = from.get(namespace);
      if (cursor !== undefined && (event.cursor ?? '') > cursor) missed++;
    }
    return missed;
  }

  /** Waits until the server has taken in what it acknowledged, and says that the client has been told all of it. */
  async #settle(listener: Listener, rest: Rest, simulator: Simulator): Promise<void> {
    for (let wait = lookEveryMs; ; wait = Math.min(2 * wait, 1_000)) {
      const takenIn = (await rest.itemsTakenIn()) >= simulator.ledger.acknowledgedCount;
      const head = await rest.head();
      const served = await listener.servedUpTo();
      if (takenIn && served.every((cursor) => cursor >= head)) return;
      await this.#look(wait);
    }
  }

  async #judge(rest: Rest, { ledger }: Simulator, disturbances: Disturbances): Promise<void> {
    const log: { namespace: Namespace; event: EventEnvelope }[] = [];
    for await (const entry of rest.events()) {
      if (heardNamespaces.some((namespace) => namespace === entry.namespace)) log.push(entry);
    }
    const lost = ledger.unacknowledged().length;
    const faults = this.#witness.faults(ledger.acknowledged(), log);
    if (lost > 0) faults.push(`${lost} items were never acknowledged.`);
    if (faults.length > 0) throw new DemoFailed(faults.join('\n'));
    const messages = ledger.expectedMessages().length;
    this.screen.print();
    this.screen.good(`A client received ${this.count} events, each exactly once and in order.`);
    this.screen.print(
      `Checked against the ledger of what Meta delivered: ${ledger.acknowledgedCount} items, ${messages} of them messages.`,
    );
    this.screen.print(`On the way: ${disturbances}.`);
  }

  #late(): DemoFailed {
    const { exitAfter, timeoutMs } = this.options;
    const received = `${this.count} of ${exitAfter} events received`;
    return new DemoFailed(`The time was up after ${timeoutMs / 1000} s, ${this.#stage} (${received}).`);
  }

  #look(afterMs = lookEveryMs): Promise<void> {
    return pause(afterMs, undefined, { signal: this.#over.signal });
  }
}
