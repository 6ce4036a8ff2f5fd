import type { FlowDefinition, Hours, Trigger, TriggerKind } from '../definition';
import { longestPattern } from '../words/patterns';
import {
  days,
  duration,
  hour,
  id,
  type JsonSchema,
  lastHour,
  list,
  type Members,
  may,
  named,
  object,
  stepId,
  stepName,
  text,
  timeZone,
  variableName,
  whole,
  yes,
} from './schema-parts';
import { stepSchemas, variants } from './schema-steps';

type TriggerOf<K extends TriggerKind> = Extract<Trigger, { on: K }>;

const ids = list(id, 100);
const keywords = list(text(100), 100);
const pattern = text(longestPattern, 'a regular expression');
const tags = list(text(100), 50);
const entry = object<Hours['days'][number]>({ day: whole(0, 6), from: hour, to: lastHour });
const hours = object<Hours>({ timeZone, days: list(entry, 50, 0) });
const allOr = (values: JsonSchema): JsonSchema => ({ anyOf: [yes, values], description: 'true, or a list of ids' });

const trigger = <K extends TriggerKind>(kind: K, members: Members<TriggerOf<K>>): JsonSchema =>
  object<TriggerOf<K>>(members, { on: { const: kind } });

export const triggerSchemas: Record<TriggerKind, JsonSchema> = {
  message: trigger('message', {
    keywords: may(keywords),
    match: may({ enum: ['word', 'exact', 'start'] }),
    pattern: may(pattern),
    first: may(yes),
    outsideHours: may(hours),
    referral: may(allOr(ids)),
    button: may(allOr(ids)),
  }),
  postback: trigger('postback', { payloads: may(list(text(1_000), 100)) }),
  comment: trigger('comment', { posts: may(ids), keywords: may(keywords), pattern: may(pattern) }),
  story_mention: trigger('story_mention', {}),
  contact_created: trigger('contact_created', {}),
  contact_tagged: trigger('contact_tagged', { tags }),
  conversation_opened: trigger('conversation_opened', {}),
  conversation_assigned: trigger('conversation_assigned', { users: may(ids) }),
  conversation_closed: trigger('conversation_closed', {}),
  campaign_replied: trigger('campaign_replied', { campaigns: may(ids) }),
  order_created: trigger('order_created', {}),
  schedule: trigger('schedule', { timeZone, at: hour, days: may(days), segments: may(ids), tags: may(tags) }),
  api: trigger('api', {}),
  flow: trigger('flow', {}),
};

export const mostSteps = 200;

const definition = object<FlowDefinition>({
  format: { const: 1 },
  triggers: list(variants('on', triggerSchemas), 20, 0),
  channels: may({ ...ids, uniqueItems: true }),
  whenRunning: may({ enum: ['ignore', 'restart'] }),
  again: may(duration),
  vars: may(named(variableName, { type: ['string', 'number', 'boolean', 'null'], maxLength: 4_096 }, 100)),
  start: stepId,
  steps: named(stepName, variants('do', stepSchemas), mostSteps),
});

/** What a flow looks like, in JSON Schema 2020-12. What it means is checked by `checkFlow`. */
export const flowSchema: JsonSchema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  title: 'Switchboard flow',
  description: 'A flow as it is written down, checked, exported and published. See docs/flows.md.',
  ...definition,
  properties: { $schema: { type: 'string' }, ...(definition.properties as object) },
};

/** `libs/flows/flow.schema.json`, which is made of it. */
export const schemaFile = (): string => `${JSON.stringify(flowSchema, null, 2)}\n`;
