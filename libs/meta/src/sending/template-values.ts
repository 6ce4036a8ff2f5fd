import { lengthOf } from './measure';
import { allOf, oneOf, type Problems } from './problems';
import type { TemplateParameter } from './template-content';

interface Place {
  field: string;
  of: 'header' | 'body';
  named: boolean;
  /** Characters. */
  longest: number;
}

const textual: readonly TemplateParameter['type'][] = ['text', 'currency', 'date_time'];

/** The values for the variables of a text: as many, of the right kind, with the right names. */
export function valueProblems(
  variables: string[],
  parameters: TemplateParameter[] | undefined,
  { field, of, named, longest }: Place,
  problems: Problems,
): void {
  const given = parameters ?? [];
  if (given.length !== variables.length) {
    const count = `${variables.length} variable${variables.length === 1 ? '' : 's'}`;
    const needs = variables.length === 0 ? 'no variables' : `${count} (${allOf(variables)})`;
    problems.add(field, 'template', `${field}: the template's ${of} has ${needs}; ${given.length} given.`);
    return;
  }
  for (const [index, parameter] of given.entries()) {
    const place = `${field}.parameters[${index}]`;
    if (textual.includes(parameter.type)) checkText(parameter, place, longest, problems);
    else problems.add(place, 'template', `${place} must be ${oneOf(textual)}; it is ${parameter.type}.`);
  }
  checkNames(variables, given, field, named, problems);
}

/** What a text variable is replaced by. */
export function textOf(parameter: TemplateParameter | undefined): string | undefined {
  if (parameter?.type === 'text') return parameter.text;
  return parameter?.type === 'currency' || parameter?.type === 'date_time' ? parameter.fallback : undefined;
}

/** "Param text cannot have new-line/tab characters or more than 4 consecutive spaces" (132018). */
const refused = /[\n\r\t]| {5}/;

function checkText(parameter: TemplateParameter, place: string, longest: number, problems: Problems): void {
  const text = textOf(parameter) ?? '';
  const length = lengthOf(text, 'characters');
  if (length > longest)
    problems.add(place, 'too_long', `${place} may have at most ${longest} characters here; it has ${length}.`);
  if (refused.test(text))
    problems.add(place, 'format', `${place} may have no line break, no tab and at most 4 spaces in a row.`);
}

function checkNames(
  variables: string[],
  given: TemplateParameter[],
  field: string,
  named: boolean,
  problems: Problems,
): void {
  const names = given.map((parameter) => ('name' in parameter ? parameter.name : undefined));
  for (const [index, name] of names.entries()) {
    const place = `${field}.parameters[${index}].name`;
    if (!named && name !== undefined)
      problems.add(place, 'template', `${place}: the template numbers its variables; leave the name out.`);
    else if (named && name === undefined)
      problems.add(place, 'template', `${place} is needed: one of ${oneOf(variables)}.`);
    else if (named && !variables.includes(name!))
      problems.add(place, 'template', `${place} must be ${oneOf(variables)}.`);
    else if (named && names.indexOf(name) < index) problems.add(place, 'unique', `${place} is given twice.`);
  }
}
