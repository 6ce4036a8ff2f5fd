import type { Step } from '../definition';
import { member, textsIn } from './problems';

/** A text of a step that an expression or a template stands in. `secrets`: `{{ secrets.NAME }}` may stand in it. */
export interface Spoken {
  field: string;
  text: string;
  as: 'expression' | 'template';
  secrets?: true;
}

export function spokenIn(step: Step, at: string): Spoken[] {
  const found: Spoken[] = [];
  const expression = (field: string, text: string | undefined): void => {
    if (text !== undefined) found.push({ field: member(at, field), text, as: 'expression' });
  };
  const expressions = (field: string, named: Record<string, string> | undefined): void => {
    for (const [name, text] of Object.entries(named ?? {})) expression(member(field, name), text);
  };
  const templates = (field: string, value: unknown, more: { secrets?: true } = {}): void => {
    for (const text of textsIn(value, member(at, field))) found.push({ ...text, as: 'template', ...more });
  };
  switch (step.do) {
    case 'send':
      templates('content', step.content);
      break;
    case 'ask':
      templates('content', step.content);
      templates('retryContent', step.retryContent);
      break;
    case 'condition':
      expression('if', step.if);
      break;
    case 'switch':
      step.cases.forEach(({ when }, index) => {
        expression(`cases[${index}].when`, when);
      });
      break;
    case 'set':
      expressions('vars', step.vars);
      expressions('attributes', step.attributes);
      break;
    case 'http':
      templates('url', step.url, { secrets: true });
      templates('headers', step.headers, { secrets: true });
      templates('body', step.body, { secrets: true });
      break;
    case 'loop':
      expression('while', step.while);
      break;
    case 'call':
      expressions('input', step.input);
      break;
    case 'notify':
      templates('text', step.text);
      break;
    case 'handover':
      templates('note', step.note);
      break;
    default:
  }
  return found;
}

/** Names of variables that steps set. */
export function savedBy(step: Step): string[] {
  if (step.do === 'set') return Object.keys(step.vars ?? {});
  return 'save' in step && step.save !== undefined ? [step.save] : [];
}
