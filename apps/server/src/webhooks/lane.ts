/**
 * Lanes that intake runs in beside each other. A lane only reduces contention; locks in the database give exclusivity. Just one for
 * what comes all day: webhooks that share a batch share its dozen statements, and a second lane halves the batches.
 */
export const lanes = { ordinary: 0, bulk: 1 } as const;

/**
 * Imported history comes thousands to a body, and takes seconds. What customers write meanwhile does not wait behind it. Meta's
 * batches of a thousand updates are below: a status takes 300 to 415 bytes.
 */
const bulkBytes = 512 * 1024;

/** As Meta writes it; in a customer's words the quotes are escaped. */
const historyField = Buffer.from('"field":"history"');

/** The lane of a raw webhook. */
export function laneOf(body: Buffer): number {
  return body.length > bulkBytes || body.includes(historyField) ? lanes.bulk : lanes.ordinary;
}

export function isLane(value: unknown): value is number {
  return Object.values(lanes).includes(value as never);
}
