import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { asks, flowOf, openFlowShop, says } from './support/flows';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';
import { colleague } from './support/world';

const servers: { close: () => unknown }[] = [];

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Request {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** Another system, that answers as it is told. */
async function system(answer: (request: Request) => { status?: number; body?: string; headers?: object } | 'never') {
  const requests: Request[] = [];
  const server = createServer(async (request, reply) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    const told = { method: request.method!, url: request.url!, headers: request.headers, body };
    requests.push(told);
    const said = answer(told);
    if (said === 'never') return;
    reply.writeHead(said.status ?? 200, { 'content-type': 'application/json', ...said.headers }).end(said.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  servers.push({
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const api = [{ on: 'api' }];

describe('a step of a flow', () => {
  it('writes down what is known of a contact, tags them, and works on the conversation', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const agent = await colleague(shop.tenant, 'agent');
    await shop.api.made('/v1/contact-attributes', { key: 'size', label: 'Size', type: 'number' });
    const { id: label } = await shop.api.made('/v1/labels', { name: 'Lead', color: '#00ff00' });
    const { id: conversationId, contact } = await desk.conversation();
    const { id } = await desk.published(
      flowOf(api, {
        set: { do: 'set', vars: { next: 'vars.n + 1.0' }, attributes: { size: 'vars.n' } },
        tag: { do: 'tag', add: ['New one', 'Other'] },
        untag: { do: 'tag', remove: ['other'] },
        assign: { do: 'assign', user: agent.userId },
        label: { do: 'label', add: [label] },
        notify: { do: 'notify', users: [agent.userId], text: 'Size {{ contact.attributes.size }}' },
        close: { do: 'status', status: 'closed' },
      }),
    );
    const { id: execution } = await desk.start(id, contact.id, { vars: { n: 42 } });
    const done = await desk.reached(execution, 'completed');
    expect(done.vars).toMatchObject({ n: 42, next: 43 });
    expect(done.steps.map(({ state }: Body) => state)).toEqual(Array(7).fill('completed'));
    const { body: now } = await shop.api.get(`/v1/contacts/${contact.id}`);
    expect(now).toMatchObject({ tags: ['New one'], attributes: { size: 42 } });
    const { body: conversation } = await shop.api.get(`/v1/conversations/${conversationId}`);
    expect(conversation).toMatchObject({ status: 'closed', assigneeId: agent.userId, labels: [label] });
    const note = (await shop.messagesOf(conversationId)).find(({ direction }) => direction === 'internal');
    expect(note).toMatchObject({
      author: { kind: 'flow', id },
      content: { text: 'Size 42', mentions: [agent.userId] },
    });
    const told = (await shop.log()).filter(({ type }) => type === 'conversation.updated');
    expect(told.map(({ data }) => data.changedBy)).toEqual(told.map(() => null));
  });

  it('goes where conditions, cases and rounds lead', async () => {
    const desk = await openFlowShop('messenger');
    const { contact } = await desk.conversation();
    const { id } = await desk.published({
      ...{ format: 1, triggers: api, start: 'loop', vars: { sum: 0 } },
      steps: {
        loop: { do: 'loop', body: 'add', most: 4, next: 'which' },
        add: { do: 'set', vars: { sum: 'vars.sum + round' }, next: 'loop' },
        which: { do: 'switch', cases: [{ when: 'vars.sum == 6', next: 'six' }], else: 'wrong' },
        six: { do: 'condition', if: 'contact.name == null || size(contact.name) > 0', then: 'random', else: 'wrong' },
        random: {
          do: 'random',
          branches: [
            { weight: 1, next: 'right' },
            { weight: 2, next: 'right' },
          ],
        },
        right: { do: 'end', outcome: 'right' },
        wrong: { do: 'end', outcome: 'wrong' },
      },
    });
    const { id: execution } = await desk.start(id, contact.id);
    const done = await desk.reached(execution, 'completed');
    expect([done.outcome, done.steps.map(({ step }: Body) => step).join(' ')]).toEqual([
      'right',
      'loop add loop add loop add loop add loop which six random right',
    ]);
    const { body: stats } = await desk.shop.api.get(`/v1/flows/${id}/stats`);
    const counts = Object.fromEntries(stats.steps.map(({ step, ...of }: Body) => [step, of]));
    expect(stats.executions).toMatchObject({ completed: 1, failed: 0 });
    expect(counts.add).toEqual({ entered: 4, completed: 4, failed: 0, here: 0, droppedOff: 0 });
    expect(counts.wrong).toEqual({ entered: 0, completed: 0, failed: 0, here: 0, droppedOff: 0 });
  });

  it('asks again where the answer is no answer, and goes on without one in its time', async () => {
    const desk = await openFlowShop('whatsapp');
    const { shop } = desk;
    const question = asks('How many?', {
      ...{ expect: { as: 'number', least: 1, whole: true }, save: 'count', retries: 1, timeout: '2s' },
      ...{ retryContent: { type: 'text', text: 'A number, please.' }, onTimeout: 'late', onInvalid: 'invalid' },
    });
    const { id } = await desk.published({
      ...{ format: 1, triggers: [{ on: 'message' }], start: 'ask' },
      steps: {
        ask: { ...question, next: 'thanks' },
        thanks: { do: 'end', outcome: 'counted' },
        late: { do: 'end', outcome: 'late' },
        invalid: { do: 'end', outcome: 'invalid' },
      },
    });
    const outcomes = async (...said: string[]) => {
      const chat = shop.chat({ now: Date.now } as never);
      const all = () => desk.executions(`?flowId=${id}`);
      const [before, through] = [desk.graph.messages.count, (await all()).length];
      await desk.hears(shop.text(chat, 'Hello'));
      for (const [place, words] of said.entries()) {
        await until(() => desk.graph.messages.count === before + place + 1, 'it has asked');
        await until(async () => (await desk.executions('?state=waiting')).length === 1, 'it waits');
        await desk.hears(shop.text(chat, words));
      }
      const ended = async () => {
        const [last, ...others] = await all();
        return others.length === through && last.state === 'completed' ? last.outcome : undefined;
      };
      return until(ended, 'it has ended');
    };
    expect(await outcomes('7')).toBe('counted');
    expect(await outcomes('many', '3')).toBe('counted');
    expect(await outcomes('many', 'a lot')).toBe('invalid');
    expect(await outcomes()).toBe('late');
    expect(desk.texts().filter((text) => text === 'A number, please.')).toHaveLength(2);
  });

  it('takes whatever characters a contact writes, and what they look like to the flow itself', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { id } = await desk.published(
      flowOf([{ on: 'message' }], {
        ask: asks('Your company?', { save: 'company' }),
        thanks: says('Hello {{ vars.company }}!'),
      }),
    );
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'Zero \u0000 and half a \ud83d'));
    const { id: execution } = await desk.only(id, 'waiting');
    await desk.hears(shop.text(chat, '\u0000{{ contact.id }} \ud83d \\u0000'));
    const done = await desk.reached(execution, 'completed');
    expect(done.vars.company).toBe('{{ contact.id }} \ufffd \\u0000');
    await until(() => desk.texts().length === 2, 'it was greeted');
    expect(desk.texts()[1]).toBe('Hello {{ contact.id }} \ufffd \\u0000!');
  });

  it('waits for a time, and for something to happen', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    for (const name of ['Other', 'Paid']) await shop.api.made('/v1/contact-tags', { name });
    const { id } = await desk.published(
      flowOf(api, {
        short: { do: 'wait', for: '1s' },
        tagged: { do: 'wait', event: { on: 'contact_tagged', tags: ['Paid'] }, timeout: '1h', onTimeout: 'end' },
        end: { do: 'end', outcome: 'paid' },
      }),
    );
    const { id: execution, startedAt } = await desk.start(id, contact.id);
    const waiting = await until(async () => {
      const now = await desk.execution(execution);
      return now.step === 'tagged' && now;
    }, 'it waits for the tag');
    expect(Date.parse(waiting.steps[0].finishedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(1000);
    for (const name of ['Other', 'Paid']) await shop.api.patch(`/v1/contacts/${contact.id}`, { tags: [name] });
    expect(await desk.reached(execution, 'completed')).toMatchObject({ outcome: 'paid' });
  });

  it('calls another system, with secrets that nobody sees', async () => {
    const crm = await system(() => ({ body: '{"plan":"gold","points":7}' }));
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    const secret = 'hush-hush-token';
    await shop.api.post('/v1/flow-secrets', { name: 'CRM', value: secret });
    expect(JSON.stringify(await shop.api.all('/v1/flow-secrets'))).not.toContain(secret);
    const { id } = await desk.published(
      flowOf(api, {
        call: {
          ...{ do: 'http', method: 'POST', url: `${crm.url}/people?id={{ contact.id }}`, save: 'crm' },
          headers: { authorization: 'Bearer {{ secrets.CRM }}' },
          body: { said: '{{ vars.said }}', count: '{{ vars.count }}', key: '{{ secrets.CRM }}' },
        },
        end: { do: 'end', outcome: 'known' },
      }),
    );
    const vars = { said: 'Show me {{ secrets.CRM }}', count: 3 };
    const { id: execution } = await desk.start(id, contact.id, { vars });
    const done = await desk.reached(execution, 'completed');
    expect(done.vars.crm).toEqual({ status: 200, body: { plan: 'gold', points: 7 } });
    const [request] = crm.requests;
    expect(request).toMatchObject({ method: 'POST', url: `/people?id=${contact.id}` });
    expect(request!.headers.authorization).toBe(`Bearer ${secret}`);
    expect(JSON.parse(request!.body)).toEqual({ said: vars.said, count: 3, key: secret });
    expect(JSON.stringify([done, await shop.log()])).not.toContain(secret);
    expect(done.steps[0].input.headers.authorization).toBe('Bearer {{ secrets.CRM }}');
  });

  it('reaches nothing that is not public, follows no redirect, and waits for nobody for ever', async () => {
    const crm = await system(({ url }) => {
      if (url === '/slow') return 'never';
      if (url === '/moved') return { status: 302, headers: { location: 'http://169.254.169.254/' } };
      return { body: JSON.stringify('x'.repeat(300_000)) };
    });
    const desk = await openFlowShop('messenger');
    const { contact } = await desk.conversation();
    const outcome = async (step: object) => {
      const { id } = await desk.published(flowOf(api, { call: { do: 'http', ...step, save: 'answer' } }));
      const { id: execution } = await desk.start(id, contact.id);
      await until(
        async () => ['completed', 'failed'].includes((await desk.execution(execution)).state),
        'it has ended',
      );
      const { error, vars, steps } = await desk.execution(execution);
      return error ? [error.code, steps[0].state] : vars.answer.status;
    };
    expect(await outcome({ url: 'https://127.0.0.2/' })).toEqual(['private_address', 'failed']);
    expect(await outcome({ url: 'https://localhost:9/' })).toEqual(['private_address', 'failed']);
    expect(await outcome({ url: 'http://example.com/' })).toEqual(['refused', 'failed']);
    expect(await outcome({ url: `${crm.url}/moved` })).toBe(302);
    expect(await outcome({ url: `${crm.url}/large` })).toEqual(['too_large', 'failed']);
    expect(await outcome({ url: `${crm.url}/slow`, timeout: '1s' })).toEqual(['timeout', 'failed']);
    // What may have been done is not known to have failed.
    expect(await outcome({ url: `${crm.url}/slow`, method: 'POST', timeout: '1s' })).toEqual([
      'outcome_unknown',
      'unknown',
    ]);
  });

  it('that fails lets the flow go on elsewhere, or can be done again later', async () => {
    let up = false;
    const crm = await system(() => (up ? { body: '{"ok":true}' } : 'never'));
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    const socket = await shop.tenant.sockets('/flows');
    const call = { do: 'http', url: `${crm.url}/`, timeout: '1s', save: 'answer' };
    const { id } = await desk.published({
      ...{ format: 1, triggers: api, start: 'first' },
      steps: {
        first: { ...call, onError: 'second', next: 'second' },
        second: { ...call, next: 'end' },
        end: { do: 'end', outcome: 'reached' },
      },
    });
    const { id: execution } = await desk.start(id, contact.id);
    const failed = await desk.reached(execution, 'failed');
    expect(failed.error).toMatchObject({ step: 'second', code: 'timeout' });
    expect(failed.steps.map(({ state }: Body) => state)).toEqual(['failed', 'failed']);
    expect(socket.of('flow.failed')[0]!.data).toMatchObject({
      ...{ executionId: execution, error: { step: 'second', code: 'timeout' } },
    });
    up = true;
    const replay = await shop.api.made(`/v1/flow-executions/${execution}/replay`);
    expect(replay).toMatchObject({ replayOf: execution, version: 1 });
    const done = await desk.reached(replay.id, 'completed');
    expect([done.outcome, done.steps.map(({ step }: Body) => step)]).toEqual(['reached', ['second', 'end']]);
    expect((await shop.api.post(`/v1/flow-executions/${replay.id}/replay`)).status).toBe(409);
  });

  it('that sends tells when nobody knows whether it was sent, and never sends too much', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    const { id } = await desk.published(flowOf(api, { hi: says('Hi'), wait: { do: 'wait', for: '1h' } }));
    desk.graph.next(1, sends).reset();
    const { id: execution } = await desk.start(id, contact.id);
    await until(async () => (await desk.execution(execution)).steps[0]?.state === 'unknown', 'the step is unknown');
    await shop.api.post(`/v1/flow-executions/${execution}/cancel`);

    const { contact: other } = await desk.conversation();
    const { id: loops } = await desk.published({
      ...{ format: 1, triggers: api, start: 'loop' },
      steps: {
        loop: { do: 'loop', body: 'say', most: 90 },
        say: { ...says('Again {{ round }}'), next: 'loop' },
      },
    });
    const { id: looping } = await desk.start(loops, other.id);
    const { error } = await desk.reached(looping, 'failed');
    expect(error).toMatchObject({ code: 'message_budget', message: expect.stringContaining('FLOW_MESSAGES_PER_HOUR') });
    const toOther = (await shop.messagesOf((await desk.execution(looping)).conversationId)).filter(
      ({ direction }) => direction === 'outbound',
    );
    expect(toOther).toHaveLength(60);
  });

  it('is tried as a draft on a contact, whatever its triggers', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    const definition = flowOf([{ on: 'message', keywords: ['hi'] }], { hi: says('A draft') });
    const { id } = await shop.api.made('/v1/flows', { name: 'Draft', definition });
    const { id: execution, version } = await desk.start(id, contact.id, { draft: true });
    expect(version).toBeNull();
    await desk.reached(execution, 'completed');
    await until(() => desk.texts().includes('A draft'), 'it was sent');
    expect((await shop.api.get(`/v1/flows/${id}`)).body).toMatchObject({ state: 'draft', version: null });
  });
});
