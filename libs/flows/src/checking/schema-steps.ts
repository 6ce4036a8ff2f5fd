import type { AskStep, Awaited, Expected, Step, StepKind, WaitStep } from '../definition';
import { mostRetries } from '../running/ask';
import { mostRounds } from '../running/steps';
import { longestPattern } from '../words/patterns';
import {
  content,
  days,
  duration,
  expression,
  hour,
  id,
  type JsonSchema,
  list,
  type Members,
  may,
  named,
  object,
  stepId,
  template,
  text,
  timeZone,
  variable,
  variableName,
  whole,
  yes,
} from './schema-parts';

type StepOf<K extends StepKind> = Extract<Step, { do: K }>;
type WaitOf<M extends string> = Extract<WaitStep, Record<M, unknown>>;
type ExpectedOf<K extends Expected['as']> = Omit<Extract<Expected, { as: K }>, 'as'>;
type AwaitedOf<K extends Awaited['on']> = Extract<Awaited, { on: K }>;

const next = may(stepId);
const onError = may(stepId);
const names = may(list(text(100), 50));
const pattern = may(text(longestPattern, 'a regular expression'));
const number: JsonSchema = { type: 'number' };

/** One of several objects, told apart by a member. */
export function variants(by: string, shapes: Record<string, JsonSchema>): JsonSchema {
  return { type: 'object', discriminator: { propertyName: by }, required: [by], oneOf: Object.values(shapes) };
}

const step = <K extends StepKind>(kind: K, members: Members<StepOf<K>>): JsonSchema =>
  object<StepOf<K>>(members, { do: { const: kind }, label: text(200) });

const as = <K extends Expected['as']>(kind: K, members: Members<ExpectedOf<K>>): JsonSchema =>
  object<ExpectedOf<K>>(members, { as: { const: kind } });

const expects: Record<Expected['as'], JsonSchema> = {
  any: as('any', {}),
  text: as('text', { least: may(whole(0, 4_096)), most: may(whole(1, 4_096)), pattern }),
  number: as('number', { least: may(number), most: may(number), whole: may(yes) }),
  email: as('email', {}),
  phone: as('phone', {}),
  date: as('date', {}),
  location: as('location', {}),
  file: as('file', { types: may(list({ enum: ['image', 'video', 'audio', 'document'] }, 4)) }),
  choice: as('choice', {
    of: list(object<{ id: string; words: string[] }>({ id, words: list(text(100), 50, 0) }), 50),
  }),
};

const on = <K extends Awaited['on']>(kind: K, members: Members<AwaitedOf<K>>): JsonSchema =>
  object<AwaitedOf<K>>(members, { on: { const: kind } });

const awaited: Record<Awaited['on'], JsonSchema> = {
  message: on('message', {}),
  contact_tagged: on('contact_tagged', { tags: list(text(100), 50) }),
  conversation_assigned: on('conversation_assigned', {}),
  conversation_closed: on('conversation_closed', {}),
  order_created: on('order_created', {}),
};

const asks: Members<AskStep> = {
  content,
  expect: variants('as', expects),
  save: may(variable),
  retries: may(whole(0, mostRetries)),
  retryContent: may(content),
  onInvalid: next,
  timeout: may(duration),
  onTimeout: next,
  next,
  onError,
};

const until = object<{ at: string; timeZone: string; days?: number[] }>({ at: hour, timeZone, days: may(days) });
const waitsFor: Members<WaitOf<'for'>> = { for: duration, next };
const waitsUntil: Members<WaitOf<'until'>> = { until, next };
const waitsForEvent: Members<WaitOf<'event'>> = {
  event: variants('on', awaited),
  timeout: duration,
  onTimeout: next,
  next,
};

/** The members of all three, and which of them stand together. */
function waitSchema(): JsonSchema {
  const loose = Object.fromEntries(
    Object.entries({ ...waitsFor, ...waitsUntil, ...waitsForEvent }).map(([name, member]) => {
      return [name, 'may' in member ? member : may(member as JsonSchema)];
    }),
  );
  const with_ = (...required: string[]): JsonSchema => ({ required });
  return {
    ...object<object>(loose as Members<object>, { do: { const: 'wait' }, label: text(200) }),
    oneOf: [with_('for'), with_('until'), with_('event', 'timeout')],
    dependentRequired: { timeout: ['event'], onTimeout: ['event'] },
  };
}

const weighted = object<{ weight: number; next: string }>({
  weight: { type: 'number', exclusiveMinimum: 0, maximum: 1_000_000 },
  next: stepId,
});
const when = object<{ when: string; next: string }>({ when: expression, next: stepId });

export const stepSchemas: Record<StepKind, JsonSchema> = {
  send: step('send', { content, replyToComment: may({ enum: ['private', 'public'] }), next, onError }),
  ask: step('ask', asks),
  condition: step('condition', { if: expression, then: next, else: next }),
  switch: step('switch', { cases: list(when, 50), else: next }),
  set: step('set', {
    vars: may(named(variableName, expression, 50)),
    attributes: may(named('^.{1,100}$', expression, 50)),
    next,
    onError,
  }),
  tag: step('tag', { add: names, remove: names, next, onError }),
  assign: step('assign', { user: { type: ['string', 'null'], minLength: 1, maxLength: 200 }, next, onError }),
  label: step('label', { add: names, remove: names, next, onError }),
  status: step('status', { status: { enum: ['open', 'closed'] }, next, onError }),
  wait: waitSchema(),
  http: step('http', {
    method: may({ enum: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] }),
    url: text(2_000, 'an address with templates'),
    headers: may(named("^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}$", template, 30)),
    body: may({}),
    timeout: may(duration),
    save: may(variable),
    next,
    onError,
  }),
  random: step('random', { branches: list(weighted, 20) }),
  loop: step('loop', { body: stepId, while: may(expression), most: whole(1, mostRounds), next }),
  call: step('call', { flow: id, input: may(named(variableName, expression, 50)), save: may(variable), next, onError }),
  notify: step('notify', { users: list(id, 20), text: template, next, onError }),
  handover: step('handover', { user: may(id), note: may(template), for: may(duration) }),
  end: step('end', { outcome: may(text(64)) }),
};
