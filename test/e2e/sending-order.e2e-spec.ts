import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { colleague } from './support/world';

afterEach(closeSockets);
afterEach(closeGraphs);

const text = (words: string) => ({ type: 'text', text: words });
const wordsOf = ({ body }: { body?: object }) => JSON.stringify(body).match(/agent \d+ says \d+/)![0];

it('20 agents at once in 5 conversations: each customer reads what was taken, in the order in which it was taken', async () => {
  const desk = await openSendingShop('messenger', { callbacks: false });
  const conversations = await desk.conversations(5);
  const people = await Promise.all(Array.from({ length: 4 }, () => colleague(desk.shop.tenant, 'agent')));
  const agents = [desk.shop.api, ...people.map(({ api }) => api)];
  // Each agent has four windows open, and does not wait in any for the one before.
  const posts = Array.from({ length: 20 }, (_, agent) =>
    Array.from({ length: 5 }, (_, n) => {
      const { id } = conversations[(agent + n) % 5];
      const content = text(`agent ${agent} says ${n}`);
      return agents[agent % 5]!.post(`/v1/conversations/${id}/messages`, { content });
    }),
  ).flat();
  const answers = await Promise.all(posts);
  expect(answers.map(({ status }) => status)).toEqual(posts.map(() => 201));
  await until(() => desk.graph.messages.count === posts.length, 'all are sent');
  expect(desk.graph.messages.repeated()).toEqual([]);
  await desk.shop.messages.waitFor('message.queued', posts.length);
  for (const { id } of conversations) {
    const taken = desk.shop.messages
      .of('message.queued')
      .filter(({ data }) => data.conversation.id === id)
      .map(({ data }) => data.message.content.text);
    const read = desk.graph.messages.all().map(wordsOf);
    expect(read.filter((words) => taken.includes(words))).toEqual(taken);
  }
});

it('a person’s message to one WhatsApp customer too many waits for its time, and none is refused', async () => {
  const desk = await openSendingShop('whatsapp', { callbacks: false });
  const [chatty, other] = await desk.conversations(2);
  const answers = await Promise.all(
    Array.from({ length: 60 }, (_, n) => desk.send(chatty.id, text(`agent 0 says ${n}`))),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  const { recipient } = await until(() => desk.graph.messages.all()[0], 'the first is sent');
  const received = () => desk.graph.messages.to(recipient).map(({ at }) => at);
  await until(() => received().length >= 44, 'what Meta lends leaves at once');
  const { body } = await desk.send(other.id, text('agent 1 says 0'));
  await until(() => desk.graph.messages.all().some((sent) => JSON.stringify(sent.body).includes(body.id)), 'another');
  const states = (await desk.shop.messagesOf(chatty.id)).map(({ status }) => status);
  expect(states.filter((status) => status === 'queued').length).toBeGreaterThanOrEqual(14);
  await until(() => received().length >= 46, 'the next leaves in its time');
  const [first] = received() as [number];
  // 45, and one more for each 6 s.
  for (const [n, at] of received().entries()) expect(n + 1).toBeLessThanOrEqual(45 + Math.floor((at - first) / 6000));
  expect(desk.graph.messages.refused.get(131056)).toBeUndefined();
  expect(desk.shop.messages.of('message.failed', 'message.unknown')).toEqual([]);
});
