import { asList, asObject, asText, type JsonObject } from '../reading';

/**
 * A template as Meta gives it (`GET /{waba}/message_templates`), read tolerantly: what is missing or of the wrong type
 * reads as absent.
 */
export interface TemplateDefinition {
  name: string | undefined;
  language: string | undefined;
  status: string | undefined;
  category: string | undefined;
  /** Variables have names instead of numbers. */
  named: boolean;
  parts: TemplateParts;
  cards: TemplateParts[] | undefined;
  /** A limited-time offer whose end is shown. */
  offerExpires: boolean;
}

export interface TemplateParts {
  header: { format: string; text: string | undefined } | undefined;
  body: string | undefined;
  footer: string | undefined;
  buttons: DefinedButton[];
}

export interface DefinedButton {
  type: string;
  text: string | undefined;
  url: string | undefined;
}

export function readDefinition(definition: unknown): TemplateDefinition {
  const given = asObject(definition) ?? {};
  const components = componentsOf(given.components);
  const parts = partsOf(components);
  const carousel = find(components, 'CAROUSEL');
  const offer = find(components, 'LIMITED_TIME_OFFER');
  const cards = carousel && asList(carousel.cards).map((card) => partsOf(componentsOf(asObject(card)?.components)));
  return {
    name: asText(given.name),
    language: asText(given.language),
    status: asText(given.status)?.toUpperCase(),
    category: asText(given.category)?.toUpperCase(),
    named: asText(given.parameter_format)?.toUpperCase() === 'NAMED' || hasNames(parts),
    parts,
    cards,
    offerExpires: asObject(offer?.limited_time_offer)?.has_expiration === true,
  };
}

/** The variables of a text in the order of their first appearance: `1`, `2`, … or names. */
export function variablesOf(text: string | undefined): string[] {
  if (text === undefined) return [];
  return [...new Set([...text.matchAll(variable)].map(([, name]) => name!))];
}

/** The text with its variables filled; one without a value stays as it stands. */
export function filled(text: string, values: ReadonlyMap<string, string>): string {
  return text.replace(variable, (whole, name: string) => values.get(name) ?? whole);
}

const variable = /\{\{\s*([A-Za-z0-9_]{1,64})\s*\}\}/g;

function componentsOf(components: unknown): JsonObject[] {
  return asList(components)
    .map(asObject)
    .filter((component) => component !== undefined);
}

function find(components: JsonObject[], type: string): JsonObject | undefined {
  return components.find((component) => asText(component.type)?.toUpperCase() === type);
}

function partsOf(components: JsonObject[]): TemplateParts {
  const header = find(components, 'HEADER');
  return {
    header: header && { format: asText(header.format)?.toUpperCase() ?? 'TEXT', text: asText(header.text) },
    body: asText(find(components, 'BODY')?.text),
    footer: asText(find(components, 'FOOTER')?.text),
    buttons: asList(find(components, 'BUTTONS')?.buttons).map(buttonOf),
  };
}

function buttonOf(value: unknown): DefinedButton {
  const button = asObject(value) ?? {};
  return { type: asText(button.type)?.toUpperCase() ?? '', text: asText(button.text), url: asText(button.url) };
}

/** Older answers leave `parameter_format` out. */
function hasNames({ header, body }: TemplateParts): boolean {
  return [...variablesOf(header?.text), ...variablesOf(body)].some((name) => !/^\d+$/.test(name));
}
