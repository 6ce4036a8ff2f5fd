import type { TemplateComponent, TemplateContent, TemplateParameter } from './template-content';
import { filled, readDefinition, variablesOf } from './template-definition';
import { textOf } from './template-values';

export interface RenderedTemplate {
  header?: string;
  body?: string;
  footer?: string;
  /** Labels. */
  buttons: string[];
}

/** The parts of a template as the customer reads them. A variable without a value stays as `{{1}}`; never throws. */
export function renderTemplateParts(definition: unknown, content: TemplateContent): RenderedTemplate {
  const { parts } = readDefinition(definition);
  const { components = [] } = content;
  return {
    header: render(parts.header?.text, parametersOf(components, 'header')),
    body: render(parts.body, parametersOf(components, 'body')),
    footer: parts.footer,
    buttons: parts.buttons.map(({ text }) => text).filter((text) => text !== undefined),
  };
}

/** What an agent reads of a sent template: header, body and footer, a line each. */
export function renderTemplate(definition: unknown, content: TemplateContent): string {
  const { header, body, footer } = renderTemplateParts(definition, content);
  return [header, body, footer].filter((part) => part !== undefined).join('\n');
}

function parametersOf(components: TemplateComponent[], type: 'header' | 'body'): TemplateParameter[] {
  for (const component of components) if (component.type === type) return component.parameters;
  return [];
}

/** Numbered variables take the values in order, `{{1}}` the first; named ones by name. */
function render(text: string | undefined, parameters: TemplateParameter[]): string | undefined {
  if (text === undefined) return undefined;
  const values = new Map<string, string>();
  for (const [index, parameter] of parameters.entries()) {
    const value = textOf(parameter);
    const name = 'name' in parameter && parameter.name !== undefined ? parameter.name : String(index + 1);
    if (value !== undefined) values.set(name, value);
  }
  return variablesOf(text).length === 0 ? text : filled(text, values);
}
