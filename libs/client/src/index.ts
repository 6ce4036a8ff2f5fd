export type * from '@switchboard/contracts';
export { type ClientEvents, type ClientOptions, connect, type RequestOptions, SwitchboardClient } from './client';
export type { ConnectionState, ConnectionStatus } from './connection';
export { browserCursors, type CursorStore, isCovered, type KeyValueStorage, memoryCursors } from './cursors';
export { SignedOutError, SwitchboardError } from './errors';
export type { Envelope, ErrorNotice, EventName, Messages, Payloads, ResyncNotice } from './events';
export {
  type ConversationFilter,
  type ConversationItem,
  conversationList,
  type MessageItem,
  messageList,
} from './lists';
export { type ApplyContext, LiveList, type LiveListOptions, type LiveListState, type Page } from './live-list';
export { Observable } from './observable';
export type { components, paths } from './openapi';
export type { MessageContent, Outbox, Outgoing, OutgoingState, SendOptions } from './outbox';
export { type Answer, type Call, type CallOptions, type Rest, RestError } from './rest';
export { browserStorage, Session, type SessionOptions } from './session';
export type { TokenRequest, TokenSource } from './tokens';
