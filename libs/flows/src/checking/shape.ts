import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv/dist/2020';
import type { FlowDefinition } from '../definition';
import { member, type Problems, quoted } from './problems';
import { flowSchema } from './schema';

/** Bytes of JSON that a definition may have. */
export const mostBytes = 64 * 1024;
export const deepest = 32;

let validator: ValidateFunction<FlowDefinition> | undefined;

/** Whether the definition is as the schema has it; puts down where it is not. Takes anything, and never throws. */
export function checkShape(definition: unknown, problems: Problems): definition is FlowDefinition {
  if (!checkSize(definition, problems)) return false;
  validator ??= new Ajv({ allErrors: true, discriminator: true, strict: false, verbose: true }).compile<FlowDefinition>(
    flowSchema,
  );
  if (validator(definition)) return true;
  const told = new Set<string>();
  for (const error of validator.errors ?? []) {
    const problem = problemOf(error);
    if (problem === null || told.has(problem.message)) continue;
    told.add(problem.message);
    problems.add(problem.step, problem.field, 'shape', problem.message);
  }
  return false;
}

function checkSize(definition: unknown, problems: Problems): boolean {
  let json: string | undefined;
  try {
    if (nestsWithin(definition, deepest)) json = JSON.stringify(definition);
  } catch {
    json = undefined;
  }
  if (json === undefined) {
    problems.add(null, '', 'limit', `The flow must be JSON that is nested at most ${deepest} levels deep.`);
    return false;
  }
  const bytes = Buffer.byteLength(json);
  if (bytes <= mostBytes) return true;
  const remedy = 'Move part of it to another flow, which a step "call" starts.';
  problems.add(null, '', 'limit', `The flow has ${bytes} bytes of JSON; it may have ${mostBytes}. ${remedy}`);
  return false;
}

function nestsWithin(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((one) => nestsWithin(one, levels - 1));
}

interface Told {
  step: string | null;
  field: string;
  message: string;
}

function problemOf(error: ErrorObject): Told | null {
  // What each alternative of "one of these" says is said by the whole.
  if (/\/(oneOf|anyOf)\/\d+\/(required|const|type)$/.test(error.schemaPath) && error.keyword !== 'discriminator') {
    if (!isOwnMember(error)) return null;
  }
  const places = error.instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const step = places[0] === 'steps' && places[1] !== undefined ? places[1] : null;
  let field = places.reduce((whole, part) => member(whole, /^\d+$/.test(part) ? Number(part) : part), '');
  const extra = memberNamed(error);
  if (extra !== null) field = member(field, extra);
  return {
    step: step ?? stepNamed(error, places),
    field,
    message: `${field === '' ? 'The flow' : field} ${saying(error)}`,
  };
}

/** `required` of an object that was told apart by a word is its own; that of a bare alternative is not. */
const isOwnMember = ({ parentSchema }: ErrorObject): boolean =>
  (parentSchema as { properties?: unknown }).properties !== undefined;

const stepNamed = ({ keyword, params }: ErrorObject, places: string[]): string | null =>
  keyword === 'additionalProperties' && places.length === 1 && places[0] === 'steps'
    ? String(params.additionalProperty)
    : null;

function memberNamed({ keyword, params }: ErrorObject): string | null {
  switch (keyword) {
    case 'required':
    case 'dependentRequired':
      return String(params.missingProperty);
    case 'additionalProperties':
      return String(params.additionalProperty).slice(0, 100).toWellFormed();
    case 'discriminator':
      return String(params.tag);
    default:
      return null;
  }
}

function saying({ instancePath, keyword, params, parentSchema, data }: ErrorObject): string {
  const { description, properties } = parentSchema as { description?: string; properties?: object };
  switch (keyword) {
    case 'required':
      return 'is needed.';
    case 'dependentRequired':
      return `is needed where ${params.property} stands.`;
    case 'additionalProperties':
      return `is not known here; there are ${Object.keys(properties ?? {}).join(', ')}.`;
    case 'type':
      return `must be ${instancePath === '' ? 'an object' : (description ?? wordOf(params.type))}.`;
    case 'const':
      return `must be ${JSON.stringify(params.allowedValue)}.`;
    case 'enum':
      return `must be one of ${(params.allowedValues as unknown[]).join(', ')}.`;
    case 'discriminator':
      return params.error === 'mapping'
        ? `is ${quoted(String(params.tagValue))}, which is not known; it must be one of ${tagsOf(parentSchema)}.`
        : `must be one of ${tagsOf(parentSchema)}.`;
    case 'pattern':
      return `must be ${description ?? `of the pattern ${params.pattern}`}${typeof data === 'string' ? `, and is ${quoted(data)}` : ''}.`;
    case 'propertyNames':
      return `has the name ${quoted(String(params.propertyName))}, which must be letters, digits and _.`;
    case 'maxLength':
      return `may have at most ${params.limit} characters.`;
    case 'minLength':
      return 'must not be empty.';
    case 'minItems':
    case 'minProperties':
      return `must have at least ${params.limit}.`;
    case 'maxItems':
    case 'maxProperties':
      return `may have at most ${params.limit}.`;
    case 'uniqueItems':
      return 'must not name the same twice.';
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
      return `must be ${params.comparison} ${params.limit}.`;
    case 'oneOf':
      return 'must have one of for, until, or event with timeout.';
    default:
      return `must be ${description ?? 'of another form'}.`;
  }
}

function tagsOf(schema: unknown): string {
  const { discriminator, oneOf } = schema as {
    discriminator: { propertyName: string };
    oneOf: { properties: Record<string, { const: string }> }[];
  };
  return oneOf.map(({ properties }) => properties[discriminator.propertyName]!.const).join(', ');
}

function wordOf(type: unknown): string {
  const words: Record<string, string> = {
    object: 'an object',
    array: 'a list',
    string: 'a text',
    integer: 'a whole number',
    number: 'a number',
  };
  return [type]
    .flat()
    .map((one) => words[String(one)] ?? String(one))
    .join(' or ');
}
