import * as instagram from '../forms/instagram';
import * as messenger from '../forms/messenger';
import * as whatsapp from '../forms/whatsapp';
import type { InstagramChat, MessengerChat, SimulatedItem, WhatsAppChat } from '../item';
import type { Inbox } from './messaging/inbox';
import type { SentMessage } from './sent-messages';
import type { WhatsAppNumber } from './whatsapp/number';
import type { World } from './world';

/** `echo` is Messenger's and Instagram's, the rest WhatsApp's; `delivered` and `read` are all's, but Instagram tells no delivery. */
export type Told = 'sent' | 'delivered' | 'read' | 'played' | 'failed' | 'echo';

export interface Failure {
  code: number;
  title: string;
  details: string;
}

/** What a webhook speaks of: a message that went out, or one that Meta accepted in vain. */
export type Subject = Pick<SentMessage, 'id' | 'platform' | 'accountId' | 'recipient' | 'callbackData'> &
  Partial<Pick<SentMessage, 'at' | 'appId' | 'metadata'>>;

/** The webhook item that tells it; undefined where the platform has none for it. */
export function itemOf(world: World, subject: Subject, tells: Told, error?: Failure): SimulatedItem | undefined {
  if (subject.platform === 'whatsapp') {
    const number = world.numbers.get(subject.accountId);
    if (number === undefined || tells === 'echo') return undefined;
    const options = { callbackData: subject.callbackData, error };
    return whatsapp.status(whatsappChatOf(world, number, subject.recipient), subject.id, tells, options);
  }
  const inbox = world.inboxes.get(subject.accountId);
  const node = world.nodes.get(subject.id);
  // Reactions and answers to comments have no echo.
  if (inbox === undefined || node?.kind !== 'message') return undefined;
  if (inbox.platform === 'messenger') return messengerItem(world, inbox, subject, tells, node.message);
  return instagramItem(world, inbox, subject, tells, node.message);
}

const someone = { name: 'Customer', language: 'en' };

function whatsappChatOf(world: World, number: WhatsAppNumber, recipient: string): WhatsAppChat {
  const known = number.findCustomer(recipient);
  const isPhone = /^\d+$/.test(recipient);
  const waId = isPhone ? recipient : known?.waId;
  const userId = isPhone ? known?.userId : recipient;
  return {
    account: number.account,
    customer: {
      platform: 'whatsapp',
      ...someone,
      waId: waId ?? '',
      ...(userId === undefined ? {} : { userId }),
      phone: waId === undefined ? 'hidden' : 'shown',
    },
    random: world.random,
    now: world.now,
  };
}

interface Said {
  text?: string;
  attachments: Record<string, unknown>[];
  at: number;
}

function messengerItem(
  world: World,
  inbox: Inbox,
  subject: Subject,
  tells: Told,
  said: Said,
): SimulatedItem | undefined {
  const chat: MessengerChat = {
    account: { platform: 'messenger', id: inbox.id },
    customer: { platform: 'messenger', ...someone, id: subject.recipient },
    random: world.random,
    now: world.now,
  };
  const { id, appId, metadata } = subject;
  if (tells === 'echo')
    return withContent(messenger.echo(chat, said.text ?? '', { id, at: said.at, appId, metadata }), said);
  if (tells === 'delivered') return messenger.delivered(chat, said.at, [id]);
  return tells === 'read' ? messenger.read(chat, said.at) : undefined;
}

function instagramItem(
  world: World,
  inbox: Inbox,
  subject: Subject,
  tells: Told,
  said: Said,
): SimulatedItem | undefined {
  const chat: InstagramChat = {
    account: { platform: 'instagram', id: inbox.id },
    customer: { platform: 'instagram', ...someone, id: subject.recipient, username: '' },
    random: world.random,
    now: world.now,
  };
  if (tells === 'echo')
    return withContent(instagram.echo(chat, said.text ?? '', { id: subject.id, at: said.at }), said);
  return tells === 'read' ? instagram.seen(chat, subject.id) : undefined;
}

/** The forms' echoes are texts; one of an attachment has that in its place. */
function withContent(item: SimulatedItem, { text, attachments }: Said): SimulatedItem {
  const [first] = attachments;
  if (first === undefined) return item;
  const { text: _, ...message } = item.element.message as Record<string, unknown>;
  const told = attachments.map(({ type, payload }) => ({ type, payload: payload ?? null }));
  return {
    ...item,
    effect: { kind: 'message', direction: 'outbound', type: String(first.type), text },
    element: { ...item.element, message: { ...message, attachments: told } },
  };
}
