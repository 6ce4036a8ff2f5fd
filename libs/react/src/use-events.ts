import type { ClientEvents } from '@switchboard/client';
import { useEffect, useRef } from 'react';
import { useSwitchboard } from './provider';

/**
 * Calls the listener for each event of these types while the component is there. The listener may be a new function at every render:
 * the latest is called, and nothing is missed between two.
 */
export function useEvents<T extends keyof ClientEvents>(
  types: T | readonly T[],
  listener: (event: ClientEvents[T]) => void,
) {
  const client = useSwitchboard();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  const names = [types].flat().join(' ');
  useEffect(() => {
    const stops = names.split(' ').map((type) => client.on(type as T, (event) => latest.current(event)));
    return () => {
      for (const stop of stops) stop();
    };
  }, [client, names]);
}
