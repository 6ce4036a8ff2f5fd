/**
 * Lanes that intake runs in beside each other. A lane only reduces contention; locks in the database give exclusivity. Few, because
 * webhooks that share a batch share its dozen statements, and every lane more makes the batches smaller.
 */
export const laneCount = 2;

const entry = Buffer.from('"entry"');
const id = Buffer.from('"id"');
const quote = 0x22;
const searched = 4096;

/**
 * The lane of a raw webhook: by the account id of its first entry, found in the bytes, because parsing waits until after the 200.
 * So the webhooks of one account stand in one lane, behind each other.
 */
export function laneOf(body: Buffer): number {
  const head = body.subarray(0, searched);
  const from = head.indexOf(id, Math.max(0, head.indexOf(entry)));
  if (from < 0) return 0;
  const start = head.indexOf(quote, from + id.length) + 1;
  const end = start > 0 ? head.indexOf(quote, start) : -1;
  if (end < 0) return 0;
  // FNV-1a: even over the few, similar ids of one instance.
  let hash = 0x811c9dc5;
  for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ head[i]!, 0x01000193);
  return (hash >>> 0) % laneCount;
}
