import { messenger, sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { deliver } from './support/deliver';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { settle } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });

describe('a message that still waits to be sent', () => {
  it('has not been read by a customer who reads the ones before it', async () => {
    const desk = await openSendingShop('messenger', { callbacks: false });
    const chat = desk.shop.chat({ now: Date.now });
    const question = desk.shop.text(chat, 'Hello, is anybody there?');
    desk.graph.hears(question);
    await desk.shop.receives(question);
    const { conversation } = await desk.shop.onlyConversation();
    const first = await desk.send(conversation.id, text('One moment'));
    await until(() => desk.shop.messages.of('message.sent').length === 1, 'the first is sent');
    const throttled = desk.graph.always(sends).fail(613);
    await desk.send(conversation.id, text('It is ready'));
    await until(() => throttled.hits > 0, 'the second waits');
    await deliver(messenger.read(chat, Date.now()));
    await settle(desk.shop);
    const states = async () => (await desk.shop.messagesOf(conversation.id)).map(({ status }) => status);
    expect(await states()).toEqual(['received', 'read', 'queued']);
    const read = desk.shop.messages.of('message.read').map(({ data }) => data.messageIds);
    expect(read).toEqual([[first.body.id]]);
    throttled.end();
    await until(() => desk.graph.messages.count === 2, 'it is sent in its time');
    await until(async () => (await states())[2] === 'sent', 'it is sent, and not read yet');
  });

  it('does not wait for a call of another conversation that hangs', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const [hung, other] = await desk.conversations(2);
    desk.graph.next(1, sends).hang();
    await desk.send(hung.id, text('Hangs'));
    await until(() => desk.graph.messages.count === 1, 'a call hangs');
    const since = performance.now();
    // A worker gives a channel back after 5 s; a call may hang for 20.
    await until(() => performance.now() - since > 6000, 'whoever began has handed the channel on');
    await desk.send(other.id, text('Goes on'));
    await until(() => desk.graph.messages.count === 2, 'the other is sent');
    expect(desk.shop.messages.of('message.unknown')).toEqual([]);
  });
});
