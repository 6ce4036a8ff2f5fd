import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instagram, messenger, type Platform, type SimulatedItem, whatsapp } from '@switchboard/simulator';
import type { Answer } from '../../support/api-client';
import { until } from '../../support/until';
import { openSendingShop, type SendingOptions, type SendingShop } from './sending-shop';
import type { Body } from './shop';

/** The smallest PNG, with bytes behind its end to tell one from another. */
export const png = (mark = ''): Buffer =>
  Buffer.concat([
    Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
    Buffer.from(mark),
  ]);

export interface MediaShop extends SendingShop {
  /** A customer sends a file that Meta keeps. */
  receivesFile: (
    bytes: Buffer,
    more?: { mimeType?: string; change?: (body: Body) => object },
  ) => Promise<SimulatedItem>;
  /** A customer sends a file that lies anywhere. */
  receivesUrl: (url: string) => Promise<SimulatedItem>;
  /** The attachment's media of the only message of the latest conversation, once it has this status. */
  shown: (status: 'stored' | 'failed') => Promise<Body>;
}

const forms = { messenger, instagram };

export async function openMediaShop(
  platform: Platform,
  options: SendingOptions = { callbacks: false },
): Promise<MediaShop> {
  const desk = await openSendingShop(platform, options);
  const { shop, graph } = desk;
  const number = platform === 'whatsapp' ? (desk as SendingShop<'whatsapp'>).account : undefined;
  const chat = () => shop.chat({ now: Date.now } as never) as never;
  const receive = async (item: SimulatedItem) => {
    graph.hears(item);
    await shop.receives(item);
    return item;
  };
  const byUrl = (url: string): SimulatedItem => {
    if (platform !== 'whatsapp') return forms[platform].attachment(chat(), 'image', { url });
    const body = { id: '1234', mime_type: 'image/png', url };
    return whatsapp.message(chat(), { kind: 'image', type: 'image', body });
  };
  return {
    ...desk,
    receivesUrl: (url) => receive(byUrl(url)),
    receivesFile: (bytes, { mimeType = 'image/png', change = (body: Body) => body } = {}) => {
      if (platform !== 'whatsapp') return receive(byUrl(graph.cdn({ bytes, mimeType })));
      const content = graph.inboundMedia(number!, 'image', { bytes, mimeType });
      return receive(whatsapp.message(chat(), { ...content, body: change(content.body) as never }));
    },
    shown: (status) =>
      until(async () => {
        const [conversation] = await shop.conversations();
        const messages = conversation ? await shop.messagesOf(conversation.id) : [];
        const media = messages.at(-1)?.content.attachments?.[0]?.media;
        return media?.status === status && media;
      }, `the file of the last message is ${status}`),
  };
}

/** A server that is not Meta: it hands out what a test tells it to, and remembers who asked. */
export class Host {
  readonly requests: IncomingMessage[] = [];
  private readonly server: Server;

  constructor(answer: (response: ServerResponse, request: IncomingMessage) => void) {
    this.server = createServer((request, response) => {
      this.requests.push(request);
      answer(response, request);
    });
  }

  /** Its port, on every address of this machine. */
  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, resolve));
    return (this.server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Uploads a file as a browser's form does. */
export async function upload(
  { url, token }: { url: string; token?: string },
  bytes: Buffer,
  { type = 'image/png', name = 'photo.png' } = {},
): Promise<Answer> {
  const form = new FormData();
  form.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const headers: Record<string, string> = token ? { authorization: `Bearer ${token}` } : {};
  const response = await fetch(`${url}/v1/media`, { method: 'POST', headers, body: form });
  return { status: response.status, body: await response.json() };
}
