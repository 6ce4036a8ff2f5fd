import { asList, asObject, asText } from '../reading';

/** A page of a list of the Graph API. */
export interface GraphPage {
  items: readonly unknown[];
  /** For `after` of the next page; absent on the last. Meta's own `next` address is not followed: it carries the token. */
  after?: string;
}

/** Reads the answer to a list; total. */
export function readPage(body: unknown): GraphPage {
  const { data, paging: given } = asObject(body) ?? {};
  const paging = asObject(given);
  const after = asText(paging?.next) && asText(asObject(paging?.cursors)?.after);
  return { items: asList(data), ...(after ? { after } : {}) };
}
