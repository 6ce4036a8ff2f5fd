import type { EventPayloads, EventType, MessageView } from '@switchboard/contracts';
import type { StoredEvent } from '@switchboard/events';
import type { Happening } from '@switchboard/flows';
import type { ScopeMessage } from '../execution-row';

/** Events that flows hear. */
export const heardTypes = [
  'message.received',
  'message.queued',
  'message.sent',
  'message.failed',
  'message.unknown',
  'conversation.created',
  'conversation.updated',
  'contact.created',
  'contact.updated',
  'contact.merged',
  'webhook.received',
] as const satisfies readonly EventType[];
type HeardType = (typeof heardTypes)[number];

/** Fields of Meta's whose webhooks tell of comments. */
export const heardFields = ['comments', 'live_comments', 'feed'];

/** What one event means to flows. */
export interface Heard {
  sequence: number;
  contactId: string | null;
  conversationId: string | null;
  channelId: string | null;
  happenings: Happening[];
  /** A contact wrote: whoever waits for that has it. */
  message?: ScopeMessage;
  /** The campaign that a message may answer, and when it was written. */
  campaign?: { id: string; at: string };
  /** Who commented, as the platform names them. */
  author?: string;
  /** A person has begun to talk in the conversation, or has taken it over; if this app of Meta's is not the channel's own. */
  taken?: true | { appId: string };
  /** The conversation was closed. */
  closed?: true;
  /** What is known of messages that flows may have sent. */
  messages?: {
    ids: string[];
    state: 'completed' | 'failed' | 'unknown';
    error: { code: string; message: string } | null;
  };
  /** Somebody turned out to be somebody else. */
  merged?: { from: string; into: string; conversations: { id: string; into: string | null }[] };
}

type Data<T extends EventType> = EventPayloads[T];

const nowhere = { contactId: null, conversationId: null, channelId: null };

/** What an event means to flows; undefined where it means nothing. Echoes, and what flows, campaigns and people send, start nothing. */
export function heard(event: StoredEvent): Heard | undefined {
  const read = readers[event.type as HeardType] as ((data: never) => Omit<Heard, 'sequence'> | undefined) | undefined;
  const found = read?.(JSON.parse(event.data) as never);
  return found && { sequence: event.sequence, ...found };
}

const readers: { [T in HeardType]: (data: Data<T>) => Omit<Heard, 'sequence'> | undefined } = {
  'message.received': ({ message, first, reopened, campaignId }) => {
    const { contactId, conversationId, channelId, sentAt } = message;
    return {
      ...{ contactId, conversationId, channelId, message: said(message) },
      happenings: [...(reopened ? [{ on: 'conversation_opened' } as const] : []), ...messageHappenings(message, first)],
      ...(campaignId ? { campaign: { id: campaignId, at: sentAt } } : {}),
    };
  },
  'message.queued': ({ message: { author, contactId, conversationId, channelId } }) =>
    author.kind === 'user' ? { contactId, conversationId, channelId, happenings: [], taken: true } : undefined,
  'message.sent': (data) => {
    if ('messageIds' in data) return outcome(data.messageIds, 'completed', null);
    const { author, contactId, conversationId, channelId } = data.message;
    if (author.kind === 'meta_app') {
      // An echo without its app, on Messenger and Instagram, may be of what was sent from here and is not known to be yet.
      const taken = data.message.platform === 'whatsapp' ? true : author.appId !== null && { appId: author.appId };
      return taken ? { contactId, conversationId, channelId, happenings: [], taken } : undefined;
    }
    return author.kind === 'flow' ? outcome([data.message.id], 'completed', null) : undefined;
  },
  'message.failed': ({ messageIds, errors }) => outcome(messageIds, 'failed', errors?.[0]),
  'message.unknown': ({ messageIds, errors }) => outcome(messageIds, 'unknown', errors?.[0]),
  'conversation.created': ({ conversation: { id, channelId, contact } }) => ({
    ...{ contactId: contact.id, conversationId: id, channelId, happenings: [{ on: 'conversation_opened' }] },
  }),
  'conversation.updated': ({ conversation, changedBy, before }) => {
    if (!before) return undefined;
    const { id, channelId, contact, status, assigneeId } = conversation;
    const happenings: Happening[] = [];
    if (status === 'open' && before.status !== 'open' && before.status !== 'pending')
      happenings.push({ on: 'conversation_opened' });
    if (status === 'closed' && before.status !== 'closed') happenings.push({ on: 'conversation_closed' });
    if (assigneeId && assigneeId !== before.assigneeId)
      happenings.push({ on: 'conversation_assigned', user: assigneeId });
    const closed = status === 'closed' && before.status !== 'closed';
    const taken = assigneeId !== null && assigneeId === changedBy && assigneeId !== before.assigneeId;
    if (happenings.length === 0) return undefined;
    return {
      ...{ contactId: contact.id, conversationId: id, channelId, happenings },
      ...(closed ? { closed } : {}),
      ...(taken && !closed ? { taken } : {}),
    };
  },
  'contact.created': ({ contact, channelId }) => {
    const tags = 'tags' in contact ? contact.tags : [];
    return {
      ...{ contactId: contact.id, conversationId: null, channelId },
      happenings: [{ on: 'contact_created' }, ...(tags.length > 0 ? [{ on: 'contact_tagged', tags } as const] : [])],
    };
  },
  'contact.updated': ({ contact, tagged }) =>
    tagged?.length
      ? { ...nowhere, contactId: contact.id, happenings: [{ on: 'contact_tagged', tags: tagged }] }
      : undefined,
  'contact.merged': ({ contact, mergedContactId, conversations, undone }) =>
    undone
      ? undefined
      : { ...nowhere, happenings: [], merged: { from: mergedContactId, into: contact.id, conversations } },
  'webhook.received': ({ field, channelId, sender, content }) => {
    const { commentId, postId, mediaId, text, item, verb } = (content ?? {}) as Record<string, string | undefined>;
    if (!commentId || !sender || (field === 'feed' && (item !== 'comment' || verb !== 'add'))) return undefined;
    return {
      ...{ ...nowhere, channelId, author: sender.id },
      happenings: [{ on: 'comment', commentId, postId: postId ?? mediaId ?? '', text: text ?? null }],
    };
  },
};

interface MessageContent {
  text?: string;
  reply?: { payload?: string };
  referral?: Record<string, unknown>;
  attachments?: { caption?: string }[];
}

/** As expressions see it. */
function said({ id, type, content }: MessageView): ScopeMessage {
  const { text, reply, attachments } = content as MessageContent;
  return { id, type, text: text ?? attachments?.[0]?.caption ?? null, payload: reply?.payload ?? null, content };
}

/** What a message tells besides being one comes before it: a flow for any message takes what nothing else has taken. */
function messageHappenings(message: MessageView, first: boolean): Happening[] {
  const { type, content, sentAt } = message;
  const { text, payload } = said(message);
  const happenings: Happening[] = [];
  if (type === 'postback') happenings.push({ on: 'postback', payload: payload ?? '' });
  if (type === 'order') happenings.push({ on: 'order_created' });
  if (type === 'story_mention') happenings.push({ on: 'story_mention' });
  const referral = referralOf((content as MessageContent).referral);
  return [...happenings, { on: 'message', text, payload, first, referral, at: Date.parse(sentAt) }];
}

/** Meta's own words: WhatsApp names the advertisement as `source_id`, Messenger the link's `ref` or `ad_id`. */
function referralOf(referral: Record<string, unknown> | undefined): string | null {
  if (!referral) return null;
  const { ref, source_id: source, ad_id: ad } = referral;
  return String(ref ?? source ?? ad ?? '');
}

function outcome(
  ids: string[],
  state: 'completed' | 'failed' | 'unknown',
  error: { reason?: string; message?: string } | null | undefined,
): Omit<Heard, 'sequence'> {
  const told = error ? { code: error.reason ?? state, message: error.message ?? '' } : null;
  return { ...nowhere, happenings: [], messages: { ids, state, error: told } };
}
