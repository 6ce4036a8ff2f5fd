/** What an API key may do in one area: `contacts:read`, `messages:write`. Writing does not include reading. */
export type ApiScope = `${string}:${'read' | 'write'}`;

export const apiScopePattern = /^[a-z][a-z-]{0,39}:(read|write)$/;

/** Where the first part of a REST path is called otherwise than the namespace that tells of the same things. */
const areas: Readonly<Record<string, string>> = {
  conversations: 'messages',
  'flow-executions': 'flows',
  'flow-secrets': 'flows',
  mentions: 'webhooks',
  'webhook-deliveries': 'webhooks',
};

/** The area of a REST path (`/v1/conversations/:id` → `messages`) or of a namespace (`/messages` → `messages`). */
export function scopeAreaOf(path: string): string {
  const [first = '', second = ''] = path.split('?')[0]!.split('/').filter(Boolean);
  const segment = first === 'v1' ? second : first;
  return areas[segment] ?? segment;
}

/** `undefined` scopes allow whatever the role allows; an empty list allows nothing. */
export function inScope(scopes: readonly string[] | undefined, area: string, access: 'read' | 'write'): boolean {
  return scopes === undefined || scopes.includes(`${area}:${access}`);
}
