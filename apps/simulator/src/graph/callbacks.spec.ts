import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { messengerChat, whatsappChat } from '../cast';
import * as messenger from '../forms/messenger';
import * as whatsapp from '../forms/whatsapp';
import { sign } from '../signature';
import type { CallbackOptions, PlannedCallback } from './callbacks';
import { Bench, customer, ids, igsid, psid, text } from './graph.fixture';

const secret = 'webhook secret';

/** Takes webhooks that are rightly signed. */
class Receiver {
  // biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
  readonly bodies: any[] = [];
  refuse = 0;
  readonly #server: Server;

  constructor() {
    this.#server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const bytes = Buffer.concat(chunks);
      const signed = request.headers['x-hub-signature-256'] === sign(bytes, secret);
      if (signed && this.refuse-- <= 0) this.bodies.push(JSON.parse(bytes.toString()));
      response.writeHead(signed && this.refuse < 0 ? 200 : 503).end();
    });
  }

  async open(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/webhooks/meta`;
  }

  close(): Promise<void> {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }

  get statuses() {
    return this.bodies.flatMap(({ entry }) =>
      entry.flatMap((one: Entry) => one.changes.flatMap(({ value }) => value.statuses)),
    );
  }

  get messaging() {
    return this.bodies.flatMap(({ entry }) => entry.flatMap(({ messaging }: { messaging: object[] }) => messaging));
  }
}

interface Entry {
  changes: { value: { statuses: object[] } }[];
}

describe('webhooks about what was sent', () => {
  let bench: Bench;
  let receiver: Receiver;
  let url: string;
  beforeEach(async () => {
    bench = new Bench();
    receiver = new Receiver();
    url = await receiver.open();
    bench.number();
    bench.page();
    bench.instagram();
    await bench.graph.listen();
  });
  afterEach(async () => {
    await bench.graph.close();
    await receiver.close();
  });

  const quick = { sentAfterMs: 0, deliveredAfterMs: 25, readAfterMs: 50, retryBaseMs: 5, connections: 1 };
  const tells = (options: Partial<CallbackOptions> = {}) => bench.graph.tells({ url, secret, ...quick, ...options });
  const settled = () => bench.graph.callbacks?.settled();
  const names = () => receiver.statuses.map(({ status }) => status);

  async function send(): Promise<string> {
    bench.whatsappMessage();
    const { body } = await bench.send({ ...text('Hello'), biz_opaque_callback_data: 'order-7' });
    return body.messages[0].id;
  }

  it('say how far a WhatsApp message has come, with its callback data', async () => {
    tells();
    const id = await send();
    await settled();

    expect(names()).toEqual(['sent', 'delivered', 'read']);
    for (const status of receiver.statuses) {
      expect(status).toMatchObject({ id, recipient_id: customer.waId, biz_opaque_callback_data: 'order-7' });
    }
    expect(bench.graph.callbacks?.told.acknowledgedCount).toBe(3);
  });

  it('come for a message whose answer was withheld', async () => {
    tells();
    bench.whatsappMessage();
    bench.graph.next(1).break();
    await fetch(`${bench.graph.url}/${ids.number}/messages`, {
      method: 'POST',
      headers: { authorization: 'Bearer EAAwhatsapp', 'content-type': 'application/json' },
      body: JSON.stringify({
        messaging_product: 'whatsapp',
        to: customer.waId,
        ...text('x'),
        biz_opaque_callback_data: 'a',
      }),
    });
    await settled();

    expect(receiver.statuses[0]).toMatchObject({ status: 'sent', biz_opaque_callback_data: 'a' });
  });

  it('come twice', async () => {
    tells({ twice: 1 });
    await send();
    await settled();

    expect(names().sort()).toEqual(['delivered', 'delivered', 'read', 'read', 'sent', 'sent']);
  });

  it('come in reverse', async () => {
    tells({ disorder: 1 });
    await send();
    await settled();

    expect(names()).toEqual(['read', 'delivered', 'sent']);
  });

  it('come never', async () => {
    tells({ never: 1 });
    await send();
    await settled();

    expect(names()).toEqual([]);
  });

  it('come late', async () => {
    tells({ lateMs: 40, deliveredAfterMs: false, readAfterMs: false });
    await Promise.all([send(), send(), send(), send()]);
    await settled();

    expect(names()).toEqual(['sent', 'sent', 'sent', 'sent']);
  });

  it('come again until they are taken', async () => {
    receiver.refuse = 2;
    tells({ deliveredAfterMs: false, readAfterMs: false });
    await send();
    await settled();

    expect(names()).toEqual(['sent']);
  });

  it('share a POST where asked to', async () => {
    const chat = whatsappChat({ account: { id: ids.number, businessAccountId: ids.business } });
    const items = Array.from({ length: 25 }, (_, index) => whatsapp.status(chat, `wamid.${index}`, 'sent'));
    tells({ batch: 10 }).post(items);
    await settled();

    expect(receiver.bodies).toHaveLength(3);
    expect(names()).toHaveLength(25);
  });

  it('come beside what customers write, who can be answered then', async () => {
    tells({ plan: () => [] });
    const chat = messengerChat({ now: bench.clock.now, account: { id: ids.page } });
    bench.graph.says(messenger.text(chat, 'Is it open?'));
    await settled();

    expect(receiver.messaging).toMatchObject([{ message: { text: 'Is it open?' } }]);
    expect((await bench.pageSend({ recipient: { id: chat.customer.id }, message: { text: 'Yes' } })).status).toBe(200);
  });

  it('follow a plan of the test’s own', async () => {
    const failed: PlannedCallback = {
      ...{ tells: 'failed', afterMs: 0, copies: 2 },
      error: { code: 131049, title: 'Not delivered', details: 'Healthy ecosystem' },
    };
    tells({ plan: () => [failed] });
    await send();
    await settled();

    expect(receiver.statuses).toHaveLength(2);
    expect(receiver.statuses[0]).toMatchObject({ status: 'failed', errors: [{ code: 131049 }] });
  });

  it('are told when the test says so', async () => {
    tells({ plan: () => [] });
    const id = await send();
    bench.graph.tell(bench.graph.messages.get(id) as never, { tells: 'played' });
    await settled();

    expect(names()).toEqual(['played']);
  });

  it('do not follow a message that quality holds back', async () => {
    tells();
    bench.number({ templates: [{ name: 'held', held: true }] });
    await bench.send({ type: 'template', template: { name: 'held', language: { code: 'en_US' } } });
    await settled();

    expect(names()).toEqual([]);
  });

  it('bring the error where a number answers first and fails later', async () => {
    tells();
    bench.number({ recipientErrors: 'by_status' });
    const { status, body } = await bench.send({ ...text('Hello'), biz_opaque_callback_data: 'a' });
    await settled();

    expect(status).toBe(200);
    expect(receiver.statuses).toMatchObject([
      { id: body.messages[0].id, status: 'failed', errors: [{ code: 131047 }], biz_opaque_callback_data: 'a' },
    ]);
    expect(bench.graph.messages.count).toBe(0);
  });

  it('name a user by the id alone where the number is not known', async () => {
    tells({ deliveredAfterMs: false, readAfterMs: false });
    bench.number({ windows: 'open' });
    await bench.send(text('hi'), 'DE.123456');
    await settled();

    expect(receiver.statuses[0]).toMatchObject({ recipient_user_id: 'DE.123456' });
    expect(receiver.statuses[0]).not.toHaveProperty('recipient_id');
  });

  it('echo what a page sent, with app and metadata, then its delivery and reading', async () => {
    tells();
    bench.pageMessage();
    const { body } = await bench.pageSend({ recipient: { id: psid }, message: { text: 'Hi', metadata: 'send-1' } });
    await settled();

    const [echo, delivery, read] = receiver.messaging;
    expect(echo).toMatchObject({
      ...{ sender: { id: ids.page }, recipient: { id: psid } },
      message: { mid: body.message_id, text: 'Hi', is_echo: true, app_id: 1_088_123_456_789_012, metadata: 'send-1' },
    });
    expect(delivery).toMatchObject({ delivery: { mids: [body.message_id], watermark: bench.clock.at } });
    expect(read).toMatchObject({ sender: { id: psid }, read: { watermark: bench.clock.at } });
  });

  it('echo attachments as attachments', async () => {
    tells({ deliveredAfterMs: false, readAfterMs: false });
    bench.pageMessage();
    const payload = { url: 'https://example.org/a.jpg' };
    await bench.pageSend({ recipient: { id: psid }, message: { attachment: { type: 'image', payload } } });
    await settled();

    const [{ message }] = receiver.messaging;
    expect(message).toMatchObject({ is_echo: true, attachments: [{ type: 'image', payload }] });
    expect(message).not.toHaveProperty('text');
  });

  it('echo what an Instagram account sent, and tell that it was seen', async () => {
    tells();
    bench.instagramMessage();
    const { body } = await bench.instagramSend({ recipient: { id: igsid }, message: { text: 'Ciao' } });
    await settled();

    expect(receiver.messaging).toMatchObject([
      { sender: { id: ids.instagram }, message: { mid: body.message_id, text: 'Ciao', is_echo: true } },
      { sender: { id: igsid }, read: { mid: body.message_id } },
    ]);
  });
});
