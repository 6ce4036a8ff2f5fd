import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { bodiesOf, everything } from './support/erasing';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { openShop } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

describe.each(['messenger', 'instagram'] as const)(
  'an echo on %s that comes before the answer to its call',
  (platform) => {
    it.each([
      ['while it is under way', 'hang'],
      ['or after its connection was lost', 'reset'],
    ] as const)('does not bring back who was erased meanwhile, %s', async (_, course) => {
      const desk = await openSendingShop(platform, {
        callbacks: { sentAfterMs: false, deliveredAfterMs: false, readAfterMs: false },
      });
      const { shop, graph } = desk;
      const { id, contact } = await desk.conversation();
      const stranger = await openShop(platform);
      await stranger.receives(stranger.text(stranger.chat() as never, 'Hello from the same customer'));
      const underWay = graph.next(1, sends).hold();
      graph.next(1, sends)[course]();
      await desk.send(id, { type: 'text', text: 'secret words under way' });
      await until(() => underWay.hits === 1, 'it is under way');
      const contacts = await shop.tenant.sockets('/contacts');
      expect((await shop.api.post(`/v1/contacts/${contact.id}/erase`)).status).toBe(202);
      // By Meta's clock it was sent after the erasure.
      underWay.release();
      await until(() => graph.messages.count === 1, 'Meta has the message');
      if (course === 'reset') await contacts.waitFor('contact.erased');
      const received = shop.webhooks.of('webhook.received').length;
      graph.tell(graph.messages.all()[0]!, { tells: 'echo', afterMs: 0 });
      await shop.webhooks.waitFor('webhook.received', received + 1);
      // It is known now what became of the call, so nothing keeps the erasure.
      await contacts.waitFor('contact.erased');
      expect(await shop.api.all('/v1/contacts')).toEqual([]);
      expect((await shop.conversations()).map((one) => one.id)).toEqual([id]);
      expect((await shop.messagesOf(id)).at(-1)).toMatchObject({ status: 'sent', content: {} });
      const { recipient } = graph.messages.all()[0]!;
      const left = (await everything(shop)) + (await bodiesOf(shop));
      for (const secret of ['secret words under way', recipient])
        expect([secret, left.includes(secret)]).toEqual([secret, false]);
      expect(await everything(stranger)).toContain(recipient);
    });
  },
);
