import { Readable } from 'node:stream';
import { Agent, type Dispatcher } from 'undici';
import { appsecretProof } from './appsecret-proof';
import { GraphError, readGraphError } from './graph-error';
import { Turns } from './turns';
import { type AnswerHeaders, waitAskedFor } from './usage';

/** Whose API is called, and as whom. */
export interface GraphTarget {
  /** `https://graph.facebook.com`, or `https://graph.instagram.com` for an account connected through Instagram Login. */
  baseUrl: string;
  /** `v26.0` */
  version: string;
  token: string;
  /** Adds `appsecret_proof` to each call. */
  appSecret?: string | undefined;
}

export interface GraphCall {
  method: 'GET' | 'POST' | 'DELETE';
  /** Below the version, without a leading slash: `1234/messages`. Ids in it are escaped by the caller. */
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Sent as JSON. */
  json?: unknown;
  /** Sent as it is, e.g. a multipart form; never held whole. */
  stream?: { body: Readable; contentType: string; length?: number };
  /** From when the call has its turn until the whole answer has come; 30 s where nothing is said. */
  timeoutMs?: number;
}

export interface GraphAnswer<T> {
  body: T;
  headers: AnswerHeaders;
}

export interface GraphClientOptions {
  /** Open connections to one host at most; half of them for one token. */
  connections?: number;
  connectTimeoutMs?: number;
  /** A call for which no connection falls free in this time is not made. */
  turnTimeoutMs?: number;
}

/** No answer of the messaging API comes near it; one that does is not read on. */
const largestAnswer = 5_000_000;
const defaultTimeoutMs = 30_000;

/** Failures before a byte of the request has left: it was surely not executed. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_CLOSED',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

/**
 * Calls the Graph API. Every failure is a GraphError whose class says what may be done; nothing is ever repeated here, because no send
 * endpoint of Meta's has an idempotency key.
 */
export class GraphClient {
  private readonly agent: Agent;
  private readonly connections: number;
  private readonly turnTimeoutMs: number;
  private readonly turns = new Map<string, Turns>();

  constructor({ connections = 256, connectTimeoutMs = 5000, turnTimeoutMs = 5000 }: GraphClientOptions = {}) {
    this.connections = connections;
    this.turnTimeoutMs = turnTimeoutMs;
    this.agent = new Agent({
      connections,
      pipelining: 1,
      connect: { timeout: connectTimeoutMs },
      keepAliveTimeout: 4000,
    });
  }

  /** @throws GraphError */
  async call<T = unknown>(target: GraphTarget, call: GraphCall): Promise<GraphAnswer<T>> {
    const answer = await this.send(target, call);
    const body = parse(answer.text);
    if (answer.status >= 200 && answer.status < 300 && body !== undefined && !isError(body)) {
      return { body: body as T, headers: answer.headers };
    }
    // A 200 that cannot be read may well have been executed.
    const status = answer.status < 300 && body === undefined ? 502 : answer.status;
    throw readGraphError(status, body, waitAskedFor(answer.headers));
  }

  close(): Promise<void> {
    return this.agent.close();
  }

  private async send(
    target: GraphTarget,
    call: GraphCall,
  ): Promise<{ status: number; headers: AnswerHeaders; text: string }> {
    const { method, json, stream, timeoutMs = defaultTimeoutMs } = call;
    const { token } = target;
    const url = addressOf(target, call);
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: 'application/json' };
    let body: Dispatcher.DispatchOptions['body'];
    if (json !== undefined) {
      headers['content-type'] = 'application/json';
      body = JSON.stringify(json);
    } else if (stream) {
      headers['content-type'] = stream.contentType;
      if (stream.length !== undefined) headers['content-length'] = String(stream.length);
      body = stream.body;
    }
    // The agent has a queue of its own, in which a call would use up its time and nobody could tell that it never left.
    const turns = this.turnsAt(url.origin);
    const waitMs = Math.min(timeoutMs, this.turnTimeoutMs);
    if (!(await turns.take(token, waitMs))) {
      stream?.body.destroy();
      const message = `the Graph API is slow: no connection to it was free within ${waitMs} ms`;
      throw new GraphError('not_executed', { message });
    }
    try {
      const signal = AbortSignal.timeout(timeoutMs);
      const answer = await this.agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      });
      return { status: answer.statusCode, headers: answer.headers, text: await wholeText(answer.body) };
    } catch (error) {
      throw failure(error, timeoutMs);
    } finally {
      turns.giveBack(token);
    }
  }

  private turnsAt(origin: string): Turns {
    const turns = this.turns.get(origin) ?? new Turns(this.connections);
    this.turns.set(origin, turns);
    return turns;
  }
}

function addressOf({ baseUrl, version, token, appSecret }: GraphTarget, { path, query = {} }: GraphCall): URL {
  const url = new URL(`${version}/${path}`, baseUrl.endsWith('/') ? baseUrl : `${baseUrl}/`);
  for (const [name, value] of Object.entries(query)) if (value !== undefined) url.searchParams.set(name, String(value));
  if (appSecret) url.searchParams.set('appsecret_proof', appsecretProof(token, appSecret));
  return url;
}

async function wholeText(body: Readable): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    length += part.length;
    if (length > largestAnswer) throw new Error(`the answer is larger than ${largestAnswer} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isError = (body: unknown): boolean => typeof body === 'object' && body !== null && 'error' in body;

function failure(error: unknown, timeoutMs: number): GraphError {
  const { code, name, message, cause } = error as {
    code?: string;
    name?: string;
    message?: string;
    cause?: { code?: string };
  };
  const reason = code ?? cause?.code;
  if (reason !== undefined && neverLeft.has(reason)) {
    return new GraphError('not_executed', { message: `the Graph API could not be reached (${reason})` }, undefined, {
      cause: error,
    });
  }
  const said =
    name === 'TimeoutError' ? `no answer within ${timeoutMs} ms` : `the connection failed (${reason ?? message})`;
  return new GraphError('ambiguous', { message: said }, undefined, { cause: error });
}
