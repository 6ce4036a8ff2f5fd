import { type Fields, isFields } from '../check';
import { GraphError } from '../errors';
import { askedFields, project } from '../fields';
import { page } from '../paging';
import { textOf } from '../request';
import { type Call, success } from '../world';
import type { BusinessAccount } from './business-account';
import { param } from './content';
import { placeholders, type Template, upper } from './templates';

type AccountCall = Call<{ businessAccount: BusinessAccount }>;

const templateFields = ({ id, name, language, status, category, components, ...rest }: Template) => ({
  ...{ id, name, language, status, category, components },
  parameter_format: rest.parameterFormat,
  quality_score: { score: rest.qualityScore, date: 1_780_000_000 },
  rejected_reason: rest.rejectedReason,
  previous_category: undefined,
  sub_category: undefined,
  cta_url_link_tracking_opted_out: undefined,
});

/** `GET /{business-account-id}/message_templates`, with Meta's filters. */
export function listTemplates({ request, node }: AccountCall) {
  const { params } = request;
  const fields = askedFields(params.fields, 'name,parameter_format,components,language,status,category,id');
  const found = [...node.businessAccount.templates.values()].filter(
    (template) =>
      holds(template.name, params.name) &&
      holds(template.status, params.status, upper) &&
      holds(template.category, params.category, upper) &&
      holds(template.language, params.language) &&
      (textOf(params.name_or_content) === '' || JSON.stringify(template).includes(textOf(params.name_or_content))),
  );
  return page(found, (template) => project(templateFields(template), fields, 'WhatsAppMessageTemplate'), request);
}

function holds(value: string, wanted: unknown, read: (value: unknown) => string = textOf): boolean {
  const choices = (Array.isArray(wanted) ? wanted : [wanted]).map(read).filter((choice) => choice !== '');
  return choices.length === 0 || choices.includes(value);
}

/** `POST /{business-account-id}/message_templates`: pending until the test decides. */
export function createTemplate({ request, node: { businessAccount } }: AccountCall) {
  const { body } = request;
  const name = param.text(body.name, 'name', { max: 512 });
  if (!/^[a-z0-9_]+$/.test(name))
    throw wrong('Message template name can only have lowercase letters and underscores.', 2388049);
  const language = param.text(body.language, 'language', { min: 2, max: 15 });
  const category = param.choice(upper(body.category) || undefined, 'category', [
    'MARKETING',
    'UTILITY',
    'AUTHENTICATION',
  ]);
  const components = param
    .list(body.components, 'components', { max: 10 })
    .map((component) => param.fields(component, 'components'));
  for (const component of components) checkComponent(component);
  if (!components.some(({ type }) => upper(type) === 'BODY')) throw wrong('The template has no body.', 2388043);
  if (businessAccount.findTemplate(name, language)) {
    throw wrong(
      'Content in this language already exists',
      2388024,
      `There is already ${language} content for this template.`,
    );
  }
  const parameterFormat = upper(body.parameter_format) === 'NAMED' ? 'NAMED' : 'POSITIONAL';
  const { id, status } = businessAccount.template({
    name,
    language,
    category,
    components,
    status: 'PENDING',
    parameterFormat,
  });
  return { id, status, category };
}

const lengths: Record<string, number> = { HEADER: 60, BODY: 1_024, FOOTER: 60 };
const types = ['HEADER', 'BODY', 'FOOTER', 'BUTTONS', 'CAROUSEL', 'LIMITED_TIME_OFFER'] as const;

function checkComponent({ type: given, text, example, buttons }: Fields): void {
  const type = param.choice(upper(given) || undefined, 'components[type]', types);
  const max = lengths[type];
  if (text !== undefined && max !== undefined) param.text(text, `components[${type.toLowerCase()}][text]`, { max });
  if (placeholders(text).length > 0 && !isFields(example)) {
    throw wrong('Component is missing expected field(s) (example)', 2388043);
  }
  if (type !== 'BUTTONS') return;
  for (const button of param.list(buttons, 'components[buttons]', { max: 10 })) {
    param.optionalText(param.fields(button, 'buttons').text, 'buttons[text]', { max: 25 });
  }
}

const wrong = (userMessage: string, subcode: number, details?: string) =>
  GraphError.of(100, { subcode, userTitle: userMessage, userMessage: details ?? userMessage });

/** `DELETE /{business-account-id}/message_templates?name=`, one language of it with `hsm_id`. */
export function deleteTemplate({ request, node: { businessAccount } }: AccountCall) {
  const name = param.text(textOf(request.params.name) || undefined, 'name', { max: 512 });
  const id = textOf(request.params.hsm_id);
  const doomed = [...businessAccount.templates].filter(
    ([, template]) => template.name === name && (id === '' || template.id === id),
  );
  if (doomed.length === 0) throw wrong('Message template not found', 2593002);
  for (const [key] of doomed) businessAccount.templates.delete(key);
  return success;
}
