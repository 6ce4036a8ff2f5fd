import { randomUUID } from 'node:crypto';
import type { Body } from './shop';

/** One operation of the OpenAPI document. */
export interface Operation {
  /** `get /v1/channels/{id}` */
  name: string;
  method: string;
  path: string;
  /** As `x-role` says it; undefined where an endpoint forgot to. */
  role: string | undefined;
  /** Whether API keys may, within their role and scopes. */
  keys: boolean;
  /** The parameters of the path, each with the kind of thing its id is of: the part of the path before it. */
  ids: { parameter: string; kind: string }[];
  parameters: { name: string; in: string; required?: boolean; schema?: Body }[];
  content: Record<string, { schema?: Body }> | undefined;
}

export const documentedRoles = ['public', 'viewer', 'agent', 'admin', 'owner', 'operator'];

/** Bodies that a schema does not say enough about, by the operation's name. */
const bodies: Record<string, unknown> = {
  'patch /v1/conversations/{id}': { version: 1, status: 'closed' },
};

export class OpenApi {
  readonly operations: Operation[];

  private constructor(
    private readonly url: string,
    private readonly document: Body,
  ) {
    this.operations = Object.entries<Body>(document.paths).flatMap(([path, methods]) =>
      Object.entries<Body>(methods).map(([method, operation]) => operationOf(path, method, operation)),
    );
  }

  static async read(url: string): Promise<OpenApi> {
    return new OpenApi(url, (await (await fetch(`${url}/docs-json`)).json()) as Body);
  }

  /** Calls an operation without a body to speak of: who may not is refused before anybody looks at it. */
  async knock(operation: Operation, token: string | undefined): Promise<number> {
    const response = await this.send(
      operation,
      token,
      operation.ids.map(() => randomUUID()),
      {},
    );
    await response.body?.cancel();
    return response.status;
  }

  /** Calls an operation as its description says, with these ids in its path. */
  async call(operation: Operation, token: string, ids: string[]): Promise<{ status: number; text: string }> {
    const response = await this.send(operation, token, ids, undefined);
    return { status: response.status, text: await response.text() };
  }

  private send(operation: Operation, token: string | undefined, ids: string[], given: unknown): Promise<Response> {
    const { method, path, parameters } = operation;
    const url = new URL(
      this.url + operation.ids.reduce((at, { parameter }, n) => at.replace(parameter, ids[n]!), path),
    );
    const headers = new Headers(token === undefined ? {} : { authorization: `Bearer ${token}` });
    for (const { name, in: where, required, schema } of parameters) {
      if (!required || given !== undefined) continue;
      if (where === 'query') url.searchParams.set(name, String(this.sample(schema ?? {})));
      if (where === 'header') headers.set(name, String(this.sample(schema ?? {})));
    }
    return fetch(url, {
      method: method.toUpperCase(),
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...(method === 'get' || method === 'head' ? {} : this.body(operation, headers, given)),
    });
  }

  private body(operation: Operation, headers: Headers, given: unknown): { body: string | FormData } {
    const [type = 'application/json', { schema = {} } = {}] = Object.entries(operation.content ?? {})[0] ?? [];
    if (type === 'multipart/form-data') return { body: this.form(schema) };
    headers.set('content-type', type);
    if (type !== 'application/json') return { body: 'a\n' };
    return { body: JSON.stringify(given ?? bodies[operation.name] ?? this.sample(schema)) };
  }

  private form(schema: Body): FormData {
    const form = new FormData();
    for (const [name, property] of Object.entries<Body>(this.resolved(schema).properties ?? {})) {
      if (property.format === 'binary') form.set(name, new Blob(['a\n'], { type: 'text/plain' }), 'a.txt');
    }
    return form;
  }

  /** The least that a schema asks for. */
  private sample(given: Body): unknown {
    const schema = this.resolved(given);
    if (schema.example !== undefined) return schema.example;
    if (schema.default !== undefined) return schema.default;
    if (schema.enum) return schema.enum[0];
    const choice = schema.oneOf ?? schema.anyOf;
    if (choice) return this.sample(choice[0]);
    if (schema.type === 'array') return [this.sample(schema.items ?? {})];
    if (schema.type === 'boolean') return false;
    if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1;
    if (schema.type === 'string') return text(schema);
    const required: string[] = schema.required ?? [];
    return Object.fromEntries(required.map((name) => [name, this.sample(schema.properties[name])]));
  }

  private resolved(schema: Body): Body {
    if (schema.$ref) return this.resolved(this.document.components.schemas[schema.$ref.split('/').at(-1)!]);
    if (!schema.allOf) return schema;
    return Object.assign({}, ...schema.allOf.map((part: Body) => this.resolved(part)), { ...schema, allOf: undefined });
  }
}

function operationOf(path: string, method: string, operation: Body): Operation {
  const parts = path.split('/');
  const ids = parts.flatMap((part, at) => {
    if (!part.startsWith('{')) return [];
    const before = parts[at - 1]!;
    return [{ parameter: part, kind: before.startsWith('{') ? part.slice(1, -1) : before }];
  });
  return {
    name: `${method} ${path}`,
    method,
    path,
    role: operation['x-role'],
    keys: operation['x-api-keys'] !== false,
    ids,
    parameters: operation.parameters ?? [],
    content: operation.requestBody?.content,
  };
}

function text({ format, minLength = 1 }: Body): string {
  if (format === 'uuid') return randomUUID();
  if (format === 'email') return `${randomUUID()}@example.com`;
  if (format === 'date-time') return '2099-01-01T00:00:00Z';
  if (format === 'date') return '2099-01-01';
  if (format === 'uri' || format === 'url') return 'https://example.com/a';
  return 'a'.repeat(Math.max(minLength, 1));
}
