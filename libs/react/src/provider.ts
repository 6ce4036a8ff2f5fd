import type { Observable, SwitchboardClient } from '@switchboard/client';
import { createContext, createElement, type ReactNode, useCallback, useContext, useSyncExternalStore } from 'react';

const Context = createContext<SwitchboardClient | undefined>(undefined);

export interface SwitchboardProviderProps {
  /** Made by `connect`, outside of components: a client outlives what renders it, and is closed by whoever made it. */
  client: SwitchboardClient;
  children?: ReactNode;
}

/** Gives a client to the hooks below it. */
export function SwitchboardProvider({ client, children }: SwitchboardProviderProps) {
  return createElement(Context.Provider, { value: client }, children);
}

/** The client itself: for `send`, `request`, `rest`. */
export function useSwitchboard(): SwitchboardClient {
  const client = useContext(Context);
  if (!client) throw new Error('This hook needs a <SwitchboardProvider> above it.');
  return client;
}

/** The value of an observable, now and whenever it changes. */
export function useObservable<T>(observable: Observable<T>): T {
  const subscribe = useCallback((listener: () => void) => observable.subscribe(listener), [observable]);
  const current = () => observable.current;
  return useSyncExternalStore(subscribe, current, current);
}
