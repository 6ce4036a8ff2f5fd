import type { Fields } from '../check';
import { isFields } from '../check';
import { GraphError } from '../errors';
import { textOf } from '../request';
import type { BusinessAccount } from './business-account';
import { check } from './content';
import { componentOf, placeholders, type Template, upper } from './templates';

const mediaFormats = ['IMAGE', 'VIDEO', 'DOCUMENT', 'LOCATION'];

/** The approved template a send names, with every parameter it needs. Throws Meta's error otherwise. */
export function checkTemplate(businessAccount: BusinessAccount, given: Fields): Template {
  const name = check.text(given.name, 'template[name]', { max: 512 });
  const language = check.text(check.fields(given.language, 'template[language]').code, 'template[language][code]', {
    max: 20,
  });
  const template = businessAccount.findTemplate(name, language);
  if (template?.status === 'PAUSED') throw GraphError.of(132015, { details: `template (${name}) is paused` });
  if (template?.status === 'DISABLED') throw GraphError.of(132016, { details: `template (${name}) is disabled` });
  if (template?.status !== 'APPROVED') {
    throw GraphError.of(132001, { details: `template name (${name}) does not exist in ${language}` });
  }
  const components = check
    .list(given.components ?? [], 'template[components]', { min: 0, max: 15 })
    .map((component) => check.fields(component, 'template[components][]'));
  checkHeader(template, parametersOf(components, 'HEADER'));
  checkBody(template, parametersOf(components, 'BODY'));
  checkButtons(template, components);
  return template;
}

function parametersOf(components: Fields[], type: string): Fields[] {
  const component = components.find((component) => upper(component.type) === type);
  const parameters = check.list(component?.parameters ?? [], `${type.toLowerCase()}[parameters]`, { min: 0, max: 100 });
  return parameters.map((parameter) => check.fields(parameter, 'parameter'));
}

function checkHeader(template: Template, parameters: Fields[]): void {
  const header = componentOf(template, 'HEADER');
  const format = upper(header?.format);
  if (!mediaFormats.includes(format)) {
    checkTexts('header', template, placeholders(header?.text), parameters);
    return;
  }
  const [parameter] = parameters;
  const received = upper(parameter?.type) || 'UNKNOWN';
  if (received !== format) {
    throw GraphError.of(132012, { details: `header: Format mismatch, expected ${format}, received ${received}` });
  }
  check.fields(parameter?.[format.toLowerCase()], `header[${format.toLowerCase()}]`);
}

function checkBody(template: Template, parameters: Fields[]): void {
  const text = componentOf(template, 'BODY')?.text;
  checkTexts('body', template, placeholders(text), parameters);
  const filled = parameters.reduce((length, { text }) => length + (typeof text === 'string' ? text.length : 0), 0);
  const written = typeof text === 'string' ? text.replace(/\{\{\s*\w+\s*\}\}/g, '').length : 0;
  if (written + filled > 1_024)
    throw GraphError.of(132005, { details: 'body: Hydrated text is longer than 1024 characters' });
}

function checkTexts(part: string, { parameterFormat }: Template, expected: string[], parameters: Fields[]): void {
  if (parameters.length !== expected.length) {
    const details = `${part}: number of localizable_params (${parameters.length}) does not match the expected number of params (${expected.length})`;
    throw GraphError.of(132000, { details });
  }
  for (const { type, text, parameter_name, ...value } of parameters) {
    if (parameterFormat === 'NAMED' && !expected.includes(textOf(parameter_name))) {
      throw GraphError.of(132012, { details: `${part}: Parameter name is missing or empty` });
    }
    const kind = check.choice(type, `${part}[parameters][type]`, ['text', 'currency', 'date_time']);
    if (kind !== 'text') check.fields(value[kind], kind);
    else check.text(text, `${part}[parameters][text]`, { max: 32_768 });
    if (/\n|\t| {5}/.test(textOf(text))) {
      throw GraphError.of(132012, {
        details: 'Param text cannot have new-line/tab characters or more than 4 consecutive spaces',
      });
    }
  }
}

/** A button whose address holds a placeholder needs its value. */
function checkButtons(template: Template, components: Fields[]): void {
  const buttons = componentOf(template, 'BUTTONS')?.buttons;
  if (!Array.isArray(buttons)) return;
  buttons.filter(isFields).forEach((button, index) => {
    const open = upper(button.type) === 'URL' && placeholders(button.url).length > 0;
    if (!open && upper(button.type) !== 'COPY_CODE') return;
    const given = components.find(
      (component) => upper(component.type) === 'BUTTON' && textOf(component.index) === String(index),
    );
    if (Array.isArray(given?.parameters) && given.parameters.length > 0) return;
    throw GraphError.of(131008, {
      details: `buttons: Button at index ${index} of type ${button.type} requires a parameter`,
    });
  });
}
