const own = { facebook: 'https://graph.facebook.com', instagram: 'https://graph.instagram.com' } as const;

/** Where the Graph API of a way in lives. */
export const graphHostOf = (login: 'facebook' | 'instagram'): string => own[login];

/**
 * Whether a channel may name this origin as its Graph API: Meta's own, or one the operator allows (GRAPH_HOSTS). The token goes there, and
 * the server calls it: anything else would let an administrator of a workspace reach into the network of the instance.
 */
export function mayCall(origin: string, allowed: readonly string[]): boolean {
  if (Object.values<string>(own).includes(origin)) return true;
  const anyPort = origin.replace(/:\d+$/, ':*');
  return allowed.some((one) => one === origin || one === anyPort);
}
