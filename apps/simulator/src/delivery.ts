import * as http from 'node:http';
import * as https from 'node:https';
import { sign } from './signature';

/** How one POST ended: a status, or without one the reason the connection gave. */
export interface Answer {
  status?: number;
  error?: string;
}

export interface EndpointOptions {
  /** How many connections are kept open; further POSTs wait for one. */
  connections?: number;
  /** After this an unanswered POST counts as failed; milliseconds. */
  timeoutMs?: number;
}

/** A receiver's URL with its keep-alive connections. `close` leaves no handle behind. */
export class Endpoint {
  readonly #agent: http.Agent;
  readonly #request: typeof http.request;
  readonly #target: http.RequestOptions;
  readonly #connections: number;
  /** Kept here and not by the agent, which would still send what it has queued after it was destroyed. */
  readonly #queue: (() => void)[] = [];
  readonly #underWay = new Set<http.ClientRequest>();
  #closed = false;

  constructor(url: string | URL, { connections = 64, timeoutMs = 20_000 }: EndpointOptions = {}) {
    const { protocol, hostname, port, pathname, search } = new URL(url);
    const { Agent, request } = protocol === 'https:' ? https : http;
    this.#request = request;
    this.#connections = connections;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: timeoutMs });
    // A URL keeps the brackets of an IPv6 address, which the resolver does not know.
    this.#target = { hostname: hostname.replace(/^\[|\]$/g, ''), port, path: pathname + search };
  }

  /** Never rejects: a connection that breaks is an answer too. */
  post(body: Buffer, signature?: string): Promise<Answer> {
    return new Promise((resolve) => {
      const send = () => this.#send(body, signature, resolve);
      if (this.#closed || this.#underWay.size < this.#connections) send();
      else this.#queue.push(send);
    });
  }

  close(): void {
    this.#closed = true;
    for (const request of this.#underWay) request.destroy();
    for (const send of this.#queue.splice(0)) send();
    this.#agent.destroy();
  }

  #send(body: Buffer, signature: string | undefined, resolve: (answer: Answer) => void): void {
    if (this.#closed) {
      resolve({ error: 'closed' });
      return;
    }
    const headers: http.OutgoingHttpHeaders = {
      'content-type': 'application/json',
      'content-length': body.length,
      'user-agent': 'facebookexternalua',
    };
    if (signature !== undefined) headers['x-hub-signature-256'] = signature;
    const request = this.#request({ ...this.#target, method: 'POST', agent: this.#agent, headers });
    this.#underWay.add(request);
    const answered = (answer: Answer) => {
      if (!this.#underWay.delete(request)) return;
      resolve(answer);
      this.#queue.shift()?.();
    };
    request.on('response', (response) => {
      response.resume();
      response.on('end', () => answered({ status: response.statusCode }));
      response.on('error', (error) => answered({ error: error.message }));
    });
    request.on('timeout', () => request.destroy(new Error('timed out')));
    request.on('error', (error: NodeJS.ErrnoException) => answered({ error: error.code ?? error.message }));
    request.on('close', () => answered({ error: 'closed' }));
    request.end(body);
  }
}

/** Sends one body over a connection of its own, signed with `secret` unless `signature` is given (`null`: no header). */
export async function deliver(
  url: string | URL,
  body: Buffer | string,
  options: { secret: string } | { signature: string | null },
): Promise<Answer> {
  const bytes = Buffer.from(body);
  const endpoint = new Endpoint(url, { connections: 1 });
  try {
    const signature = 'secret' in options ? sign(bytes, options.secret) : (options.signature ?? undefined);
    return await endpoint.post(bytes, signature);
  } finally {
    endpoint.close();
  }
}

/** Meta's verification request: true when the receiver echoes the challenge. Rejects when it cannot be reached. */
export function verify(url: string | URL, verifyToken: string, challenge = '1158201444'): Promise<boolean> {
  const target = new URL(url);
  target.searchParams.set('hub.mode', 'subscribe');
  target.searchParams.set('hub.verify_token', verifyToken);
  target.searchParams.set('hub.challenge', challenge);
  const { get } = target.protocol === 'https:' ? https : http;
  return new Promise((resolve, reject) => {
    const request = get(target, { agent: false, timeout: 20_000 }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => {
        text += chunk;
      });
      response.on('end', () => resolve(response.statusCode === 200 && text === challenge));
      response.on('error', reject);
    });
    request.on('timeout', () => request.destroy(new Error('The receiver did not answer within 20 s')));
    request.on('error', reject);
  });
}
