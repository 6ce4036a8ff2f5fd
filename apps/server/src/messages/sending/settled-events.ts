import type { NewEvent } from '@switchboard/events';
import { conversationAudience } from '../intake/channel-item';
import { eventOf } from '../message-status';
import { conversationSummary, messageView } from '../message-views';
import type { EchoOfOurs, SettledMessage } from './outcomes.repository';

const at = ({ message }: SettledMessage): Pick<NewEvent, 'workspaceId' | 'audience'> => ({
  workspaceId: message.workspaceId,
  audience: conversationAudience(message),
});

function sentEvent(view: SettledMessage): NewEvent {
  const { message, conversation, contact } = view;
  return {
    ...at(view),
    type: 'message.sent',
    data: {
      message: messageView({ ...message, status: 'sent', error: null }, message.platform),
      conversation: conversationSummary(conversation, contact),
    },
  };
}

/** Meta has taken it, and has told more already. */
export function acceptedEvents(view: SettledMessage): NewEvent[] {
  return view.message.status === 'sent' ? [sentEvent(view)] : [sentEvent(view), stateEvent(view)];
}

/** The state that it is in now. */
export function stateEvent(view: SettledMessage): NewEvent {
  const { message } = view;
  return {
    ...at(view),
    type: message.status === 'unknown' ? 'message.unknown' : eventOf(message.status),
    data: {
      conversationId: message.conversationId,
      channelId: message.channelId,
      contactId: message.contactId,
      platform: message.platform,
      status: message.status,
      at: new Date().toISOString(),
      messageIds: [message.id],
      changed: 1,
      watermark: null,
      ...(message.error ? { errors: [message.error] } : {}),
    },
  };
}

/** The echo had been shown as a message of its own. */
export function echoGone(echo: EchoOfOurs): NewEvent {
  return {
    type: 'message.deleted',
    workspaceId: echo.workspaceId,
    audience: conversationAudience(echo),
    data: {
      messageId: echo.messageId,
      platformMessageId: echo.platformMessageId,
      conversationId: echo.conversationId,
      channelId: echo.channelId,
      by: 'business',
      deletedAt: new Date().toISOString(),
    },
  };
}
