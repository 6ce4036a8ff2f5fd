import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, firstConversation, openConnecting } from './support/connecting';
import { deliver } from './support/deliver';

afterEach(closeSockets);
afterEach(closeGraphs);

/** Meta has no `/{instagram-account}/messages` there: the page takes everything. */
describe('an Instagram account behind a page', () => {
  it('sends, reacts, and shows that somebody reads and types', async () => {
    const { owner, graph, account } = await openConnecting('instagram behind a page', { callbacks: false });
    await owner.api.made('/v1/channels', account.registration);
    await deliver(account.hears('Hello?'));
    const { id } = await firstConversation(owner);
    const { body: said } = await owner.api.get(`/v1/conversations/${id}/messages`);

    await owner.api.made(`/v1/conversations/${id}/messages`, { content: { type: 'text', text: 'Hi!' } });
    await until(() => graph.messages.all().length === 1, 'it was sent');
    const reaction = await owner.api.put(`/v1/messages/${said.items[0].id}/reaction`, { emoji: '❤️' });
    expect(reaction.status).toBeLessThan(300);
    await owner.api.post(`/v1/conversations/${id}/read`, {});
    await until(() => graph.signals.some(({ kind }) => kind === 'mark_seen'), 'the customer sees that it was read');

    const sent = graph.messages.all();
    expect(sent.map(({ accountId, kind }) => [accountId, kind])).toEqual([
      [account.externalId, 'text'],
      [account.externalId, 'reaction'],
    ]);
    await until(async () => {
      const { body } = await owner.api.get(`/v1/conversations/${id}/messages`);
      return body.items.every(({ status }: { status: string }) => ['received', 'read', 'sent'].includes(status));
    }, 'it is known to be sent');
  });
});
