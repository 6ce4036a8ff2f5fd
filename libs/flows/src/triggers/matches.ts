import type { Trigger } from '../definition';
import type { Happening, Match } from '../happening';
import { Kept } from '../kept';
import { isWithin } from '../time/zones';
import { bare, beginsWith, folded, standsIn } from '../words/fold';
import { hasMatch, patternWork } from '../words/patterns';

/** Keywords as they are compared; those of a few thousand flows. */
const keywordsAsFolded = new Kept<string>(20_000);
/** The text that came last: each trigger of each flow asks for it. */
let lastSaid = { text: '', folded: '' };

type Of<On extends Happening['on'], From> = Extract<From, { on: On }>;

/** Whether this trigger takes this happening. Never throws: a trigger that cannot be read (a pattern, a time zone) takes nothing. */
export function matches(trigger: Trigger, happening: Happening): Match {
  try {
    return trigger.on === happening.on && holdsFor(trigger, happening) ? kindOf(trigger) : 'none';
  } catch {
    return 'none';
  }
}

/** What it may cost at most to hold these triggers' patterns against a text of so many characters; keywords cost next to nothing. */
export function workOf(triggers: readonly Trigger[], length: number): number {
  return triggers.reduce((sum, trigger) => sum + workOfOne(trigger, length), 0);
}

function workOfOne(trigger: Trigger, length: number): number {
  if (!('pattern' in trigger) || trigger.pattern === undefined) return 0;
  try {
    return patternWork(trigger.pattern, length);
  } catch {
    return 0;
  }
}

/** Those of several flows that start, with the trigger that takes it: every specific one, or else every one that takes any message. */
export function startersOf<F extends { triggers: readonly Trigger[] }>(
  flows: readonly F[],
  happening: Happening,
): { flow: F; trigger: Trigger }[] {
  const taken: Record<Exclude<Match, 'none'>, { flow: F; trigger: Trigger }[]> = { specific: [], any: [] };
  for (const flow of flows) {
    const found = flow.triggers.map((trigger) => ({ trigger, match: matches(trigger, happening) }));
    const best = found.find(({ match }) => match === 'specific') ?? found.find(({ match }) => match === 'any');
    if (best !== undefined && best.match !== 'none') taken[best.match].push({ flow, trigger: best.trigger });
  }
  return taken.specific.length > 0 ? taken.specific : taken.any;
}

/** Only a `message` that says nothing more stands back. */
const kindOf = (trigger: Trigger): Match =>
  trigger.on === 'message' && Object.values(trigger).filter((value) => value !== undefined).length === 1
    ? 'any'
    : 'specific';

function holdsFor(trigger: Trigger, happening: Happening): boolean {
  switch (trigger.on) {
    case 'message':
      return isMessage(trigger, happening as Of<'message', Happening>);
    case 'postback':
      return isAmong(trigger.payloads, (happening as Of<'postback', Happening>).payload);
    case 'comment': {
      const { postId, text } = happening as Of<'comment', Happening>;
      return isAmong(trigger.posts, postId) && says(text, trigger.keywords, 'word') && fits(text, trigger.pattern);
    }
    case 'contact_tagged': {
      const tags = (happening as Of<'contact_tagged', Happening>).tags.map((tag) => tag.toLowerCase());
      return trigger.tags.some((tag) => tags.includes(tag.toLowerCase()));
    }
    case 'conversation_assigned':
      return isAmong(trigger.users, (happening as Of<'conversation_assigned', Happening>).user);
    case 'campaign_replied':
      return isAmong(trigger.campaigns, (happening as Of<'campaign_replied', Happening>).campaign);
    default:
      return true;
  }
}

function isMessage(
  trigger: Of<'message', Trigger>,
  { text, payload, first, referral, at }: Of<'message', Happening>,
): boolean {
  const { keywords, match = 'word', pattern, outsideHours } = trigger;
  return (
    (trigger.first === undefined || first) &&
    (trigger.referral === undefined || (referral !== null && isAmong(trigger.referral, referral))) &&
    (trigger.button === undefined || (payload !== null && isAmong(trigger.button, payload))) &&
    (outsideHours === undefined || !isWithin(outsideHours, at)) &&
    says(text, keywords, match) &&
    fits(text, pattern)
  );
}

const isAmong = (named: readonly string[] | true | undefined, value: string): boolean =>
  named === undefined || named === true || named.includes(value);

function says(
  text: string | null,
  keywords: readonly string[] | undefined,
  match: 'word' | 'exact' | 'start',
): boolean {
  if (keywords === undefined) return true;
  if (text === null) return false;
  if (lastSaid.text !== text) lastSaid = { text, folded: folded(text) };
  const said = lastSaid.folded;
  const kept = (keyword: string): string => keywordsAsFolded.of(keyword, folded);
  switch (match) {
    case 'word':
      return keywords.some((keyword) => standsIn(said, kept(keyword)));
    case 'start':
      return keywords.some((keyword) => beginsWith(said, kept(keyword)));
    case 'exact':
      return keywords.some((keyword) => bare(keyword) === bare(text));
  }
}

const fits = (text: string | null, pattern: string | undefined): boolean =>
  pattern === undefined || (text !== null && hasMatch(pattern, text));
