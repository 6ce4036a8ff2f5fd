import type { Cursor } from '@switchboard/contracts';

/** Where cursors are kept between two lives of a client. A store may answer at once or later. */
export interface CursorStore {
  get(key: string): Cursor | null | undefined | Promise<Cursor | null | undefined>;
  set(key: string, cursor: Cursor): void | Promise<void>;
}

/** Forgets with the page or the process. */
export function memoryCursors(): CursorStore {
  const held = new Map<string, Cursor>();
  return { get: (key) => held.get(key), set: (key, cursor) => void held.set(key, cursor) };
}

/** What is used of `localStorage` and its like. */
export interface KeyValueStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** Survives the tab. Where the browser refuses (private windows, a full quota), it forgets with the page. */
export function browserCursors(storage: KeyValueStorage | undefined = localStorageOf(globalThis)): CursorStore {
  const fallback = memoryCursors();
  return {
    get: (key) => {
      try {
        return storage?.getItem(key) ?? fallback.get(key);
      } catch {
        return fallback.get(key);
      }
    },
    set: (key, cursor) => {
      try {
        if (!storage) return fallback.set(key, cursor);
        storage.setItem(key, cursor);
      } catch {
        return fallback.set(key, cursor);
      }
    },
  };
}

/** `localStorage` throws where it is forbidden, even when only looked at. */
export function localStorageOf(scope: object): KeyValueStorage | undefined {
  try {
    return (scope as { localStorage?: KeyValueStorage }).localStorage;
  } catch {
    return undefined;
  }
}

const epochOf = (cursor: Cursor): string => cursor.slice(0, cursor.indexOf('.'));

/** True where both are of one epoch and `one` is no later than `other`: what it names has been had. */
export function isCovered(one: Cursor, other: Cursor): boolean {
  return epochOf(one) === epochOf(other) && one <= other;
}

/** Who a cursor is of. Nobody else's is ever resumed from. */
export interface CursorOwner {
  url: string;
  /** Workspace and user; or what stands for them, of an API key. */
  identity: string;
}

/** The cursors of one client, one a namespace. */
export class Cursors {
  constructor(private readonly store: CursorStore) {}

  async load(owner: CursorOwner, namespace: string): Promise<Cursor | undefined> {
    return (await this.store.get(keyOf(owner, namespace))) ?? undefined;
  }

  /**
   * Several tabs may keep theirs in one place: one that lags does not take it back, or what another had already shown would come
   * again. After a resync it may have to go back.
   */
  save(owner: CursorOwner, namespace: string, cursor: Cursor, mayGoBack = false): void {
    const key = keyOf(owner, namespace);
    const held = mayGoBack ? undefined : this.store.get(key);
    if (typeof held === 'string' && isCovered(cursor, held)) return;
    void Promise.resolve(this.store.set(key, cursor)).catch(() => undefined);
  }
}

const keyOf = ({ url, identity }: CursorOwner, namespace: string): string =>
  `switchboard:cursor:${url}:${identity}:${namespace}`;
