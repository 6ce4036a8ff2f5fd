import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instagram, type Platform } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type FlowShop, flowOf, openFlowShop, says } from './support/flows';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';

const servers: (() => void)[] = [];

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(() => {
  for (const close of servers.splice(0)) close();
});

/** Another system; `undefined` leaves whoever asks without an answer. */
async function system(answer: (request: IncomingMessage) => string | undefined) {
  const seen: string[] = [];
  const server = createServer((request, reply) => {
    seen.push(request.url!);
    const body = answer(request);
    if (body !== undefined) reply.writeHead(200, { 'content-type': 'application/json' }).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

const api = [{ on: 'api' }];
const end = { end: { do: 'end' } };
const customer = <P extends Platform>({ shop }: FlowShop<P>) => shop.chat({ now: Date.now } as never);

describe('what nobody would write', () => {
  it('in a comment, a NUL or half a character, begins its flow as any other, and holds up nobody', async () => {
    const [odd, plain] = await Promise.all([openFlowShop('instagram'), openFlowShop('messenger')]);
    const { id } = await odd.published(flowOf([{ on: 'comment' }], end));
    const { id: other } = await plain.published(flowOf([{ on: 'message' }], end));
    await odd.hears(instagram.comment(customer(odd), 'a\u0000b\ud800', {}));
    expect((await odd.only(id, 'completed')).trigger.text).toMatch(/^a.?b/);
    await plain.hears(plain.shop.text(customer(plain), 'Hello'));
    await plain.only(other, 'completed');
  });

  it('in what a flow begins with, neither stops it nor what else the workspace hears', async () => {
    const desk = await openFlowShop('messenger');
    const { id } = await desk.published(
      flowOf([{ on: 'message', keywords: ['odd'] }, { on: 'api' }], end, { vars: { odd: 'a\u0000b\ud800' } }),
    );
    await desk.hears(desk.shop.text(customer(desk), 'Odd'));
    await desk.only(id, 'completed');
    const { contact } = await desk.conversation();
    const { id: started } = await desk.start(id, contact.id, { vars: { more: 'c\u0000d\udc00', deep: [['\u0000']] } });
    expect((await desk.reached(started, 'completed')).vars.more).toMatch(/^c/);
  });

  it('in what another system answers, however long or deep, goes on in the flow and stands in its history', async () => {
    const answers: Record<string, string> = {
      '/nul': '{"a":"x\\u0000y","b":"\\ud800"}',
      '/even': JSON.stringify('😀'.repeat(9_000)),
      '/odd': JSON.stringify(`.${'😀'.repeat(9_000)}`),
      '/deep': '['.repeat(60_000) + ']'.repeat(60_000),
    };
    const { url } = await system(({ url: path }) => answers[path!]);
    const desk = await openFlowShop('messenger');
    const { contact } = await desk.conversation();
    const steps = Object.fromEntries(
      Object.keys(answers).map((path) => [
        path.slice(1),
        { do: 'http', url: `${url}${path}`, ...(path === '/deep' ? {} : { save: path.slice(1) }) },
      ]),
    );
    const { id } = await desk.published(flowOf(api, steps));
    const { id: execution } = await desk.start(id, contact.id);
    const done = await until(async () => {
      const now = await desk.execution(execution);
      return now.finishedAt && now;
    }, 'it has ended');
    expect([done.error, done.steps.map(({ state }: Body) => state)]).toEqual([null, Array(4).fill('completed')]);
    expect([...done.vars.even.body]).toHaveLength(9_000);
  });
});

describe('flows that start each other', () => {
  it('by what they do to a contact come to an end', async () => {
    const desk = await openFlowShop('messenger');
    const { api: rest } = desk.shop;
    for (const name of ['A', 'B']) await rest.made('/v1/contact-tags', { name });
    const swap = (on: string, off: string) =>
      flowOf([{ on: 'contact_tagged', tags: [on] }], {
        off: { do: 'tag', remove: [on] },
        on: { do: 'tag', add: [off] },
      });
    await desk.published(swap('A', 'B'), 'A');
    await desk.published(swap('B', 'A'), 'B');
    const { id: heard } = await desk.published(flowOf([{ on: 'message', keywords: ['later'] }], end));
    const { contact } = await desk.conversation();
    await rest.patch(`/v1/contacts/${contact.id}`, { tags: ['A'] });
    const fed = () => desk.executions(`?contactId=${contact.id}`);
    await until(async () => (await fed()).filter(({ finishedAt }) => finishedAt).length >= 40, 'both have run');
    // What they told last has been heard once something later has.
    await desk.hears(desk.shop.text(customer(desk), 'Later'));
    await desk.only(heard, 'completed');
    expect(await fed()).toHaveLength(40);
  });

  it('by calls within loops do no more together than one may do alone', async () => {
    const desk = await openFlowShop('messenger');
    const { contact } = await desk.conversation();
    const called = [{ on: 'flow' }];
    const calling = (flow: string) => ({
      loop: { do: 'loop', body: 'call', most: 90, next: null },
      call: { do: 'call', flow, next: 'loop' },
    });
    const { id: least } = await desk.published(flowOf(called, end), 'Least');
    const { id: middle } = await desk.published(flowOf(called, calling(least)), 'Middle');
    const { id } = await desk.published(flowOf(api, calling(middle)), 'Most');
    const { id: execution } = await desk.start(id, contact.id);
    expect((await desk.reached(execution, 'failed')).error).toMatchObject({
      code: 'called_flow_failed',
      message: expect.stringContaining('steps were done without waiting'),
    });
    expect((await desk.executions()).length).toBeLessThan(100);
  });
});

describe('a contact who is in a flow that they begin anew', () => {
  it('stays in it where they may not yet be taken in again', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const wait = { wait: { do: 'wait', event: { on: 'conversation_closed' }, timeout: '1h' } };
    const { id } = await desk.published(flowOf([{ on: 'message' }], wait, { whenRunning: 'restart', again: '1h' }));
    const { id: seen } = await desk.published(flowOf([{ on: 'message', keywords: ['seen'] }], end));
    const chat = customer(desk);
    await desk.hears(shop.text(chat, 'Hello'));
    const { id: first } = await desk.only(id, 'waiting');
    await desk.hears(shop.text(chat, 'Hello?'));
    await desk.hears(shop.text(chat, 'Seen'));
    await desk.only(seen, 'completed');
    expect((await desk.only(id, 'waiting')).id).toBe(first);
  });
});

describe('a flow that answers comments', () => {
  it('answers nobody more often than it may write to a contact, be they one or not', async () => {
    const desk = await openFlowShop('instagram');
    const { shop } = desk;
    const { id } = await desk.published(
      flowOf([{ on: 'comment' }], {
        loop: { do: 'loop', body: 'say', most: 90, next: null },
        say: { ...says('Again {{ round }}', { replyToComment: 'public' }), next: 'loop' },
      }),
    );
    const chat = customer(desk);
    const item = instagram.comment(chat, 'Hello', {});
    desk.graph.comment(desk.account, {
      ...{ id: item.messageId!, text: 'Hello', from: { id: chat.customer.id }, at: Date.now(), objectId: '1' },
    });
    await desk.hears(item);
    const failed = await desk.only(id, 'failed');
    expect([failed.contactId, failed.error.code]).toEqual([null, 'message_budget']);
    expect(desk.texts()).toHaveLength(60);
    expect(await shop.conversations()).toEqual([]);
  });
});

describe('a request', () => {
  it('keeps its secrets where they are told back, and its path whatever an answer says', async () => {
    const { url, seen } = await system(({ url: path, headers }) =>
      JSON.stringify({ error: `no such key: ${headers.authorization}`, [headers.authorization!]: [path] }),
    );
    const desk = await openFlowShop('messenger');
    const { api: rest } = desk.shop;
    const secret = 'sk/live 4242';
    await rest.post('/v1/flow-secrets', { name: 'KEY', value: secret });
    const { contact } = await desk.conversation();
    const { id } = await desk.published(
      flowOf(api, {
        told: {
          ...{ do: 'http', url: `${url}/people/{{ vars.name }}/delete?key={{ secrets.KEY }}`, save: 'told' },
          headers: { authorization: '{{ secrets.KEY }}' },
        },
      }),
    );
    const { id: plain } = await desk.start(id, contact.id, { vars: { name: 'a/../b' } });
    const done = await desk.reached(plain, 'completed');
    expect(done.vars.told.body.error).toBe('no such key: {{ secrets.KEY }}');
    expect(JSON.stringify([done, await desk.shop.log()])).not.toMatch(/4242/);
    const { id: up } = await desk.start(id, contact.id, { vars: { name: '..' } });
    expect((await desk.reached(up, 'failed')).error.code).toBe('expression');
    expect(seen).toEqual([`/people/a%2F..%2Fb/delete?key=${encodeURIComponent(secret)}`]);
  });
});
