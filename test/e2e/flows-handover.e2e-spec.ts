import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { asks, flowOf, openFlowShop, says } from './support/flows';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

describe('where a person has the conversation', () => {
  it('flows rest, from their first word until it is closed; then they go on where they were', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const asking = flowOf([{ on: 'message', keywords: ['begin'] }], { ask: asks('Which size?', { save: 'size' }) });
    const { id } = await desk.published(asking, 'Asks');
    const waiting = flowOf([{ on: 'message', keywords: ['begin'] }], {
      wait: { do: 'wait', for: '3s' },
      hi: says('Three seconds'),
    });
    const { id: later } = await desk.published(waiting, 'Waits');
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'Begin'));
    const execution = await desk.only(id, 'waiting');
    const { conversation } = await shop.onlyConversation();
    await desk.send(conversation.id, { type: 'text', text: 'This is Ana, how can I help?' });
    await until(async () => (await desk.only(later, 'waiting')).held, 'the one whose time came rests');
    await desk.hears(shop.text(chat, 'Begin: I need a hand'));
    expect(await desk.executions()).toHaveLength(2);
    expect(await desk.execution(execution.id)).toMatchObject({ state: 'waiting', vars: {} });
    const start = { contactId: conversation.contact.id, channelId: shop.channel.id };
    const third = await desk.published(flowOf([{ on: 'api' }], { hi: says('Hi') }));
    expect(await shop.api.post(`/v1/flows/${third.id}/executions`, start)).toMatchObject({
      ...{ status: 409, body: { code: 'handed_over' } },
    });

    const { version } = (await shop.api.get(`/v1/conversations/${conversation.id}`)).body;
    await shop.api.patch(`/v1/conversations/${conversation.id}`, { version, status: 'closed' });
    await desk.only(later, 'completed');
    await desk.hears(shop.text(chat, 'Medium'));
    expect((await desk.reached(execution.id, 'completed')).vars).toEqual({ size: 'Medium' });
    await until(() => desk.texts().length === 3, 'all is sent');
    expect(desk.texts()).toEqual(['Which size?', 'This is Ana, how can I help?', 'Three seconds']);
  });

  it('because a flow gave it to them, it is theirs, with a note, and the flow has ended so', async () => {
    const desk = await openFlowShop('whatsapp');
    const { shop } = desk;
    const agent = await colleague(shop.tenant, 'agent');
    const handover = { do: 'handover', user: agent.userId, note: 'They asked for {{ message.text }}', for: '2s' };
    const { id } = await desk.published(flowOf([{ on: 'message' }], { hand: handover }));
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'a human'));
    expect(await desk.only(id, 'handed_over')).toMatchObject({ steps: [{ step: 'hand', state: 'completed' }] });
    const { conversation, messages } = await shop.onlyConversation();
    expect(conversation.assigneeId).toBe(agent.userId);
    expect(messages.at(-1)).toMatchObject({
      direction: 'internal',
      author: { kind: 'flow', id },
      content: { text: 'They asked for a human', mentions: [agent.userId] },
    });
    // Nothing begins while they have it; when their time is over, it does.
    let said = 0;
    await until(async () => {
      said += 1;
      await desk.hears(shop.text(chat, `Hello? ${said}`));
      return (await desk.executions()).length === 2;
    }, 'a flow begins again');
    const [second, first] = (await desk.executions()) as Body[];
    expect(Date.parse(second.startedAt) - Date.parse(first.finishedAt)).toBeGreaterThanOrEqual(1900);
  });

  it('who takes it over by assigning it to themselves has it, too', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    await desk.published(flowOf([{ on: 'message' }], { hi: says('Hi') }));
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'One'));
    await until(async () => (await desk.executions('?state=completed')).length === 1, 'the first is answered');
    const { conversation } = await shop.onlyConversation();
    const body = { version: conversation.version, assigneeId: shop.tenant.userId };
    expect((await shop.api.patch(`/v1/conversations/${conversation.id}`, body)).status).toBe(200);
    await desk.hears(shop.text(chat, 'Two'));
    await desk.hears(shop.text(shop.chat({ now: Date.now } as never), 'Another customer'));
    await until(async () => (await desk.executions('?state=completed')).length === 2, 'another is answered');
    expect((await desk.executions()).filter(({ conversationId }) => conversationId === conversation.id)).toHaveLength(
      1,
    );
  });
});
