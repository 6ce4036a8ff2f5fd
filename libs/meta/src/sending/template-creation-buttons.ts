import { asList, asObject, asText, type JsonObject } from '../reading';
import { type Problems, typeName } from './problems';
import { text } from './shape';
import { variablesOf } from './template-definition';

// templates/components, "Buttons".

const most = 10;
const mostOf = new Map([
  ['URL', 2],
  ['PHONE_NUMBER', 1],
  ['COPY_CODE', 1],
]);
const label = text({ max: 25 });
const longestUrl = text({ max: 2_000 });
const phoneNumber = text({ max: 20 });
const code = text({ max: 20 });

export function buttonListProblems(value: unknown, field: string, authentication: boolean, problems: Problems): void {
  if (!Array.isArray(value) || value.length === 0) {
    const given = Array.isArray(value) ? 'empty' : typeName(value);
    problems.add(field, 'type', `${field} must be a list with a button in it; it is ${given}.`);
    return;
  }
  if (value.length > most)
    problems.add(field, 'too_many', `${field} may have at most ${most} buttons; it has ${value.length}.`);
  const buttons = value.slice(0, most).map((button) => asObject(button) ?? {});
  const types = buttons.map(({ type }) => asText(type)?.toUpperCase() ?? '');
  for (const [type, limit] of mostOf) {
    const count = types.filter((own) => own === type).length;
    if (count > limit) problems.add(field, 'too_many', `${field} may have at most ${limit} ${type}; it has ${count}.`);
  }
  if (authentication && (types.length !== 1 || types[0] !== 'OTP'))
    problems.add(field, 'combination', `${field}: an authentication template has one button, of type OTP.`);
  if (!authentication && types.includes('OTP'))
    problems.add(field, 'combination', `${field}: OTP buttons belong to authentication templates.`);
  groupProblems(types, field, problems);
  for (const [index, button] of buttons.entries())
    buttonProblems(button, types[index]!, `${field}[${index}]`, problems);
}

/** Quick replies stand together, before or after the others. */
function groupProblems(types: string[], field: string, problems: Problems): void {
  const quick = types.map((type) => type === 'QUICK_REPLY');
  const changes = quick.filter((own, index) => index > 0 && own !== quick[index - 1]).length;
  if (changes > 1)
    problems.add(
      field,
      'combination',
      `${field}: quick replies must stand together, before or after the other buttons.`,
    );
}

function buttonProblems(button: JsonObject, type: string, field: string, problems: Problems): void {
  switch (type) {
    case '':
      problems.add(`${field}.type`, 'required', `${field}.type is needed.`);
      break;
    case 'QUICK_REPLY':
      label.check(button.text, `${field}.text`, problems);
      break;
    case 'URL':
      label.check(button.text, `${field}.text`, problems);
      urlProblems(button, field, problems);
      break;
    case 'PHONE_NUMBER':
      label.check(button.text, `${field}.text`, problems);
      phoneNumber.check(button.phone_number, `${field}.phone_number`, problems);
      break;
    case 'COPY_CODE':
      code.check(Array.isArray(button.example) ? button.example[0] : button.example, `${field}.example`, problems);
      break;
    default:
      if (button.text !== undefined) label.check(button.text, `${field}.text`, problems);
  }
}

function urlProblems(button: JsonObject, field: string, problems: Problems): void {
  const place = `${field}.url`;
  longestUrl.check(button.url, place, problems);
  const url = asText(button.url)?.trim() ?? '';
  const variables = variablesOf(url);
  if (variables.length === 0) return;
  if (variables.length > 1 || !/\{\{[^{}]*\}\}$/.test(url))
    problems.add(place, 'template', `${place} may have one variable, at its end.`);
  if (asText(asList(button.example)[0] ?? button.example) === undefined)
    problems.add(`${field}.example`, 'required', `${field}.example needs a sample URL.`);
}
