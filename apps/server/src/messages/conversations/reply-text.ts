/** What a canned reply may speak of. A value that is not known is null. */
export const replyVariables = [
  'contact.name',
  'contact.first_name',
  'contact.username',
  'contact.phone',
  'agent.name',
  'agent.first_name',
  'channel.name',
  'workspace.name',
] as const;
export type ReplyVariable = (typeof replyVariables)[number];
export type ReplyValues = Readonly<Record<ReplyVariable, string | null>>;

const place = /\{\{\s*([A-Za-z_.]{1,64})\s*(?:\|([^{}|]{0,200}))?\}\}/g;

/** The variables in a reply that are none; empty where it can be rendered. */
export function unknownVariables(body: string): string[] {
  const names = [...body.matchAll(place)].map(([, name]) => name!);
  return [...new Set(names.filter((name) => !isVariable(name)))];
}

/**
 * A reply with its variables filled in: `{{contact.name}}`, or with what to say instead where it is not known,
 * `{{contact.first_name|there}}`. `missing` are those that were not known and had nothing instead: they are left out of the text.
 * What a customer calls themselves is put in as it is and never read as a variable.
 */
export function renderReply(body: string, values: ReplyValues): { text: string; missing: ReplyVariable[] } {
  const missing = new Set<ReplyVariable>();
  const text = body.replace(place, (whole, name: string, otherwise?: string) => {
    if (!isVariable(name)) return whole;
    const value = values[name] ?? otherwise?.trim();
    if (value === undefined) missing.add(name);
    return value ?? '';
  });
  return { text, missing: [...missing] };
}

export const firstNameOf = (name: string | null): string | null => name?.trim().split(/\s+/)[0] || null;

function isVariable(name: string): name is ReplyVariable {
  return (replyVariables as readonly string[]).includes(name);
}
