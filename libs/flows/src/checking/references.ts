import type { FlowDefinition, Step, Trigger } from '../definition';
import { type Known, member, type Problems, quoted } from './problems';

type Things = 'channels' | 'users' | 'labels' | 'tags' | 'segments' | 'campaigns' | 'flows';

const words: Record<Things, string> = {
  channels: 'channel',
  users: 'member',
  labels: 'label',
  tags: 'tag',
  segments: 'segment',
  campaigns: 'campaign',
  flows: 'flow',
};

interface Reference {
  step: string | null;
  field: string;
  to: Things;
  name: string;
}

/** What a flow names and the workspace does not have. */
export function checkReferences(flow: FlowDefinition, known: Known, problems: Problems): void {
  const tags = new Set([...known.tags, ...Object.values(flow.steps).flatMap(madeBy)].map((tag) => tag.toLowerCase()));
  const isThere = ({ to, name }: Reference): boolean =>
    to === 'tags' ? tags.has(name.toLowerCase()) : known[to].has(name);
  for (const reference of referencesIn(flow)) {
    if (isThere(reference)) continue;
    const { step, field, to, name } = reference;
    const remedy = to === 'tags' ? 'Make it first, or let a step add it.' : 'Name one that it has.';
    problems.add(
      step,
      field,
      'unknown_reference',
      `${field} names the ${words[to]} ${quoted(name)}, which the workspace does not have. ${remedy}`,
    );
  }
}

/** Calls of flows that none may call, and those that come back to the flow itself. */
export function checkCalls(flow: FlowDefinition, known: Known, problems: Problems): void {
  const { flow: own, calls } = known;
  for (const [id, step] of Object.entries(flow.steps)) {
    if (step.do !== 'call') continue;
    const field = `steps.${id}.flow`;
    const way = own === null ? null : wayTo(own, step.flow, calls);
    if (way === null) {
      if (known.flows.has(step.flow) && !known.callable.has(step.flow)) {
        const remedy = 'Give it one and publish it.';
        problems.add(
          id,
          field,
          'not_callable',
          `${field} calls the flow ${quoted(step.flow)}, which has no trigger "flow". ${remedy}`,
        );
      }
      continue;
    }
    const through =
      way.length === 0
        ? 'the flow itself'
        : `a flow that comes back to this one (through ${way.map(quoted).join(', ')})`;
    problems.add(
      id,
      field,
      'recursion',
      `${field} calls ${through}, which would go on for ever. Use a loop within the flow.`,
    );
  }
}

/** The flows between; null where there is no way. */
function wayTo(own: string, from: string, calls: Known['calls']): string[] | null {
  const seen = new Set<string>();
  const open: string[][] = [[from]];
  for (let way = open.pop(); way !== undefined; way = open.pop()) {
    const last = way.at(-1)!;
    if (last === own) return way.slice(0, -1);
    if (seen.has(last)) continue;
    seen.add(last);
    for (const called of calls.get(last) ?? []) open.push([...way, called]);
  }
  return null;
}

const madeBy = (step: Step): string[] => (step.do === 'tag' ? (step.add ?? []) : []);

function referencesIn({ triggers, channels, steps }: FlowDefinition): Reference[] {
  const ofTriggers = triggers.flatMap((trigger, index) => namedBy(trigger, `triggers[${index}]`));
  const ofSteps = Object.entries(steps).flatMap(([id, step]) =>
    namedIn(step, `steps.${id}`).map((reference) => ({ ...reference, step: id })),
  );
  return [...all(null, 'channels', 'channels', channels), ...ofTriggers, ...ofSteps];
}

function all(step: string | null, field: string, to: Things, names: readonly string[] | undefined): Reference[] {
  return (names ?? []).map((name, index) => ({ step, field: member(field, index), to, name }));
}

function namedBy(trigger: Trigger, at: string): Reference[] {
  switch (trigger.on) {
    case 'contact_tagged':
      return all(null, `${at}.tags`, 'tags', trigger.tags);
    case 'conversation_assigned':
      return all(null, `${at}.users`, 'users', trigger.users);
    case 'campaign_replied':
      return all(null, `${at}.campaigns`, 'campaigns', trigger.campaigns);
    case 'schedule':
      return [
        ...all(null, `${at}.segments`, 'segments', trigger.segments),
        ...all(null, `${at}.tags`, 'tags', trigger.tags),
      ];
    default:
      return [];
  }
}

function namedIn(step: Step, at: string): Reference[] {
  const one = (field: string, to: Things, name: string | null | undefined): Reference[] =>
    typeof name === 'string' ? [{ step: null, field: member(at, field), to, name }] : [];
  switch (step.do) {
    case 'assign':
      return one('user', 'users', step.user);
    case 'handover':
      return one('user', 'users', step.user);
    case 'notify':
      return all(null, `${at}.users`, 'users', step.users);
    case 'label':
      return [...all(null, `${at}.add`, 'labels', step.add), ...all(null, `${at}.remove`, 'labels', step.remove)];
    case 'tag':
      return all(null, `${at}.remove`, 'tags', step.remove);
    case 'call':
      return one('flow', 'flows', step.flow);
    case 'wait':
      return 'event' in step && step.event.on === 'contact_tagged'
        ? all(null, `${at}.event.tags`, 'tags', step.event.tags)
        : [];
    default:
      return [];
  }
}
