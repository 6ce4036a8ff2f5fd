import { randomUUID } from 'node:crypto';
import { Answers } from './answers';
import { type IdPlace, Sampling } from './sampling';
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
  responses: Record<string, Body>;
}

export const documentedRoles = ['public', 'viewer', 'agent', 'admin', 'owner', 'operator'];

/** An id in a query or a body. */
export interface RequestId extends IdPlace {
  where: 'query' | 'body';
}

/** What is called with ids in its query and body. */
export interface Naming {
  /** Where one in particular goes, and which. */
  named?: { place: RequestId; id: string };
  /** Ids for all the others that the operation asks for, by the member's name. */
  idOf: (member: string) => string;
  /** What the body says besides, where the operation's description does not do. */
  base?: object | undefined;
  headers?: Record<string, string> | undefined;
}

/** Bodies that a schema does not say enough about, by the operation's name, or by that and the member that is about to be an id. */
const bodies: Record<string, unknown> = {
  'patch /v1/conversations/{id}': { version: 1, status: 'closed' },
  'patch /v1/conversations/{id} assigneeId': { version: 1 },
  'patch /v1/conversations/{id} labels': { version: 1 },
  'post /v1/conversations userIds': { kind: 'group', title: 'Team' },
  'post /v1/contacts channelId': { identities: [{ kind: 'psid', value: '7788' }] },
  'post /v1/contacts/{id}/identities channelId': { kind: 'psid', value: '7788' },
  'post /v1/contacts/{id}/identities/remove channelId': { kind: 'psid', value: '7788' },
};

/** Of which kind an id in a path is, where the part before it does not say. */
const kinds: Record<string, string> = {
  'post /v1/conversations/{id}/internal-messages': 'internal-conversations',
  'post /v1/conversations/{id}/participants': 'internal-conversations',
  'delete /v1/conversations/{id}/participants/{userId}': 'internal-conversations',
};

export class OpenApi {
  readonly operations: Operation[];
  private readonly sampling: Sampling;
  private readonly answers: Answers;

  private constructor(
    private readonly url: string,
    private readonly document: Body,
  ) {
    this.answers = new Answers(document);
    this.sampling = new Sampling(document, () => randomUUID());
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

  /** Reads with these ids in the path, or at another path that the operation serves. */
  async get(
    { path, ids }: Operation,
    token: string,
    own: string[],
    at = ids.reduce((sofar, { parameter }, n) => sofar.replace(parameter, own[n]!), path),
    query = '',
  ): Promise<{ status: number; type: string; text: string }> {
    const response = await fetch(`${this.url}${at}${query}`, {
      headers: { authorization: `Bearer ${token}` },
      redirect: 'manual',
    });
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  }

  /** How JSON that an operation answered differs from what the document says of it. */
  answerProblem({ responses }: Operation, status: number, text: string): string | undefined {
    const schema = responses[status]?.content?.['application/json']?.schema;
    return schema ? this.answers.problem(schema, JSON.parse(text)) : `JSON is not described for ${status}`;
  }

  /** Whether the document says that an operation which went well answers with JSON. */
  static tells({ responses }: Operation): boolean {
    return Object.entries(responses).some(([status, { content }]) => status < '300' && content?.['application/json']);
  }

  /** The members of an operation's query and body that are declared as an id of ours, or named like an id. */
  requestIds({ parameters, content }: Operation): RequestId[] {
    const { schema } = Object.values(content ?? {})[0] ?? {};
    return [
      ...parameters
        .filter(({ in: where }) => where === 'query')
        .flatMap(({ name, schema: one }) => this.sampling.ids(one ?? {}, [name]))
        .map((place): RequestId => ({ ...place, where: 'query' })),
      ...(schema ? this.sampling.ids(schema).map((place): RequestId => ({ ...place, where: 'body' })) : []),
    ];
  }

  /** Bodies of the least form that each lack one member which the document says there must be. */
  bodiesLacking({ content }: Operation): { member: string; body: object }[] {
    const { schema } = content?.['application/json'] ?? {};
    const { required = [], properties } = schema ? this.sampling.resolved(schema) : {};
    const least = this.sampling.least({ type: 'object', required, properties }) as Record<string, unknown>;
    return (required as string[]).map((member) => {
      const { [member]: _, ...body } = least;
      return { member, body };
    });
  }

  /** Calls an operation with ids in its query or body, and otherwise as its description says. */
  async callNaming(
    operation: Operation,
    token: string,
    ids: string[],
    naming: Naming,
  ): Promise<{ status: number; type: string; text: string }> {
    const response = await this.send(operation, token, ids, undefined, naming);
    return { status: response.status, type: response.headers.get('content-type') ?? '', text: await response.text() };
  }

  private send(
    operation: Operation,
    token: string | undefined,
    ids: string[],
    given: unknown,
    naming?: Naming,
  ): Promise<Response> {
    const { method, path, parameters } = operation;
    const sampling = naming ? new Sampling(this.document, naming.idOf) : this.sampling;
    const url = new URL(
      this.url + operation.ids.reduce((at, { parameter }, n) => at.replace(parameter, ids[n]!), path),
    );
    const headers = new Headers({
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...naming?.headers,
    });
    for (const { name, in: where, required, schema } of parameters) {
      if (!required || given !== undefined) continue;
      if (where === 'query') url.searchParams.set(name, String(sampling.least(schema ?? {}, name)));
      if (where === 'header') headers.set(name, String(sampling.least(schema ?? {}, name)));
    }
    const { place, id } = naming?.named ?? {};
    if (place?.where === 'query') url.searchParams.set(place.member, id!);
    return fetch(url, {
      method: method.toUpperCase(),
      headers,
      redirect: 'manual',
      signal: AbortSignal.timeout(20_000),
      ...(method === 'get' || method === 'head' ? {} : this.body(operation, headers, given, sampling, naming)),
    });
  }

  private body(
    operation: Operation,
    headers: Headers,
    given: unknown,
    sampling: Sampling,
    naming?: Naming,
  ): { body: string | FormData } {
    const { name, content } = operation;
    const [type = 'application/json', { schema = {} } = {}] = Object.entries(content ?? {})[0] ?? [];
    if (type === 'multipart/form-data') return { body: this.form(schema) };
    headers.set('content-type', type);
    if (type !== 'application/json') return { body: 'a\n' };
    const { place, id } = naming?.named ?? {};
    const base = naming?.base ?? bodies[`${name} ${place?.member}`] ?? bodies[name];
    const body = place?.where === 'body' ? sampling.withId(schema, place.steps, id!, base) : undefined;
    return { body: JSON.stringify(given ?? body ?? base ?? sampling.least(schema)) };
  }

  private form(schema: Body): FormData {
    const form = new FormData();
    for (const [name, property] of Object.entries<Body>(this.sampling.resolved(schema).properties ?? {})) {
      if (property.format === 'binary') form.set(name, new Blob(['a\n'], { type: 'text/plain' }), 'a.txt');
    }
    return form;
  }
}

function operationOf(path: string, method: string, operation: Body): Operation {
  const parts = path.split('/');
  const ids = parts.flatMap((part, at) => {
    if (!part.startsWith('{')) return [];
    const before = parts[at - 1]!;
    const kind = before.startsWith('{') ? part.slice(1, -1) : before;
    return [{ parameter: part, kind: kind === 'conversations' ? (kinds[`${method} ${path}`] ?? kind) : kind }];
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
    responses: operation.responses ?? {},
  };
}
