import type { Platform } from '@switchboard/contracts';

/** `shape`: not as the schema has it. What the others mean is said in docs/flows.md. */
export type ProblemCode =
  | 'shape'
  | 'limit'
  | 'unknown_step'
  | 'unreachable'
  | 'endless'
  | 'expression'
  | 'template'
  | 'unknown_name'
  | 'unknown_reference'
  | 'pattern'
  | 'time_zone'
  | 'range'
  | 'choice'
  | 'address'
  | 'content'
  | 'no_comment'
  | 'nobody'
  | 'recursion'
  | 'not_callable';

/** Why a flow is refused. */
export interface FlowProblem {
  /** The step it is in; null where it is in the flow as a whole, or a trigger. */
  step: string | null;
  /** Its place, as `steps.ask_name.content.buttons[0].title`; empty where it is the whole. */
  field: string;
  code: ProblemCode;
  /** A sentence that names the place, what is wrong and what would be right. */
  message: string;
}

export type { Platform };

/** What the workspace has. Ids, but for tags and secrets, which are names. */
export interface Known {
  /** This flow's own id; null where it has none yet. */
  flow: string | null;
  channels: ReadonlyMap<string, Platform>;
  users: ReadonlySet<string>;
  labels: ReadonlySet<string>;
  tags: ReadonlySet<string>;
  segments: ReadonlySet<string>;
  campaigns: ReadonlySet<string>;
  secrets: ReadonlySet<string>;
  flows: ReadonlySet<string>;
  /** Those with the trigger `flow`, which others may call. */
  callable: ReadonlySet<string>;
  /** Which flows the others call, by id. */
  calls: ReadonlyMap<string, readonly string[]>;
  /** Why a platform would not take this content; empty where it would. `field` is the place within it, `rule` which limit. */
  checkContent(platform: Platform, content: unknown): { field: string; rule: string; message: string }[];
}

export const mostTold = 100;

export class Problems {
  readonly list: FlowProblem[] = [];

  add(step: string | null, field: string, code: ProblemCode, message: string): void {
    if (this.list.length < mostTold) this.list.push({ step, field, code, message });
  }
}

export const quoted = (text: string): string =>
  `"${text.length > 80 ? `${text.slice(0, 80).toWellFormed()}…` : text.toWellFormed()}"`;

/** `steps.a` and `next` as `steps.a.next`; numbers in brackets. */
export function member(field: string, name: string | number): string {
  if (typeof name === 'number') return `${field}[${name}]`;
  return field === '' ? name : `${field}.${name}`;
}

/** Every text in JSON with its place. */
export function textsIn(value: unknown, field: string): { field: string; text: string }[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap((one, index) => textsIn(one, member(field, index)));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, one]) => textsIn(one, member(field, name)));
}
