import { randomFillSync } from 'node:crypto';
import { v7 } from 'uuid';

const pool = new Uint8Array(16 * 256);
let used = pool.length;

/** Random bytes fetched 256 ids at a time: one call to the system an id was 2 % of the CPU under load. */
function random(): Uint8Array {
  if (used >= pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  const from = used;
  used += 16;
  return pool.slice(from, used);
}

/** A fresh id: uuid v7, which sorts by the time it was made. */
export function newId(): string {
  return v7({ rng: random });
}
