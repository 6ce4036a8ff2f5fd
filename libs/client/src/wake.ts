/** What is used of a browser's window and document. Elsewhere there is none of it. */
interface Page {
  addEventListener?(event: string, listener: () => void): void;
  removeEventListener?(event: string, listener: () => void): void;
  document?: {
    visibilityState?: string;
    addEventListener(event: string, listener: () => void): void;
    removeEventListener(event: string, listener: () => void): void;
  };
}

/** Calls back when a page has slept or its network has changed: timers stood still, and the connection may be dead without a word. */
export function onWake(wake: () => void, page: Page = globalThis as unknown as Page): () => void {
  const { document } = page;
  if (!document || !page.addEventListener) return () => undefined;
  const shown = () => {
    if (document.visibilityState !== 'hidden') wake();
  };
  const events = ['online', 'offline', 'pageshow'];
  for (const event of events) page.addEventListener(event, wake);
  document.addEventListener('visibilitychange', shown);
  return () => {
    for (const event of events) page.removeEventListener?.(event, wake);
    document.removeEventListener('visibilitychange', shown);
  };
}
