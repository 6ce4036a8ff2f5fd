import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a condition, looking every few milliseconds. Fails by name when it does not come true within `ms`. */
export async function until<T>(condition: () => T | Promise<T>, name: string, ms = 30_000): Promise<NonNullable<T>> {
  const deadline = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value as NonNullable<T>;
    if (Date.now() > deadline) throw new Error(`Waited ${ms} ms in vain until ${name}.`);
    await pause(20);
  }
}
