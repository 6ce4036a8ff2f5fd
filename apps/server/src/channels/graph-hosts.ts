const own = { facebook: 'https://graph.facebook.com', instagram: 'https://graph.instagram.com' } as const;

/** Where the Graph API of a way in lives. */
export const graphHostOf = (login: 'facebook' | 'instagram'): string => own[login];

/**
 * Whether a channel may name this address (with or without a path) as its Graph API: Meta's own, or one the operator allows (GRAPH_HOSTS). The token goes there, and
 * the server calls it: anything else would let an administrator of a workspace reach into the network of the instance.
 */
export function mayCall(host: string, allowed: readonly string[]): boolean {
  if (!URL.canParse(host)) return false;
  const { origin, username, password } = new URL(host);
  if (username || password) return false;
  if (Object.values<string>(own).includes(origin)) return true;
  return operatorAllows(origin, allowed);
}

/** Whether an origin is one of those that the operator allows (GRAPH_HOSTS). */
export function operatorAllows(origin: string, allowed: readonly string[]): boolean {
  const anyPort = origin.replace(/:\d+$/, ':*');
  return allowed.some((one) => one === origin || one === anyPort);
}
