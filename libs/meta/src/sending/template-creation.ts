import { asList, asObject, asText, type JsonObject } from '../reading';
import { lengthOf } from './measure';
import { type ContentProblem, oneOf, Problems, quoted, typeName } from './problems';
import { text } from './shape';
import { templateLanguage, templateName } from './shapes/template';
import { buttonListProblems } from './template-creation-buttons';
import { variablesOf } from './template-definition';

const categories = ['MARKETING', 'UTILITY', 'AUTHENTICATION'];
const headerFormats = ['TEXT', 'IMAGE', 'VIDEO', 'GIF', 'DOCUMENT', 'LOCATION', 'PRODUCT'];
/** Each at most once: templates/components. */
const single = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'];

/**
 * Why Meta would not take a template to be created: the body of `POST /{waba}/message_templates`, in Meta's own form
 * (the form in which templates are read). Any JSON, never throws; members not known here are left to Meta.
 */
export function templateCreationProblems(body: unknown): ContentProblem[] {
  const problems = new Problems();
  const given = asObject(body);
  if (given === undefined) {
    problems.add('', 'type', `The template must be an object; it is ${typeName(body)}.`);
    return problems.list;
  }
  templateName.check(given.name, 'name', problems);
  templateLanguage.check(given.language, 'language', problems);
  const category = wordOf(given.category);
  if (!categories.includes(category ?? ''))
    problems.add('category', 'choice', `category must be ${oneOf(categories)}.`);
  const named = wordOf(given.parameter_format) === 'NAMED';
  componentProblems(given.components, category === 'AUTHENTICATION', named, problems);
  return problems.list;
}

function componentProblems(components: unknown, authentication: boolean, named: boolean, problems: Problems): void {
  if (!Array.isArray(components)) {
    problems.add('components', 'type', `components must be a list; it is ${typeName(components)}.`);
    return;
  }
  const counts = new Map<string, number>();
  for (const [index, value] of components.entries()) {
    if (problems.full) return;
    const field = `components[${index}]`;
    const component = asObject(value);
    const type = wordOf(component?.type);
    if (component === undefined || type === undefined) {
      problems.add(field, 'type', `${field} must be an object with a type.`);
      continue;
    }
    counts.set(type, (counts.get(type) ?? 0) + 1);
    if (single.includes(type) && counts.get(type) === 2)
      problems.add(field, 'too_many', `${field}: a template has at most one ${type}.`);
    componentProblem(component, type, field, authentication, named, problems);
  }
  if (!counts.has('BODY')) problems.add('components', 'required', 'components must have a BODY.');
}

function componentProblem(
  component: JsonObject,
  type: string,
  field: string,
  authentication: boolean,
  named: boolean,
  problems: Problems,
): void {
  if (authentication && (type === 'BODY' || type === 'FOOTER')) {
    // authentication-templates: Meta's own text, in the customer's language.
    if (component.text !== undefined)
      problems.add(`${field}.text`, 'combination', `${field}.text: Meta writes the text of authentication templates.`);
  } else if (type === 'HEADER') headerProblems(component, field, named, problems);
  else if (type === 'BODY') bodyProblems(component, field, named, problems);
  else if (type === 'FOOTER') {
    text({ max: 60 }).check(component.text, `${field}.text`, problems);
    if (variablesOf(asText(component.text)).length > 0)
      problems.add(`${field}.text`, 'template', `${field}.text: a footer has no variables.`);
  } else if (type === 'BUTTONS') buttonListProblems(component.buttons, `${field}.buttons`, authentication, problems);
}

function headerProblems(component: JsonObject, field: string, named: boolean, problems: Problems): void {
  const format = wordOf(component.format) ?? '';
  if (!headerFormats.includes(format)) {
    problems.add(
      `${field}.format`,
      'choice',
      `${field}.format must be ${oneOf(headerFormats)}; it is ${quoted(format)}.`,
    );
  } else if (format === 'TEXT') {
    text({ max: 60 }).check(component.text, `${field}.text`, problems);
    const variables = variablesOf(asText(component.text));
    if (variables.length > 1)
      problems.add(`${field}.text`, 'too_many', `${field}.text may have one variable; it has ${variables.length}.`);
    const example = asObject(component.example);
    exampleProblems(variables, example, 'header_text', asList(example?.header_text), field, named, problems);
  } else if (['IMAGE', 'VIDEO', 'GIF', 'DOCUMENT'].includes(format)) {
    const handle = asText(asList(asObject(component.example)?.header_handle)[0]);
    if (handle === undefined)
      problems.add(
        `${field}.example.header_handle`,
        'required',
        `${field}.example.header_handle needs the handle of an uploaded sample.`,
      );
  }
}

/** templates/components: 1,024 characters; template-review: it "cannot start or end with a parameter". */
function bodyProblems(component: JsonObject, field: string, named: boolean, problems: Problems): void {
  const place = `${field}.text`;
  text({ max: 1_024 }).check(component.text, place, problems);
  const body = asText(component.text)?.trim() ?? '';
  const variables = variablesOf(body);
  if (/^\{\{[^{}]*\}\}|\{\{[^{}]*\}\}$/.test(body))
    problems.add(place, 'template', `${place} must not begin or end with a variable.`);
  if (!named && variables.some((name, index) => name !== String(index + 1)))
    problems.add(
      place,
      'template',
      `${place}: the variables must be {{1}}, {{2}}, … in order, or parameter_format NAMED.`,
    );
  if (named && variables.some((name) => !/^[a-z][a-z0-9_]*$/.test(name)))
    problems.add(place, 'template', `${place}: names of variables are lower-case letters, digits and underscores.`);
  const example = asObject(component.example);
  exampleProblems(variables, example, 'body_text', asList(asList(example?.body_text)[0]), field, named, problems);
}

/** "If this string contains a parameter, you must include the example property." */
function exampleProblems(
  variables: string[],
  example: JsonObject | undefined,
  member: string,
  numbered: readonly unknown[],
  field: string,
  named: boolean,
  problems: Problems,
): void {
  if (variables.length === 0) return;
  const name = named ? `${member}_named_params` : member;
  const count = named ? asList(example?.[name]).length : numbered.length;
  if (count === variables.length) return;
  const place = `${field}.example.${name}`;
  const needed = `${variables.length} example${variables.length === 1 ? '' : 's'}, one for each variable`;
  problems.add(place, 'required', `${place} needs ${needed}; it has ${count}.`);
}

function wordOf(value: unknown): string | undefined {
  const word = asText(value);
  return word !== undefined && lengthOf(word, 'characters') <= 64 ? word.toUpperCase() : undefined;
}
