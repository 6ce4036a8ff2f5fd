import { type ConversationItem, conversationList, messageList } from '@switchboard/client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { lineTo, online, sdk } from './support/sdk';
import { type Body, openShop, openTwoShops, type Shop } from './support/shop';

afterEach(closeSockets);

/** An application that shows a shop's conversations. */
async function openList(shop: Shop) {
  const line = await lineTo();
  const client = sdk(shop.tenant.accessToken, { url: line.url });
  const list = conversationList(client);
  list.open();
  await until(() => !list.state.current.loading, 'the list is loaded');
  await online(client);
  const names = () => list.state.current.items.map((item: ConversationItem) => 'contact' in item && item.contact.name);
  const shows = (...expected: (string | null)[]) =>
    until(() => JSON.stringify(names().toSorted()) === JSON.stringify(expected.toSorted()), `it shows ${expected}`);
  return { line, client, list, shows };
}

/** Two customers have written; their conversations, the first one's first. */
async function openWithTwo(shop: Shop<'whatsapp'>): Promise<[Body, Body]> {
  for (const [name, waId] of [
    ['Ana', '34600000001'],
    ['Ben', '34600000002'],
  ]) {
    await shop.receives(shop.text(shop.chat({ customer: { name, waId } } as never), `I am ${name}`));
  }
  const of = async (name: string) => (await shop.conversations()).find(({ contact }) => contact.name === name);
  return [await of('Ana'), await of('Ben')];
}

describe('a list of conversations on the client SDK', () => {
  it('shows a contact’s new name at once, and one that was given while its line was cut', async () => {
    const { shop, stranger } = await openTwoShops('whatsapp');
    const [ana] = await openWithTwo(shop);
    await openWithTwo(stranger);
    const [mine, theirs] = [await openList(shop), await openList(stranger)];
    await mine.shows('Ana', 'Ben');
    await shop.api.patch(`/v1/contacts/${ana.contact.id}`, { name: 'Anastasia' });
    await mine.shows('Anastasia', 'Ben');
    mine.line.goDown();
    await until(() => mine.client.connection.current.status === 'offline', 'the client is offline');
    await shop.api.patch(`/v1/contacts/${ana.contact.id}`, { name: 'Asia' });
    mine.line.comeUp();
    await mine.shows('Asia', 'Ben');
    await theirs.shows('Ana', 'Ben');
  });

  it('shows two contacts that became one, and two again when that is taken back', async () => {
    const shop = await openShop('whatsapp');
    const [ana, ben] = await openWithTwo(shop);
    const { client, shows } = await openList(shop);
    const messages = messageList(client, ana.id);
    messages.open();
    const count = (expected: number) =>
      until(() => messages.state.current.items.length === expected, `the conversation has ${expected} messages`);
    await count(1);
    await shop.api.made(`/v1/contacts/${ana.contact.id}/merge`, { contactId: ben.contact.id });
    await shows('Ana');
    await count(2);
    const [merge] = await shop.api.all(`/v1/contacts/${ana.contact.id}/merges`);
    await shop.api.made(`/v1/contacts/${ana.contact.id}/merges/${merge.id}/undo`);
    await shows('Ana', 'Ben');
    await count(1);
  });

  it('shows nothing any more of a person who was erased', async () => {
    const shop = await openShop('whatsapp');
    const [ana] = await openWithTwo(shop);
    const { client, list, shows } = await openList(shop);
    const messages = messageList(client, ana.id);
    messages.open();
    await until(() => messages.state.current.items.length === 1, 'their message is shown');
    await shop.api.made(`/v1/contacts/${ana.contact.id}/erase`);
    await shows(null, 'Ben');
    const shown = () => JSON.stringify([list.state.current.items, messages.state.current.items]);
    await until(() => !shown().includes('Ana'), 'their words are gone');
    expect(shown()).toContain('I am Ben');
  });

  it('is kept up without contacts for an API key that may not read them', async () => {
    const shop = await openShop('whatsapp');
    const { key } = await shop.api.made('/v1/api-keys', { name: 'Board', role: 'viewer', scopes: ['messages:read'] });
    const client = sdk(key);
    const list = conversationList(client);
    list.open();
    await online(client);
    await openWithTwo(shop);
    await until(() => list.state.current.items.length === 2, 'both conversations are shown');
    list.reload();
    await until(() => !list.state.current.loading, 'it is loaded again');
    expect(list.state.current).toMatchObject({ error: undefined, items: { length: 2 } });
  });
});
