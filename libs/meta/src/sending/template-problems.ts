import { type ContentProblem, Problems } from './problems';
import { buttonProblems } from './template-buttons';
import type { TemplateComponent, TemplateContent, TemplateParameter } from './template-content';
import { readDefinition, type TemplateParts, variablesOf } from './template-definition';
import { valueProblems } from './template-values';

type Given = readonly TemplateComponent[];

const headerKinds: Record<string, TemplateParameter['type']> = {
  IMAGE: 'image',
  VIDEO: 'video',
  GIF: 'video',
  DOCUMENT: 'document',
  LOCATION: 'location',
  PRODUCT: 'product',
};

/** A flagged template is warned of, and still sent. */
const sendable = ['APPROVED', 'FLAGGED'];

/**
 * Why these parameters do not fit the template they are for, before Meta says so (132000, 132001, 132012, 132015, …).
 * Content that `checkContent` passed; the definition is Meta's JSON, whatever it is. Empty where it fits.
 */
export function templateProblems(definition: unknown, content: TemplateContent): ContentProblem[] {
  const template = readDefinition(definition);
  const { components = [] } = content;
  const problems = new Problems();
  if (template.status !== undefined && !sendable.includes(template.status))
    problems.add('name', 'template', `name: this template is ${template.status}; only an approved one can be sent.`);
  onlyOnce(components, 'components', problems);
  partProblems(template.parts, components, 'components', template.named, problems);
  carouselProblems(template.cards, components, template.named, problems);
  offerProblems(template.offerExpires, components, problems);
  return problems.list;
}

/** Templates with a code button go to phone numbers only (131062): a WhatsApp user id alone does not do. */
export function needsPhone(definition: unknown): boolean {
  return readDefinition(definition).category === 'AUTHENTICATION';
}

function partProblems(defined: TemplateParts, given: Given, field: string, named: boolean, problems: Problems): void {
  headerProblems(defined.header, given, field, named, problems);
  const body = given.find((component) => component.type === 'body');
  const longest = onlyBody(defined) ? 32_768 : 1_024;
  valueProblems(
    variablesOf(defined.body),
    body?.parameters,
    { field: at(field, given, body), of: 'body', named, longest },
    problems,
  );
  buttonProblems(defined.buttons, given, field, problems);
}

function headerProblems(
  defined: TemplateParts['header'],
  given: Given,
  field: string,
  named: boolean,
  problems: Problems,
): void {
  const header = given.find((component) => component.type === 'header');
  const place = at(field, given, header);
  const kind = defined === undefined ? undefined : headerKinds[defined.format];
  if (kind === undefined) {
    valueProblems(
      variablesOf(defined?.text),
      header?.parameters,
      { field: place, of: 'header', named, longest: 60 },
      problems,
    );
    return;
  }
  const type = header?.parameters[0]?.type;
  if (type === undefined) problems.add(place, 'template', `${place}: the template's header needs a parameter ${kind}.`);
  else if (type !== kind)
    problems.add(place, 'template', `${place}: the template's header takes a parameter ${kind}; it has ${type}.`);
}

function carouselProblems(cards: TemplateParts[] | undefined, given: Given, named: boolean, problems: Problems): void {
  const carousel = given.find((component) => component.type === 'carousel');
  const count = carousel?.cards.length ?? 0;
  if ((cards?.length ?? 0) !== count) {
    const place = at('components', given, carousel);
    problems.add(place, 'template', `${place}: the template has ${cards?.length ?? 0} cards; ${count} given.`);
    return;
  }
  for (const [index, card] of (carousel?.cards ?? []).entries()) {
    const field = `${at('components', given, carousel)}.cards[${index}].components`;
    onlyOnce(card.components, field, problems);
    partProblems(cards![index]!, card.components, field, named, problems);
  }
}

function offerProblems(expires: boolean, given: Given, problems: Problems): void {
  const offer = given.find((component) => component.type === 'limited_time_offer');
  if (expires && offer === undefined)
    problems.add(
      'components',
      'template',
      'components: the template shows when its offer ends; limited_time_offer is needed.',
    );
  else if (!expires && offer !== undefined) {
    const place = at('components', given, offer);
    problems.add(place, 'template', `${place}: the template has no offer that ends.`);
  }
}

function onlyOnce(components: Given, field: string, problems: Problems): void {
  const seen = new Set<string>();
  for (const [index, component] of components.entries()) {
    const key = component.type === 'button' ? `button ${component.index}` : component.type;
    if (seen.has(key)) problems.add(`${field}[${index}]`, 'template', `${field}[${index}]: ${key} is given twice.`);
    seen.add(key);
  }
}

/** The longest value depends on what else there is: Cloud API, message template reference. */
function onlyBody({ header, footer, buttons }: TemplateParts): boolean {
  return header === undefined && footer === undefined && buttons.length === 0;
}

/** Where a component stands in what was given; the list, where it is missing. */
function at(field: string, given: Given, component: TemplateComponent | undefined): string {
  return component === undefined ? field : `${field}[${given.indexOf(component)}]`;
}
