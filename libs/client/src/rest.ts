import { SwitchboardError } from './errors';
import type { paths } from './openapi';
import type { Tokens } from './tokens';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
type PathsWith<M extends Method> = { [P in keyof paths]: M extends keyof paths[P] ? P : never }[keyof paths];
type Operation<M extends Method, P extends keyof paths> = P extends keyof paths
  ? M extends keyof paths[P]
    ? paths[P][M]
    : never
  : never;
type Parameters<O> = O extends { parameters: infer All } ? All : object;
type OptionalWhereEmpty<Name extends string, T> = object extends T ? { [N in Name]?: T } : { [N in Name]: T };
type PathOf<O> = Parameters<O> extends { path: infer Path } ? { path: Path } : object;
type QueryOf<O> =
  Parameters<O> extends { query?: infer Query } ? OptionalWhereEmpty<'query', NonNullable<Query>> : object;
type BodyOf<O> = O extends { requestBody: { content: { 'application/json': infer Body } } }
  ? { body: Body }
  : O extends { requestBody?: { content: { 'application/json': infer Body } } }
    ? { body?: Body }
    : object;

export interface CallOptions {
  headers?: Record<string, string>;
  /** Milliseconds an answer may take. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** What a call of an operation is given: `path`, `query` and `body`, as far as it has them. */
export type Call<M extends Method, P extends keyof paths> = PathOf<Operation<M, P>> &
  QueryOf<Operation<M, P>> &
  BodyOf<Operation<M, P>> &
  CallOptions;

type ContentOf<R> = R extends { content: { 'application/json': infer Body } } ? Body : undefined;
/** What an operation answers when it succeeds. */
export type Answer<M extends Method, P extends keyof paths> =
  Operation<M, P> extends { responses: infer R } ? { [S in keyof R]: ContentOf<R[S]> }[keyof R] : never;

type Arguments<C> = object extends C ? [call?: C] : [call: C];

/** An answer of REST that is no success. `code` and `message` are the server's. */
export class RestError extends SwitchboardError {
  constructor(
    readonly status: number,
    code: string,
    message: string,
    details: unknown,
    /** Milliseconds after which to ask again, where the server said so. */
    readonly retryAfterMs: number | undefined,
  ) {
    super(code, message, details);
  }
}

interface Problem {
  code?: string;
  detail?: string;
  details?: unknown;
}

/** The REST interface, as the server describes it. A call gives what is answered, or throws `RestError`. */
export class Rest {
  constructor(
    private readonly url: string,
    private readonly tokens: Tokens,
    private readonly fetch: typeof globalThis.fetch,
    private readonly timeoutMs: number,
  ) {}

  get<P extends PathsWith<'get'>>(path: P, ...[call]: Arguments<Call<'get', P>>): Promise<Answer<'get', P>> {
    return this.call('GET', path, call);
  }

  post<P extends PathsWith<'post'>>(path: P, ...[call]: Arguments<Call<'post', P>>): Promise<Answer<'post', P>> {
    return this.call('POST', path, call);
  }

  put<P extends PathsWith<'put'>>(path: P, ...[call]: Arguments<Call<'put', P>>): Promise<Answer<'put', P>> {
    return this.call('PUT', path, call);
  }

  patch<P extends PathsWith<'patch'>>(path: P, ...[call]: Arguments<Call<'patch', P>>): Promise<Answer<'patch', P>> {
    return this.call('PATCH', path, call);
  }

  delete<P extends PathsWith<'delete'>>(
    path: P,
    ...[call]: Arguments<Call<'delete', P>>
  ): Promise<Answer<'delete', P>> {
    return this.call('DELETE', path, call);
  }

  private async call<T>(method: string, path: string, call: object = {}): Promise<T> {
    const token = this.tokens.current ?? (await this.tokens.fetch());
    let answer = await this.send(method, path, call, token);
    if (answer.status === 401) answer = await this.send(method, path, call, await this.tokens.replace(token));
    return (await read(answer)) as T;
  }

  private send(method: string, path: string, call: Given, token: string): Promise<Response> {
    const { body, headers, signal, timeoutMs = this.timeoutMs } = call;
    const late = AbortSignal.timeout(timeoutMs);
    return this.fetch(this.url + addressOf(path, call), {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
  }
}

interface Given extends CallOptions {
  path?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The path with its parameters; a list in the query is its entries separated by commas. */
function addressOf(path: string, { path: parameters = {}, query = {} }: Given): string {
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(parameters[name])));
  const asked = Object.entries(query).filter(([, value]) => value !== undefined && value !== null);
  return asked.length > 0
    ? `${filled}?${new URLSearchParams(asked.map(([name, value]): [string, string] => [name, String(value)]))}`
    : filled;
}

/** @throws RestError */
export async function read(answer: Response): Promise<unknown> {
  const text = await answer.text();
  const body = /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text || undefined;
  if (answer.ok) return body;
  const { code = 'internal', detail = `HTTP ${answer.status}`, details } = (body ?? {}) as Problem;
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  throw new RestError(answer.status, code, detail, details, Number.isNaN(seconds) ? undefined : seconds * 1000);
}
