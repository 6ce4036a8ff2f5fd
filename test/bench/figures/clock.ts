/** Milliseconds of the machine's monotonic clock: the same clock in every process, unlike `performance.now()`. */
export function monotonic(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

export function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks until the condition holds. @throws an error that says what did not happen within `limitMs`. */
export async function until(what: string, limitMs: number, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = monotonic() + limitMs;
  while (!(await condition())) {
    if (monotonic() > deadline) throw new Error(`Not within ${limitMs / 1000} s: ${what}.`);
    await after(20);
  }
}
