import type { Expected, FlowDefinition, Hours, Step, Trigger } from '../definition';
import { readTemplate } from '../templates/read';
import { millisecondsOf } from '../time/durations';
import { isTimeZone } from '../time/zones';
import { folded } from '../words/fold';
import { patternProblem } from '../words/patterns';
import { type Problems, quoted } from './problems';

/** The longest of each length of time. */
const longest = { again: '365d', ask: '30d', wait: '365d', event: '90d', http: '60s', handover: '30d' } as const;

/** Patterns, time zones, lengths of time and ranges, as far as the schema does not tell. */
export function checkValues(flow: FlowDefinition, problems: Problems): void {
  checkLength(null, 'again', flow.again, longest.again, problems);
  flow.triggers.forEach((trigger, index) => {
    checkTrigger(trigger, `triggers[${index}]`, problems);
  });
  for (const [id, step] of Object.entries(flow.steps)) checkStep(id, step, `steps.${id}`, problems);
}

function checkTrigger(trigger: Trigger, at: string, problems: Problems): void {
  if ('pattern' in trigger) checkPattern(null, `${at}.pattern`, trigger.pattern, problems);
  if (trigger.on === 'schedule') checkZone(null, `${at}.timeZone`, trigger.timeZone, problems);
  if (trigger.on === 'message' && trigger.outsideHours !== undefined)
    checkHours(trigger.outsideHours, `${at}.outsideHours`, problems);
}

function checkHours({ timeZone, days }: Hours, at: string, problems: Problems): void {
  checkZone(null, `${at}.timeZone`, timeZone, problems);
  days.forEach(({ from, to }, index) => {
    if (from !== to) return;
    problems.add(
      null,
      `${at}.days[${index}]`,
      'range',
      `${at}.days[${index}] ends when it begins; a whole day is from 00:00 to 24:00.`,
    );
  });
}

function checkStep(id: string, step: Step, at: string, problems: Problems): void {
  switch (step.do) {
    case 'ask':
      checkLength(id, `${at}.timeout`, step.timeout, longest.ask, problems);
      checkExpected(id, step.expect, `${at}.expect`, problems);
      break;
    case 'wait':
      if ('for' in step) checkLength(id, `${at}.for`, step.for, longest.wait, problems);
      if ('event' in step) checkLength(id, `${at}.timeout`, step.timeout, longest.event, problems);
      if ('until' in step) checkZone(id, `${at}.until.timeZone`, step.until.timeZone, problems);
      break;
    case 'http':
      checkLength(id, `${at}.timeout`, step.timeout, longest.http, problems);
      checkAddress(id, `${at}.url`, step.url, problems);
      break;
    case 'handover':
      checkLength(id, `${at}.for`, step.for, longest.handover, problems);
      break;
    default:
  }
}

function checkLength(
  step: string | null,
  field: string,
  duration: string | undefined,
  most: string,
  problems: Problems,
): void {
  if (duration === undefined) return;
  const length = millisecondsOf(duration);
  if (length === null) problems.add(step, field, 'range', `${field} must be longer than nothing.`);
  else if (length > millisecondsOf(most)!)
    problems.add(step, field, 'range', `${field} may be at most ${most}; it is ${duration}.`);
}

function checkExpected(id: string, expect: Expected, at: string, problems: Problems): void {
  if (expect.as === 'text') checkPattern(id, `${at}.pattern`, expect.pattern, problems);
  if ((expect.as === 'text' || expect.as === 'number') && (expect.least ?? -Infinity) > (expect.most ?? Infinity)) {
    problems.add(id, `${at}.least`, 'range', `${at}.least is more than ${at}.most, so that no answer would do.`);
  }
  if (expect.as !== 'choice') return;
  const owners = new Map<string, number>();
  expect.of.forEach(({ id: choice, words }, index) => {
    for (const word of [choice, ...words]) {
      const owner = owners.get(folded(word)) ?? index;
      owners.set(folded(word), owner);
      if (owner === index) continue;
      const field = `${at}.of[${index}]`;
      problems.add(
        id,
        field,
        'choice',
        `${field}: ${quoted(word)} stands for ${at}.of[${owner}] already. Each word is of one choice.`,
      );
    }
  });
}

/** The host stands in the flow, so that no contact and no answer decides where a request goes. */
function checkAddress(id: string, field: string, url: string, problems: Problems): void {
  const [first, ...rest] = readTemplate(url).parts;
  const begins = typeof first === 'string' ? first : '';
  const isWhole = /^https?:\/\/[^/?#\s@\\]+(?<end>[/?#]|$)/i.exec(begins);
  if (isWhole !== null && (rest.length === 0 || isWhole.groups!.end !== '')) return;
  const remedy = 'Templates may stand behind it, as in https://api.example/contacts/{{ contact.id }}.';
  problems.add(id, field, 'address', `${field} must begin with https:// and the name of the host. ${remedy}`);
}

function checkPattern(step: string | null, field: string, pattern: string | undefined, problems: Problems): void {
  const problem = pattern === undefined ? null : patternProblem(pattern);
  if (problem === null) return;
  const remedy = 'Patterns are those of RE2: without back-references and look-around.';
  problems.add(step, field, 'pattern', `${field} is no regular expression: ${problem}. ${remedy}`);
}

function checkZone(step: string | null, field: string, zone: string, problems: Problems): void {
  if (isTimeZone(zone)) return;
  problems.add(
    step,
    field,
    'time_zone',
    `${field} is ${quoted(zone)}, which is no time zone; it should be as Europe/Madrid.`,
  );
}
