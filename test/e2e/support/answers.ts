import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import type { Body } from './shop';

/** Holds answers to the schemas of the OpenAPI document. */
export class Answers {
  private readonly ajv = new Ajv({ allErrors: true, strict: false });
  private readonly schemas: Body;

  constructor(document: Body) {
    (formats as unknown as typeof formats.default)(this.ajv);
    this.schemas = strictly(document.components.schemas);
  }

  problem(schema: Body, answer: unknown): string | undefined {
    const valid = this.ajv.compile({ ...strictly(schema), components: { schemas: this.schemas } });
    return valid(answer) ? undefined : this.ajv.errorsText(valid.errors);
  }
}

/** As JSON Schema has it: `nullable` is OpenAPI's own word. Members that are not described are none. */
function strictly(schema: Body): Body {
  if (Array.isArray(schema)) return schema.map(strictly);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { nullable, example: _, ...rest } = schema;
  const plain = Object.fromEntries(Object.entries(rest).map(([name, part]) => [name, strictly(part)]));
  const described = plain.type === 'object' && plain.properties !== undefined;
  const closed = described ? { additionalProperties: false, ...plain } : plain;
  return nullable === true ? { anyOf: [closed, { type: 'null' }] } : closed;
}
