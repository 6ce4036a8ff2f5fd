export { SwitchboardProvider, type SwitchboardProviderProps, useObservable, useSwitchboard } from './provider';
export { useEvents } from './use-events';
export { type Listed, type Messages, useConversations, useList, useMessages } from './use-lists';
export { type Typing, useConnection, usePresence, useTyping, useUnread, useViewers } from './use-people';
