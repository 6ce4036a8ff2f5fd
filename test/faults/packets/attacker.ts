import { Random } from '@switchboard/simulator';
import { WebSocket } from 'ws';
import {
  endingKinds,
  endingPacket,
  type Frame,
  oddQuery,
  type Packet,
  pollingBody,
  toleratedKinds,
  toleratedPacket,
} from './malformed';

const namespaces = ['/messages', '/webhooks', '/'];
const answerMs = 20_000;
/** Stays below what a socket may send at once. */
const mostBefore = 90;
const heartbeatId = 4711;

/** Sends what no client of ours would, from raw sockets; the same for the same seed. */
export class Attacker {
  private readonly random: Random;
  private turn = 0;
  sent = 0;

  constructor(
    private readonly url: string,
    private readonly token: string,
    seed: number,
  ) {
    this.random = new Random(seed);
  }

  /** So many connections at a time, until so many packets were sent. @throws what the server did wrong */
  async sends(packets: number, atATime: number): Promise<void> {
    const upTo = this.sent + packets;
    const one = async () => {
      while (this.sent < upTo) {
        const kind = this.random.below(10);
        if (kind === 0) await this.poll();
        else if (kind === 1) await this.ask();
        else await this.connect();
      }
    };
    await Promise.all(Array.from({ length: atATime }, one));
  }

  /** A connection that is answered whatever it sends, until it sends what ends it. */
  private async connect(): Promise<void> {
    const random = this.random.fork();
    // Each kind has its turn.
    const last = endingKinds[this.turn++ % endingKinds.length]!;
    const to = random.pick(namespaces);
    const signedIn = random.below(4) > 0;
    const line = new Line(`${this.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
    try {
      await line.hears((text) => text.startsWith('0'), 'is opened');
      line.send(`40${to === '/' ? '' : `${to},`}${JSON.stringify(signedIn ? { token: this.token } : {})}`);
      const prefix = to === '/' ? '' : `${to},`;
      await line.hears((text) => text.startsWith(signedIn ? `42${prefix}["ready"` : `40${prefix}`), 'is served');
      const before: Packet[] = Array.from({ length: random.below(mostBefore) }, () =>
        toleratedPacket(random.pick(toleratedKinds), random, to),
      );
      for (const { frames } of before) line.send(...frames);
      line.send(`42${prefix}${heartbeatId}["heartbeat"]`);
      const answer = signedIn ? '[{"ok":true' : '[{"ok":false,"error":{"code":"unauthenticated"';
      const served = (text: string) => text.startsWith(`43${prefix}${heartbeatId}${answer}`);
      await line.hears(served, `is answered after ${before.map(({ what }) => what).join(', ')}`);
      line.send(...endingPacket(last, random, to).frames);
      await line.hears((text) => text === '' || text === `41${prefix}`, `is closed after ${last}`);
      this.sent += before.length + 1;
    } finally {
      line.close();
    }
  }

  /** A polling session whose bodies are anything. */
  private async poll(): Promise<void> {
    const random = this.random.fork();
    const url = `${this.url}/socket.io/?EIO=4&transport=polling`;
    const opened = await this.fetch(url);
    const { sid } = JSON.parse(opened.body.slice(1)) as { sid: string };
    const to = random.pick(namespaces);
    const joins = `40${to === '/' ? '' : `${to},`}${JSON.stringify({ token: this.token })}`;
    await this.fetch(`${url}&sid=${sid}`, joins);
    for (let body = 0; body < 5; body += 1) {
      const given = pollingBody(random, to);
      const { status } = await this.fetch(`${url}&sid=${sid}`, given.body, random.below(10) === 0);
      this.sent += given.packets;
      if (![200, 400, 413].includes(status)) throw new Error(`a polling body was answered ${status}`);
      if (status !== 200) break;
    }
    await this.fetch(`${url}&sid=${sid}`, '1');
    // A session that the server ends waits for its client to ask once more.
    await this.fetch(`${url}&sid=${sid}`);
  }

  /** Requests that are no handshake. */
  private async ask(): Promise<void> {
    const random = this.random.fork();
    const query = oddQuery(random);
    const { status, body } = await this.fetch(`${this.url}/socket.io/?${query}`, random.below(2) ? '1' : undefined);
    this.sent += 1;
    if (status < 500 || query === '') {
      // A session that was opened by accident is closed again.
      const sid = /"sid":"([^"]+)"/.exec(body)?.[1];
      if (sid) await this.fetch(`${this.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, '1');
      return;
    }
    throw new Error(`?${query} was answered ${status}`);
  }

  private async fetch(url: string, body?: string | Buffer, binary = false): Promise<{ status: number; body: string }> {
    const answer = await fetch(url, {
      ...(body === undefined ? {} : { method: 'POST', body: typeof body === 'string' ? body : new Uint8Array(body) }),
      headers: { 'content-type': binary ? 'application/octet-stream' : 'text/plain;charset=UTF-8' },
      signal: AbortSignal.timeout(answerMs),
    });
    return { status: answer.status, body: await answer.text() };
  }
}

/** A raw WebSocket and what it heard; its end is heard as an empty text. */
class Line {
  private readonly socket: WebSocket;
  private readonly heard: string[] = [];
  private wake: () => void = () => undefined;

  constructor(url: string) {
    this.socket = new WebSocket(url, { perMessageDeflate: false });
    this.socket.on('message', (data: Buffer) => this.hear(data.toString()));
    this.socket.on('close', () => this.hear(''));
    // Whoever waits is told by the close that follows.
    this.socket.on('error', () => undefined);
  }

  send(...frames: Frame[]): void {
    for (const frame of frames) {
      if (typeof frame === 'string') this.socket.send(frame);
      else if ('text' in frame) this.socket.send(frame.text, { binary: false });
      else this.socket.send(frame.binary, { binary: true });
    }
  }

  /** Takes what comes until this does. */
  async hears(wanted: (text: string) => boolean, what: string): Promise<void> {
    let overdue = false;
    const timer = setTimeout(() => {
      overdue = true;
      this.wake();
    }, answerMs);
    try {
      for (;;) {
        const text = this.heard.shift();
        if (text === undefined) {
          if (overdue) throw new Error(`In vain a connection waits until it ${what}`);
          await new Promise<void>((resolve) => {
            this.wake = resolve;
          });
          continue;
        }
        if (wanted(text)) return;
        if (text === '') throw new Error(`A connection is closed before it ${what}`);
      }
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.socket.terminate();
  }

  private hear(text: string): void {
    this.heard.push(text);
    this.wake();
  }
}
