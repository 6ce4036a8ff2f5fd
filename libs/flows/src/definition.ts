/**
 * A flow as it is written down, checked, exported and published. Plain JSON; `flow.schema.json` is made from the same rules.
 *
 * Three kinds of text stand in it:
 * - an *expression* is CEL (Common Expression Language): `contact.attributes.plan == 'pro' && answer > 3`
 * - a *template* is text with expressions between double braces, each with what to say where it has no value:
 *   `Hello {{ contact.first_name | there }}`
 * - a *duration* is a number and a unit: `30s`, `15m`, `2h`, `3d`
 */
export interface FlowDefinition {
  /** Of this format. */
  format: 1;
  /** What starts it: any of these. Without one it is started by API calls and other flows only if they are named. */
  triggers: Trigger[];
  /** Conversations of these channels only, by id; all of the workspace where left out. */
  channels?: string[];
  /** What a trigger does for a contact who is in this flow already; `ignore` unless set. */
  whenRunning?: 'ignore' | 'restart';
  /** A contact is taken in again this long after they were last, and not before. */
  again?: Duration;
  /** Values that `vars` has at the beginning. */
  vars?: Record<string, string | number | boolean | null>;
  start: StepId;
  steps: Record<StepId, Step>;
}

/** Letters, digits, `_` and `-`, at most 64. */
export type StepId = string;
export type Expression = string;
export type Template = string;
export type Duration = string;

/** A day as 0 (Sunday) to 6; hours as `HH:MM` of the time zone; `to` may be `24:00`. */
export interface Hours {
  timeZone: string;
  days: { day: number; from: string; to: string }[];
}

/** Conditions of one trigger are all to hold. A trigger `message` without any takes what no other flow and no question has taken. */
export type Trigger =
  | {
      on: 'message';
      /** One of these words stands in the text, whatever its case. */
      keywords?: string[];
      /** How a keyword is found; `word` unless set. */
      match?: 'word' | 'exact' | 'start';
      /** RE2-like regular expression that the text has a match for; without back-references and look-around, so that none runs for ever. */
      pattern?: string;
      /** The first that this contact has ever written here. */
      first?: true;
      /** Outside these hours. */
      outsideHours?: Hours;
      /** It came from an advertisement or a link; of these ids, where named. */
      referral?: true | string[];
      /** A button or a row of a list was chosen; with these ids (or payloads), where named. */
      button?: true | string[];
    }
  | { on: 'postback'; payloads?: string[] }
  | { on: 'comment'; posts?: string[]; keywords?: string[]; pattern?: string }
  | { on: 'story_mention' }
  | { on: 'contact_created' }
  | { on: 'contact_tagged'; tags: string[] }
  | { on: 'conversation_opened' }
  | { on: 'conversation_assigned'; users?: string[] }
  | { on: 'conversation_closed' }
  | { on: 'campaign_replied'; campaigns?: string[] }
  | { on: 'order_created' }
  /** For everybody in the segments or with the tags, at these times of the time zone. */
  | { on: 'schedule'; timeZone: string; at: string; days?: number[]; segments?: string[]; tags?: string[] }
  /** `POST /v1/flows/:id/executions`. */
  | { on: 'api' }
  /** The step `call` of another flow. */
  | { on: 'flow' };

export type TriggerKind = Trigger['on'];

interface Named {
  /** For people. */
  label?: string;
}
interface Onwards extends Named {
  /** The step that follows; the flow ends where there is none. */
  next?: StepId;
}
interface MayFail extends Onwards {
  /** Where it goes on when the step fails; the execution fails where there is none. */
  onError?: StepId;
}

export type Step =
  | SendStep
  | AskStep
  | ConditionStep
  | SwitchStep
  | SetStep
  | TagStep
  | AssignStep
  | LabelStep
  | StatusStep
  | WaitStep
  | HttpStep
  | RandomStep
  | LoopStep
  | CallStep
  | NotifyStep
  | HandoverStep
  | EndStep;
export type StepKind = Step['do'];

/** What `POST /v1/messages` takes as `content`, with templates in its texts. */
export interface SendStep extends MayFail {
  do: 'send';
  content: unknown;
  /** `private`: the one private reply to the comment that started the flow; `public`: an answer below it. */
  replyToComment?: 'private' | 'public';
}

export type Expected =
  | { as: 'any' }
  | { as: 'text'; least?: number; most?: number; pattern?: string }
  | { as: 'number'; least?: number; most?: number; whole?: true }
  | { as: 'email' }
  | { as: 'phone' }
  | { as: 'date' }
  | { as: 'location' }
  | { as: 'file'; types?: ('image' | 'video' | 'audio' | 'document')[] }
  /** By its id (a button's, a row's) or its words. */
  | { as: 'choice'; of: { id: string; words: string[] }[] };

/** Sends, and waits for what the contact writes next. The answer is `answer` afterwards, and `vars.<save>`. */
export interface AskStep extends MayFail {
  do: 'ask';
  content: unknown;
  expect: Expected;
  save?: string;
  /** How often it is asked again when the answer is not as expected; 2 unless set, at most 10. */
  retries?: number;
  /** What is sent then; the question again unless set. */
  retryContent?: unknown;
  /** Where it goes on after the last retry; as a failure where left out. */
  onInvalid?: StepId;
  /** At most 30 days; 1 day unless set. */
  timeout?: Duration;
  /** Where it goes on when nothing comes in time; the flow ends (`timed_out`) where left out. */
  onTimeout?: StepId;
}

export interface ConditionStep extends Named {
  do: 'condition';
  if: Expression;
  then?: StepId;
  else?: StepId;
}

export interface SwitchStep extends Named {
  do: 'switch';
  cases: { when: Expression; next: StepId }[];
  else?: StepId;
}

export interface SetStep extends MayFail {
  do: 'set';
  /** Variables of this execution. */
  vars?: Record<string, Expression>;
  /** Attributes of the contact, by key; `null` clears. */
  attributes?: Record<string, Expression>;
}

export interface TagStep extends MayFail {
  do: 'tag';
  /** Tags by name; one that is not there yet is made. */
  add?: string[];
  remove?: string[];
}

export interface AssignStep extends MayFail {
  do: 'assign';
  /** A user's id; `null`: to nobody. */
  user: string | null;
}

export interface LabelStep extends MayFail {
  do: 'label';
  /** Ids of labels. */
  add?: string[];
  remove?: string[];
}

export interface StatusStep extends MayFail {
  do: 'status';
  status: 'open' | 'closed';
}

/** What a wait for an event may be ended by. */
export type Awaited =
  | { on: 'message' }
  | { on: 'contact_tagged'; tags: string[] }
  | { on: 'conversation_assigned' }
  | { on: 'conversation_closed' }
  | { on: 'order_created' };

export type WaitStep = Onwards & { do: 'wait' } & (
    | { for: Duration }
    /** The next time it is this hour there, on one of these days. */
    | { until: { at: string; timeZone: string; days?: number[] } }
    /** `onTimeout`: where it goes on when nothing comes; as `next` where left out. */
    | { event: Awaited; timeout: Duration; onTimeout?: StepId }
  );

export interface HttpStep extends MayFail {
  do: 'http';
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `https:` (`http:` only where the operator allows it), with templates. */
  url: Template;
  /** With templates; `{{ secrets.NAME }}` puts in a secret of the workspace, which is shown nowhere. */
  headers?: Record<string, Template>;
  /** JSON with templates in its texts. A text that is one template alone keeps its value's type. */
  body?: unknown;
  /** 10 s unless set, at most 60 s. */
  timeout?: Duration;
  /** `vars.<save>` is `{ status, body }` afterwards: the body as JSON, else as text; at most 256 KB. */
  save?: string;
}

export interface RandomStep extends Named {
  do: 'random';
  branches: { weight: number; next: StepId }[];
}

export interface LoopStep extends Onwards {
  do: 'loop';
  /** Where each round begins; it comes round when a step goes on to the loop again. */
  body: StepId;
  /** Goes on while this holds; `round` counts from 0. */
  while?: Expression;
  /** At most this many rounds, and at most 100. */
  most: number;
}

/** Starts another flow and waits for its end. Its `vars` are `input` at the beginning; `vars.<save>` is its `{ outcome, vars }`. */
export interface CallStep extends MayFail {
  do: 'call';
  flow: string;
  input?: Record<string, Expression>;
  save?: string;
}

/** A note in the conversation that mentions these people. */
export interface NotifyStep extends MayFail {
  do: 'notify';
  users: string[];
  text: Template;
}

/** Ends the flow; no flow runs or starts in this conversation until it is closed or the time is over. */
export interface HandoverStep extends Named {
  do: 'handover';
  /** Assigned to them, and mentioned in the note. */
  user?: string;
  note?: Template;
  /** 1 day unless set, at most 30 days. */
  for?: Duration;
}

export interface EndStep extends Named {
  do: 'end';
  /** Told in `flow.completed`; `done` unless set. */
  outcome?: string;
}
