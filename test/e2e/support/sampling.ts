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
    return Object.fromEntries(
      required.map((name) => [name, this.least(schema.properties[name], calledBy(schema, name))]),
    );
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

  /** Where a schema takes what is declared as an id of ours, or named like one. What is inside itself is looked through once. */
  ids(given: Body, steps: readonly Step[] = [], member = String(steps.at(-1) ?? ''), within: string[] = []): IdPlace[] {
    if (steps.length > deepest || within.includes(given.$ref)) return [];
    const around = given.$ref ? [...within, given.$ref] : within;
    const schema = this.resolved(given);
    const declared = schema.format === 'uuid';
    if (schema.type === 'string') return declared || idName.test(member) ? [{ member, declared, steps }] : [];
    const choices: Body[] = schema.oneOf ?? schema.anyOf ?? [];
    return [
      ...choices.flatMap((choice, at) => this.ids(choice, [...steps, at], member, around)),
      ...(schema.items ? this.ids(schema.items, [...steps, '[]'], member, around) : []),
      ...Object.entries<Body>(schema.properties ?? {}).flatMap(([name, part]) =>
        this.ids(part, [...steps, name], calledBy(schema, name), around),
      ),
    ];
  }

  resolved(schema: Body): Body {
    if (schema.$ref) return this.resolved(this.document.components.schemas[schema.$ref.split('/').at(-1)!]);
    if (!schema.allOf) return schema;
    return Object.assign({}, ...schema.allOf.map((part: Body) => this.resolved(part)), { ...schema, allOf: undefined });
  }
}

/** What a member is of: the `value` of a condition is of what its `field` says. */
const calledBy = ({ properties }: Body, name: string): string =>
  name === 'value' && properties.field?.enum?.length === 1 ? properties.field.enum[0] : name;

function text({ format, minLength = 1 }: Body): string {
  if (format === 'email') return `${crypto.randomUUID()}@example.com`;
  if (format === 'date-time') return '2099-01-01T00:00:00Z';
  if (format === 'date') return '2099-01-01';
  if (format === 'uri' || format === 'url') return 'https://example.com/a';
  return 'a'.repeat(Math.max(minLength, 1));
}
