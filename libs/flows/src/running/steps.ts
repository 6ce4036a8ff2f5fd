import type { Step, StepKind } from '../definition';
import type { Wait } from '../machine';
import { renderBody, renderContent, renderHeader, renderText, renderUrl } from '../templates/render';
import { shownRequest } from '../templates/secrets';
import { millisecondsOf } from '../time/durations';
import { nextTime } from '../time/zones';
import { ask } from './ask';
import {
  afterEffect,
  type Doing,
  does,
  ends,
  goOn,
  holds,
  nowOf,
  otherwise,
  rendered,
  StepFailure,
  type StepKindOf,
  waits,
  workedOut,
} from './doing';
import { withVars } from './vars';

export type StepOf<K extends StepKind> = Extract<Step, { do: K }>;

export const mostRounds = 100;
const day = 86_400_000;
const mostHttpMs = 60_000;

/** How each kind of step is done. */
export const stepKinds: { [K in StepKind]: StepKindOf<StepOf<K>> } = {
  send: {
    begin(doing) {
      const { content, replyToComment } = doing.step;
      const made = rendered(() => renderContent(content, doing.scope, doing.allowance));
      const effect = { kind: 'send' as const, content: made };
      return does(doing, replyToComment === undefined ? effect : { ...effect, replyToComment }, { input: made });
    },
    finish: afterEffect,
  },
  ask,
  condition: {
    begin(doing) {
      const is = holds(doing, doing.step.if);
      return goOn(doing, is ? doing.step.then : doing.step.else, { output: { is } });
    },
  },
  switch: {
    begin(doing) {
      const index = doing.step.cases.findIndex(({ when }) => holds(doing, when));
      const next = index === -1 ? doing.step.else : doing.step.cases[index]!.next;
      return goOn(doing, next, { output: { case: index === -1 ? null : index } });
    },
  },
  set: {
    begin(doing) {
      const { step } = doing;
      // All of them before any is set: the order of names in stored JSON is nobody's.
      const [vars, attributes] = [allOf(doing, step.vars), allOf(doing, step.attributes)];
      const state = withVars(doing.state, vars);
      if (step.attributes === undefined) return goOn({ ...doing, state }, step.next, { output: { vars } });
      return does({ ...doing, state }, { kind: 'attributes', set: attributes }, { output: { vars, attributes } });
    },
    finish: afterEffect,
  },
  tag: {
    begin: (doing) => does(doing, { kind: 'tags', add: doing.step.add ?? [], remove: doing.step.remove ?? [] }),
    finish: afterEffect,
  },
  assign: { begin: (doing) => does(doing, { kind: 'assign', user: doing.step.user }), finish: afterEffect },
  label: {
    begin: (doing) => does(doing, { kind: 'labels', add: doing.step.add ?? [], remove: doing.step.remove ?? [] }),
    finish: afterEffect,
  },
  status: { begin: (doing) => does(doing, { kind: 'status', status: doing.step.status }), finish: afterEffect },
  wait: {
    begin: (doing) => waits(doing, waitOf(doing)),
    finish(doing, arrival) {
      const { step } = doing;
      if ('event' in step) {
        if (arrival.kind === 'timeout') return goOn(doing, step.onTimeout ?? step.next, { output: { timedOut: true } });
        if (arrival.kind === 'event')
          return goOn(doing, step.next, { output: { on: arrival.on, value: arrival.value } });
        if (arrival.kind === 'message' && step.event.on === 'message')
          return goOn(doing, step.next, { output: { on: 'message' } });
      } else if (arrival.kind === 'timeout') return goOn(doing, step.next);
      throw otherwise(arrival);
    },
  },
  http: {
    begin(doing) {
      const { method, url, headers = {}, body, timeout } = doing.step;
      const { scope, allowance } = doing;
      const effect = rendered(() => ({
        kind: 'http' as const,
        method: method ?? (body === undefined ? 'GET' : 'POST'),
        url: renderUrl(url, scope, allowance),
        headers: Object.fromEntries(
          Object.entries(headers).map(([name, text]) => [name, renderHeader(text, scope, allowance)]),
        ),
        body: renderBody(body ?? null, scope, allowance),
        timeoutMs: Math.min(millisecondsOf(timeout ?? '10s') ?? 10_000, mostHttpMs),
      }));
      return does(doing, effect, { input: shownRequest(effect) });
    },
    finish(doing, arrival) {
      if (arrival.kind !== 'done') throw otherwise(arrival);
      const { save, next } = doing.step;
      const value = arrival.value ?? null;
      const state = save === undefined ? doing.state : withVars(doing.state, { [save]: value });
      return goOn({ ...doing, state }, next, { output: value });
    },
  },
  random: {
    begin(doing) {
      const { branches } = doing.step;
      let point = doing.chance.random() * branches.reduce((sum, { weight }) => sum + weight, 0);
      const index = branches.findIndex(({ weight }) => {
        point -= weight;
        return point < 0;
      });
      const branch = index === -1 ? branches.length - 1 : index;
      return goOn(doing, branches[branch]!.next, { output: { branch } });
    },
  },
  loop: {
    begin(doing) {
      const { id, step, state } = doing;
      const rounds = Object.hasOwn(state.loops, id) ? state.loops[id]! : 0;
      const outside = state.within.includes(id) ? state.within.slice(0, state.within.indexOf(id)) : state.within;
      const scope = { ...doing.scope, round: rounds };
      const isOver = rounds >= Math.min(step.most, mostRounds);
      if (!isOver && (step.while === undefined || holds({ ...doing, scope }, step.while))) {
        const loops = { ...state.loops, [id]: rounds + 1 };
        return goOn({ ...doing, state: { ...state, loops, within: [...outside, id] } }, step.body, {
          output: { round: rounds },
        });
      }
      const { [id]: _, ...loops } = state.loops;
      return goOn({ ...doing, state: { ...state, loops, within: outside } }, step.next, { output: { rounds } });
    },
  },
  call: {
    begin(doing) {
      const { flow, input } = doing.step;
      const given = allOf(doing, input);
      return does(doing, { kind: 'call', flow, input: given }, { input: given }, { for: 'call', flow, until: null });
    },
    finish(doing, arrival) {
      if (arrival.kind !== 'done') throw otherwise(arrival);
      const { flow, save, next } = doing.step;
      if (arrival.value === undefined) return waits(doing, { for: 'call', flow, until: null });
      const state = save === undefined ? doing.state : withVars(doing.state, { [save]: arrival.value });
      return goOn({ ...doing, state }, next, { output: arrival.value });
    },
  },
  notify: {
    begin(doing) {
      const text = rendered(() => renderText(doing.step.text, doing.scope, doing.allowance));
      return does(doing, { kind: 'notify', users: doing.step.users, text }, { input: text });
    },
    finish: afterEffect,
  },
  handover: {
    begin(doing) {
      const { user = null, note, for: length = '1d' } = doing.step;
      const text = note === undefined ? null : rendered(() => renderText(note, doing.scope, doing.allowance));
      return does(doing, { kind: 'handover', user, note: text, forMs: millisecondsOf(length) ?? day }, { input: text });
    },
    finish(doing, arrival) {
      if (arrival.kind !== 'done') throw otherwise(arrival);
      return ends(doing, 'handed_over');
    },
  },
  end: { begin: (doing) => ends(doing, String(doing.step.outcome ?? 'done')) },
};

function allOf(doing: Doing, expressions: Record<string, string> = {}): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(expressions).map(([name, expression]) => [name, workedOut(doing, expression)]),
  );
}

function waitOf(doing: Doing<StepOf<'wait'>>): Wait {
  const { step } = doing;
  const now = nowOf(doing);
  if ('for' in step) return { for: 'time', until: now + millisecondsIn(step.for) };
  if ('until' in step) return { for: 'time', until: nextTime(step.until, now) };
  return { for: 'event', event: { ...step.event }, until: now + millisecondsIn(step.timeout) };
}

function millisecondsIn(duration: string): number {
  const milliseconds = millisecondsOf(duration);
  if (milliseconds === null)
    throw new StepFailure('invalid_step', `"${duration}" is no duration; it should be as 30s, 15m, 2h or 3d.`);
  return milliseconds;
}
