export type JsonSchema = Readonly<Record<string, unknown>>;

/** A member that may be left out. */
export interface May {
  may: JsonSchema;
}

/** A schema for each member of a type, and whether it may be left out: the compiler holds the schema to the type. */
export type Members<T> = {
  [P in keyof T as Exclude<P, 'do' | 'on' | 'label'>]-?: Record<never, never> extends Pick<T, P> ? May : JsonSchema;
};

export const may = (schema: JsonSchema): May => ({ may: schema });

/** An object with these members and no others. `fixed`: members that tell it apart. */
export function object<T>(members: Members<T>, fixed: Record<string, JsonSchema> = {}): JsonSchema {
  const properties: Record<string, JsonSchema> = { ...fixed };
  const required = Object.keys(fixed).filter((name) => name !== 'label');
  for (const [name, member] of Object.entries(members) as [string, JsonSchema | May][]) {
    const schema = (member as Partial<May>).may;
    properties[name] = schema ?? (member as JsonSchema);
    if (schema === undefined) required.push(name);
  }
  return { type: 'object', additionalProperties: false, properties, ...(required.length === 0 ? {} : { required }) };
}

export const text = (maxLength: number, description?: string): JsonSchema => ({
  type: 'string',
  minLength: 1,
  maxLength,
  ...(description === undefined ? {} : { description }),
});

export const list = (items: JsonSchema, maxItems: number, minItems = 1): JsonSchema => ({
  type: 'array',
  minItems,
  maxItems,
  items,
});

export const whole = (minimum: number, maximum: number): JsonSchema => ({ type: 'integer', minimum, maximum });

export const yes: JsonSchema = { const: true };

/** By name, as in `{ "total": "vars.price * 2" }`. */
export const named = (names: string, values: JsonSchema, most: number): JsonSchema => ({
  type: 'object',
  propertyNames: { pattern: names },
  additionalProperties: values,
  minProperties: 1,
  maxProperties: most,
});

export const variableName = '^[A-Za-z][A-Za-z0-9_]{0,63}$';
export const stepName = '^[A-Za-z0-9_-]{1,64}$';

export const stepId: JsonSchema = {
  type: 'string',
  pattern: stepName,
  description: 'the id of a step: letters, digits, _ and -',
};
export const variable: JsonSchema = {
  type: 'string',
  pattern: variableName,
  description: 'a name: letters, digits and _, a letter first',
};
export const expression = text(2_000, 'an expression');
export const template = text(8_000, 'a text with templates');
export const duration: JsonSchema = {
  type: 'string',
  pattern: '^[0-9]{1,7}[smhd]$',
  description: 'a duration such as 30s, 15m, 2h or 3d',
};
export const hour: JsonSchema = {
  type: 'string',
  pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$',
  description: 'an hour such as 09:30',
};
export const lastHour: JsonSchema = {
  type: 'string',
  pattern: '^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$',
  description: 'an hour such as 18:00, or 24:00',
};
export const timeZone = text(64, 'a time zone such as Europe/Madrid');
export const days: JsonSchema = {
  ...list(whole(0, 6), 7),
  uniqueItems: true,
  description: 'days of the week, 0 (Sunday) to 6',
};
export const id = text(200);
export const content: JsonSchema = { type: 'object', description: 'what POST /v1/messages takes as content' };
