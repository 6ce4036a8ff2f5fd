import type { FlowDefinition, SendStep, Step } from '../definition';
import { readTemplate } from '../templates/read';
import { type Known, member, type Platform, type Problems } from './problems';

const platformNames: Record<Platform, string> = {
  whatsapp: 'WhatsApp',
  messenger: 'Messenger',
  instagram: 'Instagram',
};

/** Kinds that somebody has to be there for. */
const needsContact: ReadonlySet<Step['do']> = new Set([
  ...(['send', 'ask', 'tag', 'assign', 'label', 'status', 'notify', 'handover'] as const),
]);

/** What can never be sent: to nobody, to a comment that there is not, or in a form that no platform of the flow takes. */
export function checkContents(flow: FlowDefinition, known: Known, problems: Problems): void {
  const platforms = platformsOf(flow, known);
  const isOfComment = flow.triggers.some(({ on }) => on === 'comment');
  const empty = flow.triggers.findIndex((trigger) => trigger.on === 'schedule' && !trigger.segments && !trigger.tags);
  for (const [id, step] of Object.entries(flow.steps)) {
    const at = `steps.${id}`;
    if (empty !== -1 && (needsContact.has(step.do) || (step.do === 'set' && step.attributes !== undefined))) {
      const remedy = 'Name segments or tags there.';
      problems.add(
        id,
        at,
        'nobody',
        `The step ${id} (${step.do}) needs a contact, and triggers[${empty}] starts the flow for nobody. ${remedy}`,
      );
    }
    if (step.do === 'send' && step.replyToComment !== undefined)
      checkReply(id, step, isOfComment, platforms, known, problems);
    else if (step.do === 'send' || step.do === 'ask')
      checkContent(id, `${at}.content`, step.content, platforms, known, problems);
    if (step.do === 'ask' && step.retryContent !== undefined) {
      checkContent(id, `${at}.retryContent`, step.retryContent, platforms, known, problems);
    }
  }
}

function platformsOf({ channels }: FlowDefinition, known: Known): Platform[] {
  const named =
    channels === undefined ? [...known.channels.values()] : channels.flatMap((id) => known.channels.get(id) ?? []);
  return named.length > 0 ? [...new Set(named)] : ['whatsapp', 'messenger', 'instagram'];
}

function checkReply(
  id: string,
  step: SendStep,
  isOfComment: boolean,
  platforms: Platform[],
  known: Known,
  problems: Problems,
): void {
  const at = `steps.${id}`;
  const { type, text } = step.content as { type?: unknown; text?: unknown };
  if (!isOfComment) {
    const remedy = 'Add the trigger, or leave replyToComment out.';
    problems.add(
      id,
      `${at}.replyToComment`,
      'no_comment',
      `${at}.replyToComment answers a comment, and no trigger of the flow is one. ${remedy}`,
    );
  }
  if (type !== 'text') {
    problems.add(
      id,
      `${at}.content.type`,
      'content',
      `${at}.content must be a text: a comment is answered by { "type": "text", "text": … }.`,
    );
    return;
  }
  const reply = { type: step.replyToComment === 'private' ? 'private_reply' : 'public_reply', commentId: '1', text };
  checkContent(id, `${at}.content`, reply, platforms, known, problems);
}

function checkContent(
  id: string,
  at: string,
  content: unknown,
  platforms: Platform[],
  known: Known,
  problems: Problems,
): void {
  const sample = sampleOf(content);
  const told = platforms.map((platform) => ({
    platform,
    faults: known.checkContent(platform, sample).filter((fault) => !isOfTemplate(fault, content)),
  }));
  if (told.some(({ faults }) => faults.length === 0)) return;
  const [nearest] = told.sort((a, b) => a.faults.length - b.faults.length);
  for (const { field, message } of nearest!.faults) {
    problems.add(
      id,
      field === '' ? at : member(at, field),
      'content',
      `${at}, on ${platformNames[nearest!.platform]}: ${message}`,
    );
  }
}

/** Whether only the value decides: of a text with a template its length and type are known now, its form is not. */
function isOfTemplate({ field, rule }: { field: string; rule: string }, content: unknown): boolean {
  if (['too_long', 'type', 'unknown_field', 'kind'].includes(rule)) return false;
  const value = field
    .split(/[.[\]]+/)
    .reduce<unknown>((of, name) => (name === '' ? of : (of as Record<string, unknown> | null)?.[name]), content);
  return typeof value === 'string' && value.includes('{{');
}

/** With something in each place: what is said instead of a value, or a letter. */
function sampleOf(content: unknown): unknown {
  if (typeof content === 'string') {
    return readTemplate(content)
      .parts.map((part) => (typeof part === 'string' ? part : part.otherwise || 'x'))
      .join('');
  }
  if (Array.isArray(content)) return content.map(sampleOf);
  if (typeof content !== 'object' || content === null) return content;
  return Object.fromEntries(Object.entries(content).map(([key, value]) => [key, sampleOf(value)]));
}
