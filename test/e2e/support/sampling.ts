import type { Body } from './shop';

/** A way into a schema: the name of a member, `[]` for the elements of a list, or which of several forms it has. */
export type Step = string | number;

/** A member of a body that looks like an id. */
export interface IdPlace {
  member: string;
  /** Whether the document says that it is an id of ours; else only its name looks like one. */
  declared: boolean;
  steps: readonly Step[];
}

/** Deeper than any body of ours; schemas may contain themselves. */
const deepest = 12;
const idName = /^ids?$|[a-z]Ids?$/;

/** Makes values that a schema of the OpenAPI document takes. */
export class Sampling {
  /** @param idOf an id for a member of that name */
  constructor(
    private readonly document: Body,
    private readonly idOf: (member: string) => string,
  ) {}

  /** The least that a schema asks for. */
  least(given: Body, member = ''): unknown {
    const schema = this.resolved(given);
    if (schema.example !== undefined) return schema.example;
    if (schema.default !== undefined) return schema.default;
    if (schema.const !== undefined) return schema.const;
    if (schema.enum) return schema.enum[0];
    const choice = schema.oneOf ?? schema.anyOf;
    if (choice) return this.least(choice[0], member);
    if (schema.type === 'array') return [this.least(schema.items ?? {}, member)];
    if (schema.type === 'boolean') return false;
    if (schema.type === 'number' || schema.type === 'integer') return schema.minimum ?? 1;
    if (schema.type === 'string') return schema.format === 'uuid' ? this.idOf(member) : text(schema);
    const required: string[] = schema.required ?? [];
    return Object.fromEntries(required.map((name) => [name, this.least(schema.properties[name], name)]));
  }

  /** A value with an id in one of its places, otherwise as `base` says, or the least. */
  withId(given: Body, [step, ...rest]: readonly Step[], id: string, base?: unknown): unknown {
    if (step === undefined) return id;
    const schema = this.resolved(given);
    // What `base` says may be of another form.
    if (typeof step === 'number') return this.withId((schema.oneOf ?? schema.anyOf)[step], rest, id);
    if (step === '[]') return [this.withId(schema.items, rest, id, (base as unknown[] | undefined)?.[0])];
    const around = (base ?? this.least({ ...schema, example: undefined })) as Record<string, unknown>;
    return { ...around, [step]: this.withId(schema.properties[step], rest, id, around[step]) };
  }

  /** Where a schema takes what is declared as an id of ours, or named like one. */
  ids(given: Body, steps: readonly Step[] = []): IdPlace[] {
    if (steps.length > deepest) return [];
    const schema = this.resolved(given);
    const member = String(steps.findLast((step) => typeof step === 'string' && step !== '[]') ?? '');
    const declared = schema.format === 'uuid';
    if (schema.type === 'string') return declared || idName.test(member) ? [{ member, declared, steps }] : [];
    const choices: Body[] = schema.oneOf ?? schema.anyOf ?? [];
    return [
      ...choices.flatMap((choice, at) => this.ids(choice, [...steps, at])),
      ...(schema.items ? this.ids(schema.items, [...steps, '[]']) : []),
      ...Object.entries<Body>(schema.properties ?? {}).flatMap(([name, part]) => this.ids(part, [...steps, name])),
    ];
  }

  resolved(schema: Body): Body {
    if (schema.$ref) return this.resolved(this.document.components.schemas[schema.$ref.split('/').at(-1)!]);
    if (!schema.allOf) return schema;
    return Object.assign({}, ...schema.allOf.map((part: Body) => this.resolved(part)), { ...schema, allOf: undefined });
  }
}

function text({ format, minLength = 1 }: Body): string {
  if (format === 'email') return `${crypto.randomUUID()}@example.com`;
  if (format === 'date-time') return '2099-01-01T00:00:00Z';
  if (format === 'date') return '2099-01-01';
  if (format === 'uri' || format === 'url') return 'https://example.com/a';
  return 'a'.repeat(Math.max(minLength, 1));
}
