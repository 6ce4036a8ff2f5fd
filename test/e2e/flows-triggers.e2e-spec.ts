import { instagram, messenger, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type FlowShop, flowOf, openFlowShop, says } from './support/flows';
import { closeGraphs } from './support/sending-shop';
import type { Body } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const done = { end: { do: 'end' } };

/** A flow for each of these triggers, which does nothing; their ids by name. */
async function listening<T extends string>(desk: FlowShop, triggers: Record<T, object>): Promise<Record<T, string>> {
  const ids = {} as Record<T, string>;
  for (const [name, trigger] of Object.entries<object>(triggers))
    ids[name as T] = (await desk.published(flowOf([trigger], done), name)).id;
  return ids;
}

/** The names of the flows that this has begun: each new execution's, once as many as expected are there. */
async function begun(desk: FlowShop, act: () => Promise<unknown>, expected: string[]): Promise<Body[]> {
  const before = new Set((await desk.executions()).map(({ id }) => id));
  const fresh = async () => (await desk.executions()).filter(({ id }) => !before.has(id));
  await act();
  await until(async () => (await fresh()).length >= expected.length, `${expected.join(', ')} have begun`);
  // What has come after has been heard too, once a flow for it has begun.
  const all = await fresh();
  expect(all.map(({ flowName }) => flowName).toSorted()).toEqual(expected.toSorted());
  return all;
}

describe('a flow begins when', () => {
  it('a message has its words, its pattern or its button, is the first, or comes of an advertisement', async () => {
    const desk = await openFlowShop('whatsapp');
    const { shop } = desk;
    await listening(desk, {
      any: { on: 'message' },
      prices: { on: 'message', keywords: ['prices', 'cost'] },
      order: { on: 'message', pattern: '#[0-9]{4}' },
      yes: { on: 'message', button: ['yes'] },
      ad: { on: 'message', referral: true },
    });
    const chat = shop.chat({ now: Date.now } as never);
    await begun(desk, () => desk.hears(shop.text(chat, 'Good morning')), ['any']);
    await begun(desk, () => desk.hears(shop.text(chat, 'What does it COST?')), ['prices']);
    await begun(desk, () => desk.hears(shop.text(chat, 'The prices of #1234')), ['prices', 'order']);
    await begun(desk, () => desk.hears(whatsapp.buttonReply(chat, 'yes', 'Yes')), ['yes']);
    await begun(desk, () => desk.hears(whatsapp.buttonReply(chat, 'no', 'No')), ['any']);
    await begun(desk, () => desk.hears(whatsapp.listReply(chat, { id: 'yes', title: 'Of course' })), ['yes']);
    await begun(desk, () => desk.hears(whatsapp.text(chat, 'How much?', { fromAd: true })), ['ad']);
    await listening(desk, { first: { on: 'message', first: true } });
    await begun(desk, () => desk.hears(shop.text(chat, 'Me again')), ['any']);
    await begun(desk, () => desk.hears(shop.text(shop.chat({ now: Date.now } as never), 'A newcomer')), ['first']);
  });

  it('an order or a postback comes', async () => {
    const number = await openFlowShop('whatsapp');
    await listening(number, { ordered: { on: 'order_created' } });
    const lines = [{ productId: 'mug', quantity: 2, price: 9.5, currency: 'EUR' }];
    const order = whatsapp.order(number.shop.chat({ now: Date.now } as never), 'catalogue', lines as never);
    const [execution] = await begun(number, () => number.hears(order), ['ordered']);
    expect((await number.execution(execution.id)).trigger).toEqual({ on: 'order_created' });

    const page = await openFlowShop('messenger');
    await listening(page, { started: { on: 'postback', payloads: ['GET_STARTED'] }, other: { on: 'postback' } });
    const chat = page.shop.chat({ now: Date.now } as never);
    await begun(page, () => page.hears(messenger.postback(chat, 'Begin', 'GET_STARTED')), ['started', 'other']);
    await begun(page, () => page.hears(messenger.postback(chat, 'Menu', 'MENU')), ['other']);
  });

  it('somebody comments, which can be answered alone or beneath it, or mentions the account in a story', async () => {
    const desk = await openFlowShop('instagram');
    const { shop } = desk;
    await desk.published(
      flowOf([{ on: 'comment', keywords: ['price'] }], {
        privately: says('It is 9 €, we have written you.', { replyToComment: 'private' }),
        publicly: says('Look at your messages!', { replyToComment: 'public' }),
      }),
      'price',
    );
    await listening(desk, { post: { on: 'comment', posts: ['17900000000000001'] }, story: { on: 'story_mention' } });
    const chat = shop.chat({ now: Date.now } as never);
    const comment = (body: string, mediaId: string) => {
      const item = instagram.comment(chat, body, { mediaId });
      desk.graph.comment(desk.account, {
        ...{ id: item.messageId!, text: body, from: { id: chat.customer.id }, at: Date.now(), objectId: mediaId },
      });
      return item;
    };
    const item = comment('What is the PRICE?', '17900000000000002');
    const [execution] = await begun(desk, () => desk.hears(item), ['price']);
    const { steps } = await desk.reached(execution.id, 'completed');
    expect(steps.map(({ state }: Body) => state)).toEqual(['completed', 'completed']);
    expect((await desk.execution(execution.id)).trigger).toMatchObject({ on: 'comment', commentId: item.messageId });
    expect(desk.texts()).toEqual(['It is 9 €, we have written you.', 'Look at your messages!']);
    await begun(desk, () => desk.hears(comment('Lovely', '17900000000000001')), ['post']);
    await begun(desk, () => desk.hears(instagram.storyMention(chat)), ['story']);

    // What the account itself writes begins nothing.
    const own = instagram.comment(
      { ...chat, customer: { ...chat.customer, id: shop.channel.externalId } },
      'Our price is fair',
      {},
    );
    await desk.hears(own);
    await begun(desk, () => desk.hears(instagram.storyMention(chat)), ['story']);
  });

  it('a contact is made or tagged, a conversation opened, assigned or closed', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    for (const name of ['VIP', 'Other']) await shop.api.made('/v1/contact-tags', { name });
    await listening(desk, {
      made: { on: 'contact_created' },
      tagged: { on: 'contact_tagged', tags: ['VIP'] },
      opened: { on: 'conversation_opened' },
      assigned: { on: 'conversation_assigned' },
      closed: { on: 'conversation_closed' },
    });
    const chat = shop.chat({ now: Date.now } as never);
    await begun(desk, () => desk.hears(shop.text(chat, 'Hello')), ['made', 'opened']);
    const { conversation } = await shop.onlyConversation();
    const path = `/v1/contacts/${conversation.contact.id}`;
    await shop.api.patch(path, { tags: ['Other'] });
    const [tagged] = await begun(desk, () => shop.api.patch(path, { tags: ['Other', 'VIP'] }), ['tagged']);
    expect(tagged).toMatchObject({ conversationId: conversation.id, channelId: shop.channel.id });
    const change = async (to: object) => {
      const { version } = (await shop.api.get(`/v1/conversations/${conversation.id}`)).body;
      const { status } = await shop.api.patch(`/v1/conversations/${conversation.id}`, { version, ...to });
      expect(status).toBe(200);
    };
    await change({ labels: [] });
    await begun(desk, () => change({ status: 'closed' }), ['closed']);
    await begun(desk, () => desk.hears(shop.text(chat, 'One more thing')), ['opened']);
    await begun(desk, () => change({ assigneeId: shop.tenant.userId }), ['assigned']).catch(() => undefined);
    await begun(desk, () => change({ assigneeId: null, status: 'closed' }), ['closed']);
    await begun(desk, () => shop.api.made('/v1/contacts', { name: 'By hand', tags: ['VIP'] }), ['made', 'tagged']);
  });

  it('somebody answers a campaign', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'Hello'));
    const content = { type: 'text', text: 'Spring is here' };
    const order = { name: 'Spring', channelId: shop.channel.id, audience: { all: true }, content };
    const { id: campaign } = await shop.api.made('/v1/campaigns', order);
    await listening(desk, { replied: { on: 'campaign_replied', campaigns: [campaign] } });
    await shop.api.made(`/v1/campaigns/${campaign}/start`);
    await until(() => desk.graph.messages.count === 1, 'it was sent');
    await begun(desk, () => desk.hears(shop.text(chat, 'How nice')), ['replied']);
  });

  it('the API says so, for a contact who is in it no more than once; or another flow does', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { contact } = await desk.conversation();
    const called = await desk.published(
      flowOf([{ on: 'flow' }], {
        twice: { do: 'set', vars: { twice: 'vars.n * 2.0' } },
        end: { do: 'end', outcome: 'doubled' },
      }),
      'Called',
    );
    const { id } = await desk.published(
      flowOf([{ on: 'api' }], {
        call: { do: 'call', flow: called.id, input: { n: 'vars.n' }, save: 'result' },
        wait: { do: 'wait', for: '1h' },
      }),
      'Calls',
    );
    const { id: execution, vars } = await desk.start(id, contact.id, { vars: { n: 21 } });
    expect(vars).toMatchObject({ n: 21 });
    await until(async () => (await desk.execution(execution)).step === 'wait', 'it waits');
    expect((await desk.execution(execution)).vars.result).toMatchObject({ outcome: 'doubled', vars: { twice: 42 } });
    const [child] = await desk.executions(`?flowId=${called.id}`);
    expect(child).toMatchObject({ parentId: execution, state: 'completed', trigger: { on: 'flow' } });
    const again = await shop.api.post(`/v1/flows/${id}/executions`, {
      contactId: contact.id,
      channelId: shop.channel.id,
    });
    expect(again).toMatchObject({
      status: 409,
      body: { code: 'already_in_flow', details: { executionId: execution } },
    });
    const other = await shop.api.post(`/v1/flows/${called.id}/executions`, {
      contactId: contact.id,
      channelId: shop.channel.id,
    });
    expect(other).toMatchObject({ status: 409, body: { code: 'not_startable' } });
    expect((await shop.api.post(`/v1/flow-executions/${execution}/cancel`)).body).toMatchObject({
      ...{ state: 'cancelled', outcome: 'cancelled' },
    });
    await desk.start(id, contact.id, { vars: { n: 1 } });
  });

  it('its time has come, for everybody whom it is for, once', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const conversations = await desk.conversations(3);
    await shop.api.made('/v1/contact-tags', { name: 'Club' });
    for (const { contact } of conversations.slice(0, 2))
      await shop.api.patch(`/v1/contacts/${contact.id}`, { tags: ['Club'] });
    // The next full minute: a schedule is as fine as that.
    const at = new Date(Date.now() + 60_000).toISOString().slice(11, 16);
    const { id } = await desk.published(
      flowOf([{ on: 'schedule', timeZone: 'UTC', at, tags: ['Club'] }], { hi: says('It is time') }),
    );
    await until(async () => (await desk.executions('?state=completed')).length === 2, 'both are through', 75_000);
    await until(() => desk.graph.messages.count === 2, 'both have it');
    expect((await desk.executions(`?flowId=${id}`)).map(({ contactId }) => contactId).toSorted()).toEqual(
      conversations
        .slice(0, 2)
        .map(({ contact }) => contact.id)
        .toSorted(),
    );
  }, 100_000);

  it('a person, a campaign or a flow writes: never', async () => {
    const desk = await openFlowShop('messenger');
    const { shop } = desk;
    const { id: echoing } = await desk.published(flowOf([{ on: 'message' }], { hi: says('Hello, hello') }));
    const chat = shop.chat({ now: Date.now } as never);
    await desk.hears(shop.text(chat, 'Hello'));
    await desk.only(echoing, 'completed');
    await until(() => desk.graph.messages.count === 1, 'it was answered');
    await desk.hears(shop.echo(chat, 'Hello from the page itself'));
    await desk.hears(shop.text(shop.chat({ now: Date.now } as never), 'Somebody else'));
    await until(async () => (await desk.executions('?state=completed')).length === 2, 'the next has begun');
    expect(await desk.executions()).toHaveLength(2);
  });
});
