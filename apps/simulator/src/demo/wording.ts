import type { ContactSummary, EventEnvelope, MessageView } from '@switchboard/contracts';

/** An event in a few words. */
export interface Words {
  platform: string;
  /** Empty where the event is of nobody. */
  who: string;
  what: string;
}

const platforms: Record<string, string> = { whatsapp: 'WhatsApp', messenger: 'Messenger', instagram: 'Instagram' };
const nameOf = (platform: string | null | undefined): string => platforms[platform ?? ''] ?? '';

interface Said {
  text?: string;
  attachments?: { type?: string; caption?: string; filename?: string; title?: string }[];
  reply?: { title?: string };
}

/** Words for events, with the names that earlier events have told: an event about a known conversation brings its id only. */
export class Wording {
  readonly #names = new Map<string, string>();

  words({ type, data }: EventEnvelope): Words {
    if ('conversation' in data && 'contact' in data.conversation)
      this.#names.set(data.conversation.id, personOf(data.conversation.contact));
    if ('message' in data && data.message) {
      const { platform, conversationId, type: kind, content } = data.message;
      return { platform: nameOf(platform), who: this.#who(conversationId), what: said(kind, content as Said) };
    }
    if ('conversation' in data) {
      const { platform, id } = data.conversation;
      return { platform: nameOf(platform), who: this.#who(id), what: '' };
    }
    if ('itemId' in data) return received(data);
    if ('byPlatform' in data) {
      const each = Object.entries(data.byPlatform).map(([platform, count]) => `${nameOf(platform)} ${count}`);
      return { platform: '', who: '', what: `${data.total} unread${each.length > 0 ? `: ${each.join(', ')}` : ''}` };
    }
    const who = 'conversationId' in data ? this.#who(data.conversationId) : '';
    if ('changed' in data) return { platform: nameOf(data.platform), who, what: state(data) };
    if ('emoji' in data) return { platform: '', who, what: data.emoji ?? 'took the reaction back' };
    if ('by' in data) return { platform: '', who, what: `deleted by the ${data.by}` };
    return { platform: '', who, what: type };
  }

  #who(conversationId: string | null): string {
    return (conversationId && this.#names.get(conversationId)) || 'somebody';
  }
}

/** Messenger and Instagram tell no name in their webhooks. */
const personOf = ({ id, name, username, phone }: ContactSummary): string =>
  name ?? username ?? phone ?? `customer ${id.slice(-4)}`;

function said(kind: MessageView['type'], { text, attachments, reply }: Said): string {
  const [first] = attachments ?? [];
  const words = text ?? reply?.title ?? first?.caption ?? first?.filename ?? first?.title;
  if (kind === 'text' && words !== undefined) return words;
  return words === undefined ? `[${kind}]` : `[${kind}] ${words}`;
}

const toldElsewhere = new Set(['messages', 'message_echoes']);

function received(data: Record<string, unknown>): Words {
  const { platform, field, sender, content, reason } = data as {
    platform: string | null;
    field: string;
    sender?: { id: string; username?: string } | null;
    content?: { text?: unknown } | null;
    reason?: string;
  };
  // What was said in a message is told by the event of the message; a comment is told here only.
  const text = toldElsewhere.has(field) || typeof content?.text !== 'string' ? '' : ` ${content.text}`;
  return { platform: nameOf(platform), who: sender?.username ?? sender?.id ?? '', what: reason ?? `${field}${text}` };
}

function state(data: {
  changed: number;
  watermark: string | null;
  errors?: { title?: string; message?: string }[];
}): string {
  const [error] = data.errors ?? [];
  if (error) return error.title ?? error.message ?? 'failed';
  const upTo = data.watermark === null ? '' : ` (all up to ${new Date(data.watermark).toTimeString().slice(0, 8)})`;
  return `${data.changed} message${data.changed === 1 ? '' : 's'}${upTo}`;
}
