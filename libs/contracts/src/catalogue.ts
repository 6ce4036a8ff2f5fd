import type { EventType } from './payloads';

/** The Socket.IO namespaces. Each has a gateway of its own and its own cursor. */
export const namespaces = [
  '/webhooks',
  '/channels',
  '/messages',
  '/contacts',
  '/campaigns',
  '/flows',
  '/notifications',
  '/posts',
  '/orders',
] as const;
export type Namespace = (typeof namespaces)[number];

/** Where each event is told. An event missing here does not compile. */
export const eventNamespaces: Readonly<Record<EventType, Namespace>> = {
  'webhook.received': '/webhooks',
  'webhook.quarantined': '/webhooks',
  'webhook.mention_read': '/webhooks',
  'message.received': '/messages',
  'message.queued': '/messages',
  'message.sent': '/messages',
  'message.delivered': '/messages',
  'message.read': '/messages',
  'message.failed': '/messages',
  'message.unknown': '/messages',
  'message.deleted': '/messages',
  'message.edited': '/messages',
  'message.reacted': '/messages',
  'message.noted': '/messages',
  'message.posted': '/messages',
  'internal.created': '/messages',
  'internal.updated': '/messages',
  'label.created': '/messages',
  'label.updated': '/messages',
  'label.deleted': '/messages',
  'message.media_stored': '/messages',
  'message.media_failed': '/messages',
  'conversation.created': '/messages',
  'conversation.updated': '/messages',
  'conversation.referred': '/messages',
  'conversation.read': '/messages',
  'unread.changed': '/messages',
  'typing.started': '/messages',
  'typing.stopped': '/messages',
  'presence.changed': '/messages',
  'viewing.changed': '/messages',
  'contact.created': '/contacts',
  'contact.updated': '/contacts',
  'contact.deleted': '/contacts',
  'contact.merged': '/contacts',
  'contact.opted_out': '/contacts',
  'contact.opted_in': '/contacts',
  'contact.import_progressed': '/contacts',
  'contact.import_completed': '/contacts',
  'contact.exported': '/contacts',
  'contact.erased': '/contacts',
  'campaign.scheduled': '/campaigns',
  'campaign.started': '/campaigns',
  'campaign.progressed': '/campaigns',
  'campaign.paused': '/campaigns',
  'campaign.resumed': '/campaigns',
  'campaign.completed': '/campaigns',
  'campaign.failed': '/campaigns',
  'campaign.cancelled': '/campaigns',
  'flow.started': '/flows',
  'flow.step_completed': '/flows',
  'flow.waiting': '/flows',
  'flow.completed': '/flows',
  'flow.failed': '/flows',
  'channel.status_changed': '/channels',
  'channel.quality_changed': '/channels',
  'channel.alert': '/channels',
  'template.status_changed': '/channels',
  'team.activity': '/notifications',
};

/** Where events have a field of Meta's that a subscription can name. */
export const namespacesWithFields: ReadonlySet<string> = new Set<Namespace>(['/webhooks']);

/** Told to whoever is connected, never stored, without a cursor. */
export const ephemeralTypes: ReadonlySet<string> = new Set<EventType>([
  'unread.changed',
  'typing.started',
  'typing.stopped',
  'presence.changed',
  'viewing.changed',
]);

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(eventNamespaces, type);
}

/** The event types of one namespace. */
export function typesOf(namespace: Namespace): EventType[] {
  return (Object.keys(eventNamespaces) as EventType[]).filter((type) => eventNamespaces[type] === namespace);
}
