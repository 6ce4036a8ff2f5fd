import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });
const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

/** What was told of a message, in order. */
function lifeOf({ shop }: SendingShop, id: string): string[] {
  return shop.messages.events
    .filter(({ data }) => data.message?.id === id || data.messageIds?.includes(id))
    .map(({ type }) => type.replace('message.', ''));
}

const told = (desk: SendingShop, id: string, state: string) => until(() => lifeOf(desk, id).includes(state), state);

describe.each(platforms)('a message whose answer %s withholds', (platform) => {
  it('is known to be sent as soon as Meta tells of it, and that is told', async () => {
    const desk = await openSendingShop(platform, {
      callbacks: { sentAfterMs: 800, deliveredAfterMs: false, readAfterMs: false },
    });
    const conversation = await desk.conversation();
    desk.graph.next(1, sends).reset();
    const { body } = await desk.send(conversation.id, text('Are you sure?'), { clientId: 'draft-1' });
    await told(desk, body.id, 'sent');
    expect(lifeOf(desk, body.id)).toEqual(['queued', 'unknown', 'sent']);
    const sent = desk.shop.messages.of('message.sent')[0]!.data;
    expect(sent.message).toMatchObject({ id: body.id, clientId: 'draft-1', status: 'sent', error: null });
    expect(sent.message.platformMessageId).toBe(desk.graph.messages.all()[0]!.id);
    const { messages } = await desk.shop.onlyConversation();
    expect(messages.map(({ id, status }) => [id === body.id, status])).toEqual([
      [false, 'received'],
      [true, 'sent'],
    ]);
    expect((await desk.shop.api.post(`/v1/messages/${body.id}/retry`)).status).toBe(409);
    expect(desk.graph.messages.count).toBe(1);
  });

  it('is one message however often and in whatever order Meta tells of it', async () => {
    const desk = await openSendingShop(platform, { callbacks: { lateMs: 300, twice: 1, disorder: 1 } });
    const conversations = await desk.conversations(6);
    desk.graph.next(3, sends).reset();
    const answers = await Promise.all(conversations.map(({ id }, at) => desk.send(id, text(`No ${at}`))));
    for (const { body } of answers) await told(desk, body.id, 'read');
    await desk.graph.callbacks?.settled();
    for (const [at, { id }] of conversations.entries()) {
      const messages = await desk.shop.messagesOf(id);
      expect(messages.map((one) => [one.content.text, one.status])).toEqual([
        ['Hello?', 'received'],
        [`No ${at}`, 'read'],
      ]);
      const life = lifeOf(desk, answers[at]!.body.id);
      expect(life.filter((state) => state === 'sent')).toHaveLength(1);
      expect(life.filter((state) => state === 'read')).toHaveLength(1);
    }
    expect(desk.graph.messages.count).toBe(6);
  });

  it('and that is told before the answer comes, is told once and stays what it was told to be', async () => {
    const desk = await openSendingShop(platform);
    const conversation = await desk.conversation();
    desk.graph.next(1, sends).dribble(1500);
    const { body } = await desk.send(conversation.id, text('Slowly'));
    await told(desk, body.id, 'read');
    const next = await desk.send(conversation.id, text('And now?'));
    await told(desk, next.body.id, 'read');
    const life = lifeOf(desk, body.id);
    expect(life.filter((state) => state === 'sent')).toHaveLength(1);
    expect(life).not.toContain('unknown');
    const { messages } = await desk.shop.onlyConversation();
    expect(messages.map(({ content, status }) => [content.text, status])).toEqual([
      ['Hello, is anybody there?', 'received'],
      ['Slowly', 'read'],
      ['And now?', 'read'],
    ]);
  });

  it('sent again by hand is another message; the first ends, and is what Meta says of it if it ever does', async () => {
    const desk = await openSendingShop(platform, {
      callbacks: { sentAfterMs: 3000, deliveredAfterMs: false, readAfterMs: false },
    });
    const conversation = await desk.conversation();
    const question = (await desk.shop.messagesOf(conversation.id))[0];
    desk.graph.next(1, sends).reset();
    const { body } = await desk.send(conversation.id, text('Twice'), { replyToMessageId: question.id });
    await told(desk, body.id, 'unknown');
    const again = await desk.shop.api.post(`/v1/messages/${body.id}/retry`);
    expect([again.status, again.body.replyToMessageId]).toEqual([201, question.id]);
    await told(desk, body.id, 'failed');
    const failed = (await desk.shop.messagesOf(conversation.id)).find(({ id }) => id === body.id);
    expect(failed).toMatchObject({ status: 'failed', error: { reason: 'outcome_unknown', mayRetry: false } });
    await told(desk, again.body.id, 'sent');
    const both = desk.graph.messages.all().map(({ body: asked }) => JSON.stringify(asked));
    expect(both.every((asked) => asked.includes(question.platformMessageId))).toBe(true);
    if (platform === 'instagram') return;
    // Instagram's echo does not say which of ours it is.
    await told(desk, body.id, 'sent');
    expect(lifeOf(desk, body.id)).toEqual(['queued', 'unknown', 'failed', 'sent']);
  });
});

describe.each(['messenger', 'instagram'] as const)('the history that %s keeps', (platform) => {
  it('tells what became of a message that nothing else tells of, and not of one that nobody received', async () => {
    const desk = await openSendingShop(platform, { callbacks: false });
    const [received, lost, twins] = await desk.conversations(3);
    desk.graph.next(1, { ...sends, where: (params) => JSON.stringify(params).includes('Received') }).reset();
    desk.graph.next(1, { ...sends, where: (params) => JSON.stringify(params).includes('Lost') }).reset({ done: false });
    desk.graph.next(2, { ...sends, where: (params) => JSON.stringify(params).includes('Twin') }).reset({ done: false });
    const first = await desk.send(received.id, text('Received'));
    const second = await desk.send(lost.id, text('Lost'));
    const pair = [await desk.send(twins.id, text('Twin')), await desk.send(twins.id, text('Twin'))];
    // Received twice in the same words, one of them never: nobody can tell which.
    await told(desk, pair[1]!.body.id, 'unknown');
    const third = await desk.send(twins.id, text('Twin'));
    await told(desk, third.body.id, 'sent');
    await told(desk, first.body.id, 'sent');
    expect(lifeOf(desk, first.body.id)).toEqual(['queued', 'unknown', 'sent']);
    await until(() => desk.graph.calls('GET inbox conversations') >= 4, 'all were looked for');
    expect((await desk.shop.messagesOf(received.id)).at(-1)).toMatchObject({ status: 'sent', error: null });
    expect((await desk.shop.messagesOf(lost.id)).at(-1)).toMatchObject({ id: second.body.id, status: 'unknown' });
    expect((await desk.shop.messagesOf(twins.id)).map(({ status }) => status)).toEqual([
      'received',
      'unknown',
      'unknown',
      'sent',
    ]);
    expect(desk.graph.messages.count).toBe(2);
  });
});
