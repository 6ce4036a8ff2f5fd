import type { ConnectionState, PresenceStatus, SwitchboardClient, UnreadCounts } from '@switchboard/client';
import { useCallback, useEffect, useState } from 'react';
import { useObservable, useSwitchboard } from './provider';
import { useEvents } from './use-events';

/** How the connection stands, and `reconnect` for somebody who does not want to wait. */
export function useConnection(): ConnectionState & { reconnect: () => void } {
  const client = useSwitchboard();
  const state = useObservable(client.connection);
  const reconnect = useCallback(() => client.reconnect(), [client]);
  return { ...state, reconnect };
}

/** What this user has not read; `undefined` until it is known. */
export function useUnread(): UnreadCounts | undefined {
  const client = useSwitchboard();
  useEffect(() => client.listen('/messages'), [client]);
  return useObservable(client.unread);
}

const nobody: ReadonlyMap<string, PresenceStatus> = new Map();

/** Who of the team is there, by user id. Whoever is not named is offline. */
export function usePresence(): ReadonlyMap<string, PresenceStatus> {
  const client = useSwitchboard();
  const [present, setPresent] = useState(nobody);
  const told = useCallback((userId: string, status: PresenceStatus) => {
    setPresent((before) => {
      const after = new Map(before);
      if (status === 'offline') after.delete(userId);
      else after.set(userId, status);
      return after;
    });
  }, []);
  useEvents('presence.changed', ({ data: { userId, status } }) => told(userId, status));
  useOnline(client, (isCurrent) => {
    client.request('presence.list').then(
      ({ users }) => {
        if (isCurrent()) setPresent(new Map(users.map(({ userId, status }) => [userId, status])));
      },
      () => undefined,
    );
  });
  return present;
}

/** Who else has the conversation open, by user id; and tells the others that this tab does, as long as it is shown. */
export function useViewers(conversationId: string): readonly string[] {
  const client = useSwitchboard();
  const [viewers, setViewers] = useState<readonly string[]>([]);
  const me = useObservable(client.me)?.userId;
  useEvents('viewing.changed', ({ data }) => {
    if (data.conversationId === conversationId) setViewers(data.viewers);
  });
  const { status } = useObservable(client.connection);
  const isOnline = status === 'online';
  useEffect(() => {
    if (!isOnline) return;
    let current = true;
    client.request('viewing.start', { conversationId }).then(
      (answer) => {
        if (current) setViewers(answer.viewers);
      },
      () => undefined,
    );
    return () => {
      current = false;
      // Where nobody listens any more the socket is left, and with it the conversation.
      if (client.listens('/messages')) client.request('viewing.stop').catch(() => undefined);
    };
  }, [client, conversationId, isOnline]);
  return viewers.filter((userId) => userId !== me);
}

/** After this long without another word somebody has stopped typing: their "stopped" may be lost. */
const typingMs = 10_000;
/** While somebody types, it is said again at this distance. */
const sayAgainMs = 4000;

export interface Typing {
  /** Ids of the others who are typing. */
  users: readonly string[];
  /** To be called at every key press; told to others at most every few seconds. */
  start: () => void;
  stop: () => void;
}

/** Who is typing in a conversation, oneself left out. */
export function useTyping(conversationId: string): Typing {
  const client = useSwitchboard();
  const [users, setUsers] = useState<readonly string[]>([]);
  const [timers] = useState(() => new Map<string, ReturnType<typeof setTimeout>>());
  const [own] = useState({ saidAt: 0 });

  const gone = useCallback(
    (userId: string) => {
      clearTimeout(timers.get(userId));
      timers.delete(userId);
      setUsers((before) => (before.includes(userId) ? before.filter((one) => one !== userId) : before));
    },
    [timers],
  );
  useEvents('typing.started', ({ data }) => {
    const { userId } = data;
    if (data.conversationId !== conversationId || userId === client.me.current?.userId) return;
    clearTimeout(timers.get(userId));
    timers.set(
      userId,
      setTimeout(() => gone(userId), typingMs),
    );
    setUsers((before) => (before.includes(userId) ? before : [...before, userId]));
  });
  useEvents('typing.stopped', ({ data }) => {
    if (data.conversationId === conversationId) gone(data.userId);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another conversation has other people
  useEffect(
    () => () => {
      for (const userId of [...timers.keys()]) gone(userId);
      own.saidAt = 0;
    },
    [conversationId, timers, gone, own],
  );

  const start = useCallback(() => {
    const now = Date.now();
    if (now - own.saidAt < sayAgainMs) return;
    own.saidAt = now;
    client.request('typing.start', { conversationId }).catch(() => undefined);
  }, [client, conversationId, own]);
  const stop = useCallback(() => {
    if (own.saidAt === 0) return;
    own.saidAt = 0;
    client.request('typing.stop', { conversationId }).catch(() => undefined);
  }, [client, conversationId, own]);
  return { users, start, stop };
}

/** Runs whenever the client has come online: what is told once and not kept may have been missed meanwhile. */
function useOnline(client: SwitchboardClient, run: (isCurrent: () => boolean) => void): void {
  const { status } = useObservable(client.connection);
  const isOnline = status === 'online';
  // biome-ignore lint/correctness/useExhaustiveDependencies: what runs is the same each time
  useEffect(() => {
    if (!isOnline) return;
    let current = true;
    run(() => current);
    return () => {
      current = false;
    };
  }, [client, isOnline]);
}
