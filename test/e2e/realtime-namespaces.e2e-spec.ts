import { whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { openTwoShops } from './support/shop';

afterEach(closeSockets);

describe('the namespaces beside messages and webhooks', () => {
  it('tell of contacts and channels to their own workspace, with a cursor each', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [contacts, channels, foreign] = await Promise.all([
      shop.tenant.sockets('/contacts'),
      shop.tenant.sockets('/channels'),
      stranger.tenant.sockets('/contacts'),
    ]);
    await shop.receives(whatsapp.text(shop.chat(), 'Hello!'));
    await contacts.waitFor('contact.created', 1);
    await shop.tenant.channel('messenger');
    await channels.waitFor('channel.status_changed', 1);
    await stranger.receives(whatsapp.text(stranger.chat(), 'Hi!'));
    await foreign.waitFor('contact.created', 1);

    const [own, theirs] = [contacts, foreign].map((socket) => socket.of('contact.created'));
    expect(own).toHaveLength(1);
    expect(theirs).toHaveLength(1);
    expect(theirs![0]!.data.contact.id).not.toBe(own![0]!.data.contact.id);
    expect(own![0]!.cursor).toMatch(/^\w+\.\d{16}$/);
  });
});
