import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import type { Effect } from '@switchboard/flows';
import { Agent } from 'undici';
import { guardedAgent, PrivateAddress, refusePrivateHost } from '../../egress';
import { outcomeUnknown } from './progress';

type HttpEffect = Extract<Effect, { kind: 'http' }>;

/** An HTTP step has failed. */
export class HttpCallFailed extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Bytes of an answer that are read. */
const mostBytes = 256 * 1024;
/** What nests deeper could not be kept: it stays the text that it is. */
const deepest = 60;
/** Nothing of the request has left when one of these is told. */
const notSent = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'ERR_INVALID_URL',
  'UND_ERR_INVALID_ARG',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];
/** What may be asked twice without harm: an answer that was lost is a failure like any other. */
const harmless = ['GET', 'HEAD'];

/**
 * Calls other systems for flows. Public addresses over TLS only, judged where the connection is made; redirects are not followed but
 * answered, so that none leads elsewhere. What is not public the operator has to name (FLOW_HTTP_ORIGINS).
 */
@Injectable()
export class HttpCalls implements OnApplicationShutdown {
  private readonly trusted = new Agent({ connect: { timeout: 5000 } });
  private readonly guarded = guardedAgent();

  constructor(@Inject(APP_CONFIG) private readonly config: Pick<AppConfig, 'flowHttpOrigins'>) {}

  /**
   * @param effect with its secrets put in
   * @returns `{ status, body }` of any answer: the body as JSON where it is, else as text
   * @throws HttpCallFailed
   */
  async call(effect: HttpEffect): Promise<{ status: number; body: unknown }> {
    const url = addressOf(effect.url);
    const trusted = allows(url.origin, this.config.flowHttpOrigins);
    if (!trusted && url.protocol !== 'https:') {
      throw new HttpCallFailed(
        'refused',
        `url: ${url.origin} must be https:, or be named by the operator (FLOW_HTTP_ORIGINS).`,
      );
    }
    const headers = { ...effect.headers };
    const body = effect.body === undefined || effect.body === null ? null : JSON.stringify(effect.body);
    if (body !== null && !Object.keys(headers).some((name) => name.toLowerCase() === 'content-type')) {
      headers['content-type'] = 'application/json';
    }
    const signal = AbortSignal.timeout(effect.timeoutMs);
    try {
      if (!trusted) refusePrivateHost(url.hostname);
      const answer = await (trusted ? this.trusted : this.guarded).request({
        ...{
          origin: url.origin,
          path: url.pathname + url.search,
          method: effect.method as 'GET',
          headers,
          body,
          signal,
        },
      });
      return { status: answer.statusCode, body: parsed(await read(answer.body, signal)) };
    } catch (error) {
      throw failure(error, effect, url, signal.aborted);
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.trusted.destroy(), this.guarded.destroy()]);
  }
}

function addressOf(text: string): URL {
  if (!URL.canParse(text)) throw new HttpCallFailed('refused', 'url: is no address.');
  const url = new URL(text);
  if (url.username || url.password)
    throw new HttpCallFailed('refused', 'url: must not hold a name or password; use a header.');
  return url;
}

function allows(origin: string, allowed: readonly string[]): boolean {
  const anyPort = origin.replace(/:\d+$/, ':*');
  return allowed.some((one) => one === origin || one === anyPort);
}

async function read(body: AsyncIterable<Buffer>, signal: AbortSignal): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    signal.throwIfAborted();
    bytes += chunk.length;
    if (bytes > mostBytes) throw new HttpCallFailed('too_large', `The answer is larger than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return nestsWithin(value, deepest) ? value : text;
  } catch {
    return text;
  }
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => nestsWithin(one, levels - 1));
}

function failure(
  error: unknown,
  { method, timeoutMs }: HttpEffect,
  { origin }: URL,
  timedOut: boolean,
): HttpCallFailed {
  if (error instanceof HttpCallFailed) return error;
  const cause = (error as { cause?: unknown }).cause;
  if (error instanceof PrivateAddress || cause instanceof PrivateAddress) {
    return new HttpCallFailed('private_address', `url: ${origin} leads to an address that is not public.`);
  }
  const code = String((error as { code?: unknown }).code ?? (cause as { code?: unknown } | undefined)?.code ?? '');
  // Never its words: they may hold what was sent.
  const why = timedOut ? `no answer within ${timeoutMs} ms` : code || 'the connection broke';
  if (notSent.includes(code) || harmless.includes(method)) {
    return new HttpCallFailed(timedOut ? 'timeout' : 'unreachable', `${origin} could not be reached: ${why}.`);
  }
  return new HttpCallFailed(outcomeUnknown, `${origin} may have done it: ${why}. It is not done again.`);
}
