import { operatorAllows } from '../channels';

/** Meta's networks for files; attachments of Messenger and Instagram lie there open. */
const cdn = [/(^|\.)fbcdn\.net$/, /(^|\.)cdninstagram\.com$/, /(^|\.)fbsbx\.com$/];
/** Where WhatsApp's download addresses lead, which need the token. */
const whatsAppHost = 'lookaside.fbsbx.com';

export interface HostRules {
  /** GRAPH_HOSTS. */
  graphHosts: readonly string[];
  /** Origin of the channel's Graph API, where it has a token for it. */
  graphOrigin?: string | undefined;
  /** The Graph API has named this very address. */
  answered?: boolean;
}

/**
 * Whether a file may be fetched from an address of a webhook, an answer or a redirect, and how. `trusted`: the operator has named the
 * host, so it may be a private one. `token`: it is the media host of the Graph API that the token is for.
 */
export function hostOf(
  address: string,
  { graphHosts, graphOrigin, answered = false }: HostRules,
): { url: URL; trusted: boolean; token: boolean } | undefined {
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  if (url.username || url.password) return undefined;
  if (operatorAllows(url.origin, graphHosts)) return { url, trusted: true, token: url.origin === graphOrigin };
  if (url.protocol !== 'https:') return undefined;
  const onPort = url.port === '';
  if (onPort && url.hostname === whatsAppHost) return { url, trusted: false, token: true };
  if ((onPort && isMetaCdn(url)) || answered) return { url, trusted: false, token: false };
  return undefined;
}

export function isMetaCdn({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' && cdn.some((host) => host.test(hostname));
}
