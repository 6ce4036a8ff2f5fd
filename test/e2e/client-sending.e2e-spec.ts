import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { lineTo, online, record, sdk } from './support/sdk';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { colleague } from './support/world';

afterEach(async () => {
  closeSockets();
  await closeGraphs();
});

const textOf = ({ content }: { content: unknown }) => (content as { text: string }).text;

describe('what is sent through the client SDK', () => {
  it('waits while there is no network, and is sent once and in order when there is', async () => {
    const sending = await openSendingShop('messenger');
    const conversation = await sending.conversation();
    const line = await lineTo();
    const client = sdk(sending.shop.tenant.accessToken, { url: line.url });
    record(client, '/messages');
    await online(client);
    line.goDown();
    const words = ['One', 'Two', 'Three'];
    const sent = words.map((text) => client.send(conversation.id, text));
    await until(() => client.connection.current.status === 'offline', 'the client is offline');
    expect(client.outbox.entries.current.map((entry) => textOf(entry))).toEqual(words);
    line.comeUp();
    await Promise.all(sent);
    await until(() => client.outbox.entries.current.length === 0, 'nothing waits any more');
    const messages = await sending.shop.messagesOf(conversation.id);
    expect(messages.filter(({ direction }) => direction === 'outbound').map(textOf)).toEqual(words);
  });

  it('is sent once when its answers are lost, and colleagues see which message it is', async () => {
    const sending = await openSendingShop('messenger');
    const conversation = await sending.conversation();
    const agent = await colleague(sending.shop.tenant, 'agent');
    const other = sdk(agent.accessToken);
    const told = record(other, '/messages');
    const line = await lineTo();
    const client = sdk(sending.shop.tenant.accessToken, { url: line.url });
    await Promise.all([online(client), online(other)]);
    line.loseAnswers();
    const sent = client.send(conversation.id, 'Only once', { clientId: 'draft-1' });
    await until(() => told.some(({ type }) => type === 'message.queued'), 'the server has it');
    line.comeUp();
    line.cut();
    const message = await sent;
    expect(message.clientId).toBe('draft-1');
    expect(told.filter(({ type }) => type === 'message.queued').map(({ data }) => data)).toMatchObject([
      { message: { id: message.id, clientId: 'draft-1' } },
    ]);
    const messages = await sending.shop.messagesOf(conversation.id);
    expect(messages.filter((one) => textOf(one) === 'Only once')).toHaveLength(1);
  });

  it('goes on in another life of the page, from where it waits', async () => {
    const sending = await openSendingShop('messenger');
    const conversation = await sending.conversation();
    const kept = new Map<string, string>();
    const outbox = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const line = await lineTo();
    const options = { url: line.url, outbox };
    const first = sdk(sending.shop.tenant.accessToken, options);
    await online(first);
    line.goDown();
    void first.send(conversation.id, 'Written on the train').catch(() => undefined);
    first.close();
    line.comeUp();
    const second = sdk(sending.shop.tenant.accessToken, options);
    await online(second);
    await until(() => kept.size === 0, 'nothing waits any more');
    const messages = await sending.shop.messagesOf(conversation.id);
    expect(messages.filter((one) => textOf(one) === 'Written on the train')).toHaveLength(1);
  });

  it('that is refused stays to be seen, with the reason, until it is taken away', async () => {
    const sending = await openSendingShop('messenger');
    const conversation = await sending.conversation();
    const client = sdk(sending.shop.tenant.accessToken);
    const refused = client.send(conversation.id, 'x'.repeat(5000));
    expect(client.outbox.entries.current).toMatchObject([{ conversationId: conversation.id }]);
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'invalid' });
    const [entry] = client.outbox.entries.current;
    expect(entry).toMatchObject({ state: 'failed', error: { code: 'invalid' } });
    client.outbox.remove(entry!.clientId);
    expect(client.outbox.entries.current).toEqual([]);
  });

  it('is asked over the socket with an answer, and refused by the server’s code', async () => {
    const sending = await openSendingShop('messenger');
    const conversation = await sending.conversation();
    const client = sdk(sending.shop.tenant.accessToken);
    const unread: number[] = [];
    client.unread.subscribe((counts) => counts && unread.push(counts.total));
    const answer = await client.request('message.mark_read', { conversationId: conversation.id });
    expect(answer).toMatchObject({ unreadCount: 0, messageIds: [expect.any(String)] });
    await expect(
      client.request('typing.start', { conversationId: sending.shop.tenant.workspaceId }),
    ).rejects.toMatchObject({ code: 'not_found' });
    expect(unread[0]).toBe(1);
  });
});
