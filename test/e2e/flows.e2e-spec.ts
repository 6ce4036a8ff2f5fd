import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { asks, flowOf, openFlowShop, says } from './support/flows';
import { closeGraphs } from './support/sending-shop';
import { openShop } from './support/shop';
import { colleague, limitedColleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const lead = flowOf([{ on: 'message', keywords: ['quote'] }], {
  hello: says('Hello {{ contact.first_name | there }}!'),
  name: asks('What is your company called?', { expect: { as: 'text', least: 2 }, save: 'company' }),
  thanks: says('Thank you, {{ vars.company }}.'),
  end: { do: 'end', outcome: 'lead' },
});

describe('a flow', () => {
  it('is begun by a message, asks, waits for the answer and ends; what it did is told and kept', async () => {
    const desk = await openFlowShop('whatsapp');
    const { shop } = desk;
    const stranger = await openShop('whatsapp');
    const [socket, foreign] = await Promise.all([shop.tenant.sockets('/flows'), stranger.tenant.sockets('/flows')]);
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'Not published yet: quote'));
    const { id: flowId, version } = await desk.published(lead, 'Lead');
    expect(version).toBe(1);

    await desk.hears(shop.text(chat, 'I would like a QUOTE, please'));
    const waiting = await desk.only(flowId, 'waiting');
    expect(waiting).toMatchObject({ step: 'name', waitsFor: 'message', version: 1, trigger: { on: 'message' } });
    const { conversation } = await shop.onlyConversation();
    expect(waiting).toMatchObject({ conversationId: conversation.id, contactId: conversation.contact.id });
    await until(() => desk.graph.messages.count === 2, 'the question was sent');

    await desk.hears(shop.text(chat, 'A quote for Example Ltd'));
    const done = await desk.reached(waiting.id, 'completed');
    expect(done).toMatchObject({ outcome: 'lead', vars: { company: 'A quote for Example Ltd' }, error: null });
    expect(
      done.steps.map(({ n, step, kind, state }: { n: number; step: string; kind: string; state: string }) => [
        n,
        step,
        kind,
        state,
      ]),
    ).toEqual([
      [1, 'hello', 'send', 'completed'],
      [2, 'name', 'ask', 'completed'],
      [3, 'thanks', 'send', 'completed'],
      [4, 'end', 'end', 'completed'],
    ]);
    await until(() => desk.graph.messages.count === 3, 'it has thanked');
    const first = chat.customer.name.split(' ')[0];
    expect(desk.texts()).toEqual([
      `Hello ${first}!`,
      'What is your company called?',
      'Thank you, A quote for Example Ltd.',
    ]);
    const sent = (await shop.messagesOf(conversation.id)).filter(({ direction }) => direction === 'outbound');
    expect(sent.map(({ author }) => author)).toEqual(sent.map(() => ({ kind: 'flow', id: flowId })));
    expect(sent.map(({ id }) => id)).toEqual(
      done.steps.slice(0, 3).map(({ messageId }: { messageId: string }) => messageId),
    );
    // The answer held the keyword, and began nothing.
    expect(await desk.executions()).toHaveLength(1);

    await socket.waitFor('flow.completed');
    expect(socket.events.map(({ type }) => type)).toEqual([
      'flow.started',
      'flow.step_completed',
      'flow.waiting',
      'flow.step_completed',
      'flow.step_completed',
      'flow.step_completed',
      'flow.completed',
    ]);
    expect(socket.of('flow.completed')[0]!.data).toMatchObject({
      ...{ flowId, flowName: 'Lead', executionId: done.id, version: 1, state: 'completed', outcome: 'lead' },
    });
    expect(foreign.events).toEqual([]);
    for (const path of [`/v1/flows/${flowId}`, `/v1/flow-executions/${done.id}`, `/v1/flows/${flowId}/executions`])
      expect((await stranger.api.get(path)).status).toBe(404);
    expect(await stranger.api.all('/v1/flow-executions')).toEqual([]);
    expect(await stranger.api.all('/v1/flows')).toEqual([]);
  });

  it('is gone through once at a time by each, and again as often as it allows', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { id } = await desk.published(
      flowOf([{ on: 'message' }], {
        hi: says('Hi'),
        wait: { do: 'wait', event: { on: 'conversation_closed' }, timeout: '1d' },
      }),
    );
    const [ana, ben] = [shop.chat({ now: Date.now } as never), shop.chat({ now: Date.now } as never)];
    await desk.hears([shop.text(ana, 'One'), shop.text(ben, 'Two')]);
    await until(async () => (await desk.executions('?state=waiting')).length === 2, 'both are in it');
    await desk.hears([shop.text(ana, 'Three'), shop.text(ben, 'Four')]);
    const [conversation] = await shop.conversations();
    await shop.api.patch(`/v1/conversations/${conversation.id}`, { version: conversation.version, status: 'closed' });
    await until(async () => (await desk.executions('?state=completed')).length === 1, 'one has gone through');
    expect(await desk.executions(`?flowId=${id}`)).toHaveLength(2);
    const chat = conversation.lastMessage.preview === 'Three' ? ana : ben;
    await desk.hears(shop.text(chat, 'Five'));
    await until(async () => (await desk.executions()).length === 3, 'that one begins again');
  });

  it('that is published anew lets those in it finish the version that they began', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const steps = (text: string) => ({ first: asks('Ready?'), last: says(text) });
    const { id } = await desk.published(flowOf([{ on: 'message' }], steps('Old words')));
    const [ana, ben] = [shop.chat({ now: Date.now } as never), shop.chat({ now: Date.now } as never)];
    await desk.hears(shop.text(ana, 'Hello'));
    await desk.only(id, 'waiting');
    await shop.api.patch(`/v1/flows/${id}`, { definition: flowOf([{ on: 'message' }], steps('New words')) });
    expect(await desk.publish(id)).toMatchObject({ version: 2, state: 'published' });
    await desk.hears(shop.text(ben, 'Hello'));
    await until(async () => (await desk.executions('?state=waiting')).length === 2, 'both are asked');
    await desk.hears([shop.text(ana, 'Yes'), shop.text(ben, 'Yes')]);
    await until(async () => (await desk.executions('?state=completed')).length === 2, 'both are through');
    const byVersion = (await desk.executions()).map(({ version }) => version).toSorted();
    expect(byVersion).toEqual([1, 2]);
    await until(() => desk.graph.messages.count === 4, 'all is sent');
    expect(
      desk
        .texts()
        .filter((text) => text.endsWith('words'))
        .toSorted(),
    ).toEqual(['New words', 'Old words']);
    const { body } = await shop.api.get(`/v1/flows/${id}/versions`);
    expect(body.items.map(({ number }: { number: number }) => number)).toEqual([2, 1]);

    expect((await shop.api.post(`/v1/flows/${id}/off`)).body).toMatchObject({ state: 'off' });
    await desk.hears(shop.text(shop.chat({ now: Date.now } as never), 'Hello'));
    await desk.hears(shop.text(ben, 'Hello'));
    expect(await desk.executions()).toHaveLength(2);
  });

  it('is made by admins, looked at by viewers, and of its executions limited agents see their channels’', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const other = await shop.tenant.channel('instagram');
    const { id } = await desk.published(flowOf([{ on: 'message' }], { hi: says('Hi') }));
    await desk.hears(shop.text(shop.chat({ now: Date.now } as never), 'Hello'));
    const done = await desk.only(id, 'completed');
    const [viewer, inside, outside] = await Promise.all([
      colleague(shop.tenant, 'viewer'),
      limitedColleague(shop.tenant, [shop.channel.id]),
      limitedColleague(shop.tenant, [other.id]),
    ]);
    expect((await viewer.api.get(`/v1/flow-executions/${done.id}`)).status).toBe(200);
    for (const path of [`/v1/flows/${id}/publish`, `/v1/flows/${id}/off`, `/v1/flow-executions/${done.id}/cancel`])
      expect((await viewer.api.post(path)).status).toBe(403);
    expect(await inside.api.all('/v1/flow-executions')).toHaveLength(1);
    expect(await outside.api.all('/v1/flow-executions')).toEqual([]);
    expect(await outside.api.all(`/v1/flows/${id}/executions`)).toEqual([]);
    expect((await inside.api.get(`/v1/flow-executions/${done.id}`)).status).toBe(200);
    expect((await outside.api.get(`/v1/flow-executions/${done.id}`)).status).toBe(404);
  });

  it('that is wrong is kept as a draft, with what is wrong in which step, and not published', async () => {
    const { shop } = await openFlowShop('messenger');
    const definition = {
      format: 1,
      triggers: [{ on: 'api' }],
      start: 'hi',
      steps: { hi: { ...says('Hi'), next: 'nowhere' } },
    };
    const draft = await shop.api.made('/v1/flows', { name: 'Wrong', definition });
    expect(draft).toMatchObject({ state: 'draft', version: null, problems: [{ step: 'hi', code: 'unknown_step' }] });
    const refused = await shop.api.post(`/v1/flows/${draft.id}/publish`);
    expect(refused).toMatchObject({ status: 422, body: { code: 'flow_invalid' } });
    expect(refused.body.details).toEqual(draft.problems);
    expect((await shop.api.post('/v1/flows', { name: 'No flow', definition: { steps: 7 } })).status).toBe(422);
    expect((await shop.api.delete(`/v1/flows/${draft.id}`)).status).toBe(204);
    expect((await shop.api.get(`/v1/flows/${draft.id}`)).status).toBe(404);
  });

  it('goes from one workspace to another as a file', async () => {
    const [mine, theirs] = await Promise.all([openFlowShop('messenger'), openFlowShop('messenger')]);
    const { id } = await mine.published(lead, 'Lead');
    const { body: file } = await mine.shop.api.get(`/v1/flows/${id}/export`);
    const imported = await theirs.shop.api.made('/v1/flows/import', file);
    expect(imported).toMatchObject({ name: 'Lead', state: 'draft', definition: lead, problems: [] });
    expect(imported.id).not.toBe(id);
    const { body: schema } = await mine.shop.api.get('/v1/flows/schema');
    expect(schema.$schema).toContain('2020-12');
    const { body: examples } = await mine.shop.api.get('/v1/flows/examples');
    expect(examples.items.length).toBeGreaterThanOrEqual(6);
    for (const { name, definition } of examples.items)
      expect((await mine.shop.api.post('/v1/flows', { name, definition })).status).toBe(201);
  });
});
