import type { Cursor } from './cursor';
import type {
  ConnectionTestAck,
  HeartbeatAck,
  PresenceStatus,
  Ready,
  SubscriptionRequest,
  SubscriptionView,
} from './protocol';
import type { InternalConversationSummary, InternalMessageView } from './views';

/** What a client may send on any namespace, and the `data` of its ack. */
export interface ClientMessages {
  /** The first token of a socket that came without one, or the next of one that is served. */
  authenticate: { body: { token: string }; answer: Ready };
  subscribe: { body: SubscriptionRequest; answer: SubscriptionView };
  unsubscribe: { body: SubscriptionRequest; answer: SubscriptionView };
  subscriptions: { body: undefined; answer: SubscriptionView };
  /** What has been told since that cursor is told again; a `resync` follows where it cannot be. */
  resume: { body: { cursor: Cursor }; answer: { replayed: number; cursor: Cursor } };
  heartbeat: { body: undefined; answer: HeartbeatAck };
  test_connection: { body: undefined; answer: ConnectionTestAck };
}

/** What a client may send on `/messages` besides. What others are shown of a customer's conversation needs the role agent or higher. */
export interface ConversationMessages {
  /** Up to that message; the whole conversation where none is named. `messageIds` has at most 100. */
  'message.mark_read': {
    body: { conversationId: string; messageId?: string };
    answer: { messageIds: string[]; unreadCount: number };
  };
  'typing.start': { body: { conversationId: string }; answer: { conversationId: string } };
  'typing.stop': { body: { conversationId: string }; answer: { conversationId: string } };
  /** To an internal conversation or a user of the workspace, by id. A `clientId` that is sent again gives the first message. */
  'message.send': {
    body: { to: string; text: string; clientId?: string };
    answer: { message: InternalMessageView; conversation: InternalConversationSummary };
  };
  /** Of this tab; the answer tells what all tabs of the user come to. A socket begins as `online`. */
  'presence.set': { body: { status: 'online' | 'away' }; answer: { status: PresenceStatus } };
  /** Who is there or away; everybody else is offline. */
  'presence.list': {
    body: undefined;
    answer: { users: { userId: string; status: PresenceStatus }[] };
  };
  /** This tab shows the conversation, and no other any more. The answer and `viewing.changed` tell who else does. */
  'viewing.start': { body: { conversationId: string }; answer: { conversationId: string; viewers: string[] } };
  /** This tab shows no conversation any more. */
  'viewing.stop': { body: undefined; answer: null };
}

/** Names of the messages, by where they may be sent. */
export const clientMessages: {
  everywhere: readonly (keyof ClientMessages)[];
  '/messages': readonly (keyof ConversationMessages)[];
} = {
  everywhere: [
    ...(['authenticate', 'subscribe', 'unsubscribe', 'subscriptions', 'resume'] as const),
    ...(['heartbeat', 'test_connection'] as const),
  ],
  '/messages': [
    ...(['message.mark_read', 'typing.start', 'typing.stop', 'message.send'] as const),
    ...(['presence.set', 'presence.list', 'viewing.start', 'viewing.stop'] as const),
  ],
};
