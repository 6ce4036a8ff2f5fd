import { instagramChat, messengerChat, whatsappChat } from '../cast';
import * as instagram from '../forms/instagram';
import * as messenger from '../forms/messenger';
import * as whatsapp from '../forms/whatsapp';
import type { Fields } from './check';
import { type GraphOptions, GraphSimulator } from './graph';
import type { InstagramSetup, PageSetup } from './messaging/inbox';
import type { WhatsAppSetup } from './whatsapp/number';

export const ids = {
  number: '106540352242922',
  business: '102290129340398',
  page: '349489628480201',
  instagram: '17841452691600098',
};
export const tokens = { whatsapp: 'EAAwhatsapp', page: 'EAApage', instagram: 'IGAAinstagram' };

/** 1 October 2026, 09:00 UTC; tests move it. */
export class Clock {
  at = Date.UTC(2026, 9, 1, 9);
  readonly now = () => this.at;
  pass(ms: number): void {
    this.at += ms;
  }
}

export const hours = (count: number) => count * 3_600_000;

export interface Reply {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
  body: any;
}

/** A simulator on a port of its own with a client that calls it. */
export class Bench {
  readonly clock = new Clock();
  readonly graph: GraphSimulator;

  constructor(options: GraphOptions = {}) {
    this.graph = new GraphSimulator({ now: this.clock.now, ...options });
  }

  number(setup: Partial<WhatsAppSetup> = {}) {
    const { number: phoneNumberId, business: businessAccountId } = ids;
    return this.graph.whatsapp({ phoneNumberId, businessAccountId, token: tokens.whatsapp, ...setup });
  }

  page(setup: Partial<PageSetup> = {}) {
    return this.graph.page({ id: ids.page, token: tokens.page, conversationsPerSecond: 100, ...setup });
  }

  instagram(setup: Partial<InstagramSetup> = {}) {
    const defaults = {
      id: ids.instagram,
      token: tokens.instagram,
      login: 'instagram',
      conversationsPerSecond: 100,
    } as const;
    return this.graph.instagram({ ...defaults, ...setup });
  }

  async call(method: string, path: string, token: string | undefined, body?: unknown): Promise<Reply> {
    const response = await fetch(`${this.graph.url}/v26.0/${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined || body instanceof FormData ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined || body instanceof FormData ? body : JSON.stringify(body),
    });
    return { status: response.status, headers: response.headers, body: await response.json() };
  }

  get(path: string, token: string | undefined = tokens.whatsapp): Promise<Reply> {
    return this.call('GET', path, token);
  }

  /** A WhatsApp message to `customer`. */
  send(content: Fields, to = customer.waId): Promise<Reply> {
    const body = { messaging_product: 'whatsapp', to, ...content };
    return this.call('POST', `${ids.number}/messages`, tokens.whatsapp, body);
  }

  /** A message of the page. */
  pageSend(body: Fields): Promise<Reply> {
    return this.call('POST', `${ids.page}/messages`, tokens.page, body);
  }

  /** A message of the Instagram account. */
  instagramSend(body: Fields): Promise<Reply> {
    return this.call('POST', 'me/messages', tokens.instagram, body);
  }

  /** A WhatsApp customer who writes now; their message. */
  whatsappMessage(text = 'Hello', who: Partial<typeof customer> = {}) {
    const { number: id, business: businessAccountId } = ids;
    const chat = whatsappChat({
      now: this.clock.now,
      account: { id, businessAccountId },
      customer: { ...customer, ...who },
    });
    const item = whatsapp.text(chat, text, { id: `wamid.${text}${chat.customer.waId}` });
    this.graph.hears(item);
    return item;
  }

  /** A Messenger customer who writes now. */
  pageMessage(text = 'Hello', id = psid) {
    const chat = messengerChat({ now: this.clock.now, account: { id: ids.page }, customer: { id } });
    const item = messenger.text(chat, text, { id: `m_${text}${id}` });
    this.graph.hears(item);
    return item;
  }

  /** An Instagram customer who writes now. */
  instagramMessage(text = 'Hello', id = igsid) {
    const chat = instagramChat({ now: this.clock.now, account: { id: ids.instagram }, customer: { id } });
    const item = instagram.text(chat, text, { id: `aWdf${text}${id}` });
    this.graph.hears(item);
    return item;
  }
}

export const customer = { waId: '4917612345678', phone: 'shown' as const };
export const psid = '8012345678901234';
export const igsid = '5614879045272581';
export const text = (body: string): Fields => ({ type: 'text', text: { body } });

/** What an error must be: `[status, code, subcode]`. */
export const refusal = ({ status, body }: Reply) => [status, body.error?.code, body.error?.error_subcode];
