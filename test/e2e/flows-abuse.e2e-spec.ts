import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instagram, type Platform } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type FlowShop, flowOf, openFlowShop } from './support/flows';
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
