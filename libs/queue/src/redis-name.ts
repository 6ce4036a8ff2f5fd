/**
 * A name in Redis. With the epoch of the database in it two installations may share one Redis: a queue of both would have each take
 * the other's nudges, and channels do not even know database numbers.
 */
export function redisName(epoch: string, name: string): string {
  return `switchboard:${epoch}:${name}`;
}
