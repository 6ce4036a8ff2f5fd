import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { type AccountAtMeta, closeGraphs, firstConversation, logOf, openConnecting } from './support/connecting';
import { deliver } from './support/deliver';
import type { Body } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

/** What Meta knows of whoever writes to the account. */
function known({ graph, inbox }: AccountAtMeta, more: object): void {
  const [{ id }] = inbox!.correspondents.values() as unknown as [{ id: string }];
  graph.customer(inbox!, { id, ...more });
}

describe.each(['messenger', 'instagram by itself', 'instagram behind a page'] as const)(
  'a customer of %s, whom the webhook does not name',
  (way) => {
    it('gets name and picture from their profile, read once, told to the workspace alone', async () => {
      const { owner, stranger, graph, account } = await openConnecting(way, { callbacks: false });
      const channel = await owner.api.made('/v1/channels', account.registration);
      const first = account.hears('Hello');
      known(account, { name: 'Ada Lovelace', username: 'ada', profilePic: 'https://cdn.example/ada.jpg' });
      await deliver(first);
      const conversation = await firstConversation(owner);
      const path = `/v1/contacts/${conversation.contact.id}`;
      await until(async () => (await owner.api.get(path)).body.name === 'Ada Lovelace', 'the name is known');
      const { body } = await owner.api.get(`${path}/profiles`);
      expect(body.items).toEqual([
        expect.objectContaining({
          ...{ channelId: channel.id, name: 'Ada Lovelace', pictureUrl: 'https://cdn.example/ada.jpg' },
          ...{ username: way === 'messenger' ? null : 'ada', hiddenReason: null, fetchedAt: expect.any(String) },
        }),
      ]);
      const updates = (await logOf(owner)).filter(({ type }: Body) => type === 'contact.updated');
      expect(updates.map(({ data }: Body) => data.contact.name)).toEqual(['Ada Lovelace']);

      await deliver([account.hears('Once more'), account.hears('And again')]);
      await until(
        async () => (await owner.api.get(`/v1/conversations/${conversation.id}`)).body.unreadCount === 3,
        'they wrote again',
      );
      expect(graph.calls('GET customer')).toBe(1);
      expect((await stranger.api.get(`${path}/profiles`)).status).toBe(404);
      expect(await logOf(stranger)).toEqual([]);
    });

    it('who hides their profile is not asked about again', async () => {
      const { owner, graph, account } = await openConnecting(way, { callbacks: false });
      await owner.api.made('/v1/channels', account.registration);
      const first = account.hears('Hello');
      known(account, { profileHidden: true });
      await deliver(first);
      const { contact } = await firstConversation(owner);
      const profile = async () => (await owner.api.get(`/v1/contacts/${contact.id}/profiles`)).body.items[0];
      await until(async () => (await profile())?.hiddenReason, 'that it is hidden is known');
      await deliver(account.hears('Once more'));
      await until(async () => (await owner.api.all('/v1/conversations'))[0].unreadCount === 2, 'they wrote again');
      expect([graph.calls('GET customer'), (await profile()).name]).toEqual([1, null]);
    });
  },
);

describe('a name', () => {
  it('that an agent gave stays', async () => {
    const { owner, graph, account } = await openConnecting('messenger', { callbacks: false });
    const { token, graphHost } = account.registration;
    // Nothing is read before the agent has named them: the channel is not connected yet.
    graph.always({ method: 'POST', path: /subscribed_apps/ }).fail(200);
    const channel = await owner.api.made('/v1/channels', account.registration);
    const first = account.hears('Hello');
    known(account, { name: 'Countess of Lovelace', profilePic: 'https://cdn.example/ada.jpg' });
    await deliver(first);
    const { contact } = await firstConversation(owner);
    expect((await owner.api.patch(`/v1/contacts/${contact.id}`, { name: 'Ada' })).status).toBe(200);
    graph.calm();
    await owner.api.put(`/v1/channels/${channel.id}/credentials`, { token, graphHost });
    const profile = async () => (await owner.api.get(`/v1/contacts/${contact.id}/profiles`)).body.items[0];
    await until(async () => (await profile()).name === 'Countess of Lovelace', 'the profile is read');
    expect((await owner.api.get(`/v1/contacts/${contact.id}`)).body.name).toBe('Ada');
  });

  it('is read later where Meta does not answer, and not at all once the person is erased', async () => {
    const { owner, graph, account } = await openConnecting('messenger', { callbacks: false });
    await owner.api.made('/v1/channels', account.registration);
    const failing = graph.next(1, { method: 'GET', path: /\d{8,}$/ }).fail(2);
    const first = account.hears('Hello');
    known(account, { name: 'Ada Lovelace' });
    await deliver(first);
    const { contact } = await firstConversation(owner);
    await until(
      async () => (await owner.api.get(`/v1/contacts/${contact.id}`)).body.name === 'Ada Lovelace',
      'the name is known at the next attempt',
    );
    expect(failing.hits).toBe(1);
    await owner.api.made(`/v1/contacts/${contact.id}/erase`);
    await until(
      async () => (await logOf(owner)).some(({ type }: Body) => type === 'contact.erased'),
      'nothing is left of them',
    );
    expect((await owner.api.get(`/v1/contacts/${contact.id}/profiles`)).body.items ?? []).toEqual([]);
  });
});
