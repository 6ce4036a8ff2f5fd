import {
  type ConversationFilter,
  type ConversationItem,
  conversationList,
  type LiveList,
  type MessageContent,
  type MessageItem,
  messageList,
  type Outgoing,
  type SendOptions,
} from '@switchboard/client';
import { useCallback, useEffect, useMemo } from 'react';
import { useObservable, useSwitchboard } from './provider';

export interface Listed<T> {
  items: readonly T[];
  loading: boolean;
  /** Why it could not be loaded; it is tried again once the connection is there. */
  error: Error | undefined;
  hasMore: boolean;
  loadMore: () => Promise<void>;
  reload: () => void;
}

/** The conversations that a filter lets through, latest message first, kept up by events. */
export function useConversations(filter: ConversationFilter = {}): Listed<ConversationItem> {
  const client = useSwitchboard();
  // By what it says: callers write it in place.
  const wanted = JSON.stringify(filter);
  const list = useMemo(() => conversationList(client, JSON.parse(wanted) as ConversationFilter), [client, wanted]);
  return useList(list);
}

export interface Messages extends Listed<MessageItem> {
  /** Of this conversation, on their way or refused: to be shown behind `items`. */
  outgoing: readonly Outgoing[];
  /** Shows it in `outgoing` at once; the promise is kept when the server has taken it. */
  send: (content: MessageContent | string, options?: SendOptions) => Promise<unknown>;
}

/** The messages of a conversation, oldest first, kept up by events. `loadMore` loads older ones. */
export function useMessages(conversationId: string): Messages {
  const client = useSwitchboard();
  const list = useMemo(() => messageList(client, conversationId), [client, conversationId]);
  const { items, ...rest } = useList(list);
  const entries = useObservable(client.outbox.entries);
  const oldestFirst = useMemo(() => [...items].reverse(), [items]);
  const outgoing = useMemo(() => {
    const shown = new Set(items.map(({ clientId }) => clientId));
    return entries.filter((entry) => entry.conversationId === conversationId && !shown.has(entry.clientId));
  }, [entries, items, conversationId]);
  const send = useCallback(
    (content: MessageContent | string, options?: SendOptions) => client.send(conversationId, content, options),
    [client, conversationId],
  );
  return { ...rest, items: oldestFirst, outgoing, send };
}

/** A list of one's own, while the component is there. */
export function useList<T>(list: LiveList<T>): Listed<T> {
  const state = useObservable(list.state);
  useEffect(() => list.open(), [list]);
  const { loadMore, reload } = list;
  return { ...state, loadMore, reload };
}
