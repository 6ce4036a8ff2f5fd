import { lengthOf } from './measure';
import { oneOf, type Problems } from './problems';
import type { TemplateButton, TemplateButtonType, TemplateComponent, TemplateParameter } from './template-content';
import { type DefinedButton, variablesOf } from './template-definition';

/** What a button of a template takes when it is sent. */
interface Takes {
  subTypes: TemplateButtonType[];
  parameter: TemplateParameter['type'];
  /** It cannot be sent without. */
  needed: boolean;
}

/** templates/components and the page of each kind. A one-time password is sent as the parameter of a URL button. */
function takes({ type, url }: DefinedButton): Takes | undefined {
  switch (type) {
    case 'QUICK_REPLY':
      return { subTypes: ['quick_reply'], parameter: 'payload', needed: false };
    case 'URL':
      return variablesOf(url).length === 0 ? undefined : { subTypes: ['url'], parameter: 'text', needed: true };
    case 'OTP':
      return { subTypes: ['url'], parameter: 'text', needed: true };
    case 'COPY_CODE':
      return { subTypes: ['copy_code'], parameter: 'coupon_code', needed: true };
    case 'FLOW':
      return { subTypes: ['flow'], parameter: 'action', needed: false };
    case 'CATALOG':
      return { subTypes: ['catalog'], parameter: 'action', needed: false };
    case 'MPM':
      return { subTypes: ['mpm'], parameter: 'action', needed: true };
    case 'VOICE_CALL':
      return { subTypes: ['voice_call'], parameter: 'payload', needed: false };
    default:
      return undefined;
  }
}

/** templates/components, URL buttons: "2000 characters maximum" with its variable. */
const longestUrl = 2_000;

export function buttonProblems(
  defined: DefinedButton[],
  given: readonly TemplateComponent[],
  field: string,
  problems: Problems,
): void {
  const filled = new Set<number>();
  for (const [place, component] of given.entries()) {
    if (component.type !== 'button') continue;
    filled.add(component.index);
    checkButton(component, defined, `${field}[${place}]`, problems);
  }
  for (const [index, button] of defined.entries()) {
    const { needed, subTypes, parameter } = takes(button) ?? {};
    if (!needed || filled.has(index)) continue;
    const words = `a button ${oneOf(subTypes!)} with index ${index} and a parameter ${parameter}`;
    problems.add(field, 'template', `${field}: the template needs ${words}.`);
  }
}

function checkButton(button: TemplateButton, defined: DefinedButton[], place: string, problems: Problems): void {
  const target = defined[button.index];
  if (target === undefined) {
    const count = `the template has ${defined.length} buttons`;
    problems.add(`${place}.index`, 'template', `${place}.index is ${button.index}; ${count}, counted from 0.`);
    return;
  }
  const own = takes(target);
  if (own === undefined) {
    problems.add(place, 'template', `${place}: button ${button.index} of the template (${target.type}) takes nothing.`);
    return;
  }
  if (!own.subTypes.includes(button.subType)) {
    const is = `button ${button.index} of the template is ${target.type}`;
    problems.add(`${place}.subType`, 'template', `${place}.subType must be ${oneOf(own.subTypes)}: ${is}.`);
    return;
  }
  checkParameter(button, own, target, place, problems);
}

function checkParameter(
  button: TemplateButton,
  own: Takes,
  target: DefinedButton,
  place: string,
  problems: Problems,
): void {
  const parameter = button.parameters?.[0];
  if (parameter === undefined) {
    if (own.needed)
      problems.add(`${place}.parameters`, 'template', `${place}.parameters needs one of type ${own.parameter}.`);
    return;
  }
  const field = `${place}.parameters[0]`;
  if (parameter.type !== own.parameter) {
    problems.add(field, 'template', `${field} must be ${own.parameter}; it is ${parameter.type}.`);
  } else if (parameter.type === 'text') {
    const length = lengthOf((target.url ?? '').replace(/\{\{[^}]*\}\}/, '') + parameter.text, 'characters');
    if (length > longestUrl)
      problems.add(field, 'too_long', `${field}: the URL may have at most ${longestUrl} characters; it has ${length}.`);
  } else if (parameter.type === 'action' && button.subType === 'mpm' && parameter.sections === undefined) {
    problems.add(`${field}.sections`, 'template', `${field}.sections is needed: the products to show.`);
  }
}
