import type { FlowDefinition } from '../definition';
import { compiled } from '../expressions/expression';
import type { SpokenScope } from '../running/doing';
import { type Place, readTemplate } from '../templates/read';
import { secretOf } from '../templates/secrets';
import { type Known, type Problems, quoted } from './problems';
import { type Spoken, savedBy, spokenIn } from './spoken';

/** What may follow each name of the scope; null where that is the contact's, the flow's or a platform's own. */
const members: { [Name in keyof SpokenScope]: readonly (keyof NonNullable<SpokenScope[Name]>)[] | null } = {
  contact: ['id', 'name', 'first_name', 'username', 'phone', 'email', 'attributes', 'tags'],
  conversation: ['id', 'channel_id', 'platform', 'status', 'assignee_id', 'labels', 'window_open'],
  message: ['id', 'type', 'text', 'payload', 'content'],
  trigger: null,
  answer: null,
  vars: null,
  round: [],
  now: [],
};

/** Expressions that cannot be read, and names in them that nothing will ever stand for. `all`: every step of the flow is given. */
export function checkNames(flow: FlowDefinition, all: boolean, known: Known, problems: Problems): void {
  const vars = all ? varsOf(flow) : null;
  for (const [id, step] of Object.entries(flow.steps)) {
    for (const spoken of spokenIn(step, `steps.${id}`)) {
      if (spoken.as === 'expression') checkExpression(id, spoken, spoken.text, vars, problems);
      else checkTemplate(id, spoken, vars, known, problems);
    }
  }
}

/** Names of variables that there will be; null where whoever starts the flow may bring others. */
function varsOf({ triggers, vars, steps }: FlowDefinition): ReadonlySet<string> | null {
  if (triggers.length === 0 || triggers.some(({ on }) => on === 'api' || on === 'flow')) return null;
  return new Set([...Object.keys(vars ?? {}), ...Object.values(steps).flatMap(savedBy)]);
}

type Vars = ReadonlySet<string> | null;

function checkTemplate(id: string, spoken: Spoken, vars: Vars, known: Known, problems: Problems): void {
  const { parts, open } = readTemplate(spoken.text);
  if (open) {
    const remedy = 'Close it, as in {{ contact.first_name | there }}.';
    problems.add(id, spoken.field, 'template', `${spoken.field} opens {{ and does not close it. ${remedy}`);
  }
  for (const place of parts.filter((part): part is Place => typeof part !== 'string')) {
    const secret = secretOf(place);
    if (secret === null) checkExpression(id, spoken, place.expression, vars, problems);
    else checkSecret(id, spoken, secret, known, problems);
  }
}

function checkSecret(id: string, { field, secrets }: Spoken, name: string, known: Known, problems: Problems): void {
  if (secrets === undefined) {
    problems.add(
      id,
      field,
      'unknown_name',
      `${field} puts in the secret ${quoted(name)}; secrets go into requests (http) alone.`,
    );
  } else if (!known.secrets.has(name)) {
    problems.add(
      id,
      field,
      'unknown_reference',
      `${field} puts in the secret ${quoted(name)}, which the workspace does not have. Add it first.`,
    );
  }
}

function checkExpression(id: string, { field }: Spoken, expression: string, vars: Vars, problems: Problems): void {
  const made = compiled(expression);
  if ('problem' in made) {
    problems.add(id, field, 'expression', `${field}: ${quoted(expression)} cannot be read: ${made.problem}.`);
    return;
  }
  for (const path of made.paths) {
    const wrong = wrongName(path, vars);
    if (wrong !== null) problems.add(id, field, 'unknown_name', `${field}: ${wrong}`);
  }
}

function wrongName([root, name]: readonly string[], vars: Vars): string | null {
  if (root === 'secrets') return 'secrets stand alone in a template, as in {{ secrets.TOKEN }}.';
  if (!Object.hasOwn(members, root!))
    return `there is no ${quoted(root!)}; there are ${Object.keys(members).join(', ')}.`;
  if (name === undefined) return null;
  if (root === 'vars' && vars !== null && !vars.has(name)) {
    return `no step sets the variable ${quoted(name)}; set it, or name it in the flow's vars.`;
  }
  const there = members[root as keyof SpokenScope] as readonly string[] | null;
  if (there === null || there.includes(name)) return null;
  return there.length === 0 ? `${root} has no members.` : `${root} has no ${quoted(name)}; it has ${there.join(', ')}.`;
}
