import { accept } from '../answers/accept';
import type { AskStep } from '../definition';
import type { Wait } from '../machine';
import { renderContent } from '../templates/render';
import { millisecondsOf } from '../time/durations';
import {
  type Doing,
  does,
  ends,
  goOn,
  nowOf,
  otherwise,
  rendered,
  type Shown,
  StepFailure,
  type StepKindOf,
  waits,
} from './doing';
import { withVars } from './vars';

export const mostRetries = 10;
const day = 86_400_000;

export const ask: StepKindOf<AskStep> = {
  begin: (doing) => puts(doing, doing.step.content),
  finish(doing, arrival) {
    const { step, state } = doing;
    switch (arrival.kind) {
      case 'done':
        return waits(doing, waitFor(doing));
      case 'timeout':
        return step.onTimeout === undefined
          ? ends(doing, 'timed_out')
          : goOn(doing, step.onTimeout, { output: { timedOut: true } });
      case 'message': {
        const { text, payload, type } = arrival;
        const input = { type, text, payload };
        const accepted = accept(step.expect, arrival);
        if (!accepted.ok) return asksAgain(doing, accepted.reason, input);
        const answered = { ...state, answer: accepted.answer, retries: 0 };
        const kept = step.save === undefined ? answered : withVars(answered, { [step.save]: accepted.answer });
        return goOn({ ...doing, state: kept }, step.next, { input, output: { answer: accepted.answer } });
      }
      default:
        throw otherwise(arrival);
    }
  },
};

function puts(doing: Doing<AskStep>, content: unknown, shown: Shown = {}): ReturnType<typeof does> {
  const made = rendered(() => renderContent(content, doing.scope, doing.allowance));
  return does(doing, { kind: 'send', content: made }, { input: made, ...shown }, waitFor(doing));
}

function asksAgain(doing: Doing<AskStep>, reason: string, input: unknown): ReturnType<typeof does> {
  const { step, state } = doing;
  const output = { invalid: reason, retries: state.retries };
  if (state.retries < Math.min(step.retries ?? 2, mostRetries)) {
    const again = { ...doing, state: { ...state, retries: state.retries + 1 } };
    return puts(again, step.retryContent ?? step.content, { input, output });
  }
  if (step.onInvalid !== undefined) return goOn(doing, step.onInvalid, { input, output });
  throw new StepFailure('invalid_answer', `the answer was ${reason}, after it was asked again ${state.retries} times.`);
}

function waitFor(doing: Doing<AskStep>): Wait {
  const { step } = doing;
  return { for: 'message', expect: step.expect, until: nowOf(doing) + (millisecondsOf(step.timeout ?? '1d') ?? day) };
}
