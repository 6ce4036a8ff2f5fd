/** Milliseconds of the machine's monotonic clock: the same clock in every process, unlike `performance.now()`. */
export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}
