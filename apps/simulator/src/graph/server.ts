import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline, Readable } from 'node:stream';
import { GraphError } from './errors';
import { readRequest } from './read-request';
import { type GraphRequest, RawAnswer } from './request';
import { handle, type Outcome } from './routes';
import { type Course, isWait, type Scenarios } from './scenarios';
import type { World } from './world';

/** Listens, reads calls, has them handled, and answers, unless a scenario wants it otherwise. */
export class GraphServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #closed = false;

  constructor(
    private readonly world: World,
    private readonly scenarios: Scenarios,
  ) {
    this.#server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (incoming, response) => {
      void this.#serve(incoming, response);
    });
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
  }

  /** Resolves to the port. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once('error', reject);
      this.#server.listen(port, host, () => resolve((this.#server.address() as AddressInfo).port));
    });
  }

  /** Ends every connection, those that a scenario left hanging too. */
  close(): Promise<void> {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.destroy();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const outcome: Outcome = { sent: [] };
    try {
      const request = await readRequest(incoming);
      const courses = this.scenarios.take(request);
      for (const course of courses) {
        if (course.kind === 'delay') await this.#wait(course.ms);
        else if (course.kind === 'hold') await course.released;
      }
      const course = courses.find((one) => !isWait(one));
      if (course === undefined) await this.#answer(request, response, outcome);
      else await this.#play(course, request, response, outcome);
    } catch (error) {
      this.#refuse(error, response, outcome);
    }
  }

  async #answer(request: GraphRequest, response: ServerResponse, outcome: Outcome): Promise<void> {
    const answer = await handle(this.world, request, outcome);
    if (answer instanceof RawAnswer) stream(answer, response);
    else this.#tell(response, 200, answer, outcome);
  }

  async #play(course: Course, request: GraphRequest, response: ServerResponse, outcome: Outcome): Promise<void> {
    if (course.kind === 'fail') throw course.error;
    if (course.kind === 'dribble') {
      const text = JSON.stringify(await handle(this.world, request, outcome));
      this.#dribble(text, course.ms, response, outcome);
      return;
    }
    if (isWait(course)) return;
    // What Meta would refuse it refuses; only what it does can be left unanswered.
    if (course.done) await handle(this.world, request, outcome);
    for (const sent of outcome.sent) sent.answered = false;
    if (course.kind === 'reset') response.socket?.resetAndDestroy();
    else if (course.kind === 'break') fromProxy(response, course.status);
    else if (course.kind === 'garble')
      response.writeHead(200, this.#headers(outcome)).end('{"messaging_product":"what');
  }

  #refuse(error: unknown, response: ServerResponse, outcome: Outcome): void {
    if (response.destroyed || response.headersSent) return;
    if (!(error instanceof GraphError)) {
      // A connection the client broke off is not ours to report.
      if ((error as NodeJS.ErrnoException).code === 'ECONNRESET') return;
      console.error('The Graph simulator failed', error);
    }
    const refusal = error instanceof GraphError ? error : GraphError.of(1);
    this.world.messages.refuse(refusal.code);
    const authenticate =
      refusal.status === 401 ? { 'www-authenticate': 'OAuth "Facebook Platform" "invalid_token"' } : {};
    const { retryAfter } = refusal.fields;
    const wait = retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) };
    this.#tell(response, refusal.status, refusal.body(traceId()), outcome, { ...authenticate, ...wait });
  }

  #tell(response: ServerResponse, status: number, body: unknown, outcome: Outcome, more = {}): void {
    const text = JSON.stringify(body);
    response.writeHead(status, { ...this.#headers(outcome), 'content-length': Buffer.byteLength(text), ...more });
    response.end(text);
  }

  #dribble(text: string, ms: number, response: ServerResponse, outcome: Outcome): void {
    const slices = 10;
    response.writeHead(200, { ...this.#headers(outcome), 'content-length': Buffer.byteLength(text) });
    response.flushHeaders();
    const size = Math.ceil(text.length / slices);
    const next = (from: number) => {
      if (response.destroyed) return;
      if (from + size >= text.length) response.end(text.slice(from));
      else {
        response.write(text.slice(from, from + size));
        this.#later(() => next(from + size), ms / slices);
      }
    };
    this.#later(() => next(0), ms / slices);
  }

  #headers({ businessUse }: Outcome): Record<string, string> {
    const now = this.world.now();
    const headers: Record<string, string> = {
      'content-type': 'application/json; charset=UTF-8',
      'facebook-api-version': 'v26.0',
      'x-app-usage': `{"call_count":${this.world.appCalls.usage},"total_cputime":0,"total_time":0}`,
    };
    if (businessUse === undefined) return headers;
    const { id, type, calls } = businessUse;
    const usage = { type, call_count: calls.usage, total_cputime: 0, total_time: 0 };
    headers['x-business-use-case-usage'] = JSON.stringify({
      [id]: [{ ...usage, estimated_time_to_regain_access: calls.regainMinutes(now) }],
    });
    return headers;
  }

  #wait(ms: number): Promise<void> {
    return new Promise((resolve) => this.#later(resolve, ms));
  }

  #later(then: () => void, ms: number): void {
    if (this.#closed) return;
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      then();
    }, ms);
    this.#timers.add(timer);
  }
}

const traceId = () => `A${randomBytes(16).toString('base64url')}`;

function fromProxy(response: ServerResponse, status: number): void {
  const page = `<html><head><title>${status}</title></head><body>Sorry, something went wrong.</body></html>`;
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-length': page.length }).end(page);
}

function stream({ status, headers, content }: RawAnswer, response: ServerResponse): void {
  response.writeHead(status, headers);
  // A client that goes away early is no error of ours.
  pipeline(Readable.from(content), response, () => {});
}
