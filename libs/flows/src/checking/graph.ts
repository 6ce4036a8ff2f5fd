import type { FlowDefinition, Step, StepId } from '../definition';
import { mostStepsInARow } from '../machine';
import { member, type Problems, quoted } from './problems';

/** A way from a step to another. `waited`: only after somebody answered, or time has passed. `done`: of a loop that is over. */
export interface Way {
  field: string;
  to: StepId;
  waited?: true;
  done?: true;
}

export function waysFrom(step: Step): Way[] {
  const ways: (Way | null)[] = [];
  const way = (field: string, to: StepId | undefined, more: Omit<Way, 'field' | 'to'> = {}): void => {
    ways.push(to === undefined ? null : { field, to, ...more });
  };
  const waited = { waited: true } as const;
  switch (step.do) {
    case 'ask':
      way('next', step.next, waited);
      way('onInvalid', step.onInvalid, waited);
      way('onTimeout', step.onTimeout, waited);
      break;
    case 'wait':
      way('next', step.next, waited);
      if ('event' in step) way('onTimeout', step.onTimeout, waited);
      break;
    case 'condition':
      way('then', step.then);
      way('else', step.else);
      break;
    case 'switch':
      step.cases.forEach(({ next }, index) => {
        way(`cases[${index}].next`, next);
      });
      way('else', step.else);
      break;
    case 'random':
      step.branches.forEach(({ next }, index) => {
        way(`branches[${index}].next`, next);
      });
      break;
    case 'loop':
      way('body', step.body);
      way('next', step.next, { done: true });
      break;
    case 'handover':
    case 'end':
      break;
    default:
      way('next', step.next);
  }
  if ('onError' in step) way('onError', step.onError);
  return ways.filter((one) => one !== null);
}

/** Ways to steps that are not there. `ids`: of all steps, those too that are not looked at. */
export function checkWays({ start, steps }: FlowDefinition, ids: ReadonlySet<StepId>, problems: Problems): void {
  const has =
    ids.size === 0 ? 'It has no steps.' : `It has ${[...ids].slice(0, 20).join(', ')}${ids.size > 20 ? ', …' : ''}.`;
  if (!ids.has(start))
    problems.add(
      null,
      'start',
      'unknown_step',
      `start names the step ${quoted(start)}, which the flow does not have. ${has}`,
    );
  for (const [id, step] of Object.entries(steps)) {
    for (const { field, to } of waysFrom(step)) {
      if (ids.has(to)) continue;
      const place = member(`steps.${id}`, field);
      problems.add(
        id,
        place,
        'unknown_step',
        `${place} names the step ${quoted(to)}, which the flow does not have. ${has}`,
      );
    }
  }
}

export function checkReach({ start, steps }: FlowDefinition, problems: Problems): void {
  const reached = new Set<StepId>();
  const waiting = [start];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
    if (step === undefined || reached.has(id)) continue;
    reached.add(id);
    waiting.push(...waysFrom(step).map(({ to }) => to));
  }
  for (const id of Object.keys(steps)) {
    if (reached.has(id)) continue;
    problems.add(
      id,
      `steps.${id}`,
      'unreachable',
      `No way leads from the start to the step ${quoted(id)}. Let a step go on to it, or remove it.`,
    );
  }
}

/**
 * Circles that nothing ends: neither a wait or a question in them, nor a `loop` that leads out of the circle when it is over. Such a loop
 * bounds all that goes through it, so it is taken out, and what is left is looked at again.
 */
export function checkCircles({ steps }: FlowDefinition, problems: Problems): void {
  const ways = new Map<StepId, Way[]>();
  for (const [id, step] of Object.entries(steps)) {
    ways.set(
      id,
      waysFrom(step).filter(({ to, waited }) => waited === undefined && Object.hasOwn(steps, to)),
    );
  }
  const left: Set<StepId>[] = [new Set(ways.keys())];
  for (let among = left.pop(); among !== undefined; among = left.pop()) {
    for (const circle of circlesIn(ways, among)) {
      const bound = [...circle].find(
        (id) => steps[id]!.do === 'loop' && ways.get(id)!.every(({ to, done }) => !done || !circle.has(to)),
      );
      if (bound === undefined) tell(circle, problems);
      else left.push(new Set([...circle].filter((id) => id !== bound)));
    }
  }
}

/** Loops whose rounds, even the shortest way round, are more steps than may be done in a row. */
export function checkRounds({ steps }: FlowDefinition, problems: Problems): void {
  for (const [id, step] of Object.entries(steps)) {
    if (step.do !== 'loop') continue;
    const length = shortestRound(steps, id, step.body);
    if (length === null || step.most * length < mostStepsInARow) continue;
    const most = Math.floor((mostStepsInARow - 1) / length);
    const field = `steps.${id}.most`;
    problems.add(
      id,
      field,
      'range',
      `${field} is ${step.most}, and a round is at least ${length} steps: more than the ${mostStepsInARow} that may be done in a row. Let it be at most ${most}, or put an ask or a wait between them.`,
    );
  }
}

/** Steps of a round, the loop's own among them; null where it waits for something, or never comes round. */
function shortestRound(steps: FlowDefinition['steps'], loop: StepId, body: StepId): number | null {
  const seen = new Set<StepId>([body]);
  let [length, at] = [1, [body]];
  let found: number | null = null;
  while (at.length > 0) {
    const onward: StepId[] = [];
    for (const id of at) {
      if (id === loop) {
        found ??= length;
        continue;
      }
      const step = Object.hasOwn(steps, id) ? steps[id] : undefined;
      for (const { to, waited } of step === undefined ? [] : waysFrom(step)) {
        // Whoever waits on the way may have as many rounds as there are.
        if (waited) return null;
        if (!seen.has(to)) onward.push(to);
        seen.add(to);
      }
    }
    [length, at] = [length + 1, onward];
  }
  return found;
}

function tell(circle: ReadonlySet<StepId>, problems: Problems): void {
  const ids = [...circle];
  const names = ids.slice(0, 10).map(quoted).join(', ');
  const remedy = 'Put an ask or a wait between them, or a loop, which has a bound.';
  problems.add(ids[0]!, `steps.${ids[0]}`, 'endless', `The steps ${names} go round for ever. ${remedy}`);
}

/** Sets of steps each of which leads to all the others of its set (Tarjan), without single steps that do not lead to themselves. */
function circlesIn(ways: ReadonlyMap<StepId, Way[]>, among: ReadonlySet<StepId>): Set<StepId>[] {
  const circles: Set<StepId>[] = [];
  const order = new Map<StepId, number>();
  const lowest = new Map<StepId, number>();
  const open: StepId[] = [];
  const onward = (id: StepId): StepId[] => ways.get(id)!.flatMap(({ to }) => (among.has(to) ? [to] : []));
  const visit = (id: StepId): void => {
    order.set(id, order.size);
    lowest.set(id, order.get(id)!);
    open.push(id);
    for (const to of onward(id)) {
      if (!order.has(to)) visit(to);
      if (open.includes(to)) lowest.set(id, Math.min(lowest.get(id)!, lowest.get(to)!));
    }
    if (lowest.get(id) !== order.get(id)) return;
    const circle = new Set(open.splice(open.indexOf(id)));
    if (circle.size > 1 || onward(id).includes(id)) circles.push(circle);
  };
  for (const id of among) if (!order.has(id)) visit(id);
  return circles;
}
