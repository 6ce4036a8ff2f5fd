import {
  SwitchboardProvider,
  useConnection,
  useConversations,
  useEvents,
  useMessages,
  usePresence,
  useTyping,
  useUnread,
  useViewers,
} from '@switchboard/react';
import { Window } from 'happy-dom';
import { createElement as h, StrictMode } from 'react';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { lineTo, online, sdk } from './support/sdk';
import { closeGraphs, openSendingShop } from './support/sending-shop';
import { colleague } from './support/world';

const window = new Window();
Object.assign(globalThis, { window, document: window.document, navigator: window.navigator });
// It looks for a document when it is loaded.
const { createRoot } = require('react-dom/client') as typeof import('react-dom/client');

const roots: { unmount: () => void }[] = [];
afterEach(async () => {
  for (const root of roots.splice(0)) root.unmount();
  closeSockets();
  await closeGraphs();
});

interface Seen {
  chimes: string[];
  chat?: ReturnType<typeof useMessages>;
  typing?: ReturnType<typeof useTyping>;
}

/** What an inbox shows, as text: one line an entry. */
function Inbox({ conversationId, seen }: { conversationId: string; seen: Seen }) {
  const { status } = useConnection();
  const { items } = useConversations({ status: ['open'] });
  const unread = useUnread();
  useEvents(['message.received'], ({ id }) => seen.chimes.push(id));
  const lines = items.map(({ id, lastMessage }) => h('li', { key: id }, lastMessage?.preview));
  return h(
    'main',
    null,
    h('b', null, `${status} ${unread?.total}`),
    h('ul', null, lines),
    h('h1', null, items.map((item) => 'contact' in item && item.contact.name).join()),
    h(Chat, { conversationId, seen }),
  );
}

function Chat({ conversationId, seen }: { conversationId: string; seen: Seen }) {
  const chat = useMessages(conversationId);
  const typing = useTyping(conversationId);
  seen.chat = chat;
  seen.typing = typing;
  const words = [...chat.items, ...chat.outgoing].map(({ content }) => (content as { text: string }).text);
  const viewers = useViewers(conversationId);
  const present = usePresence();
  return h(
    'section',
    null,
    h('p', null, words.join('|'), typing.users.length > 0 ? '…' : ''),
    h('i', null, `${viewers.length} look, ${[...present.values()].sort().join(' ')}`),
  );
}

async function openInbox() {
  const sending = await openSendingShop('messenger');
  const conversation = await sending.conversation();
  const line = await lineTo();
  const client = sdk(sending.shop.tenant.accessToken, { url: line.url });
  const container = window.document.createElement('div');
  const root = createRoot(container as unknown as Element);
  roots.push(root);
  const seen: Seen = { chimes: [] };
  const inbox = h(Inbox, { conversationId: conversation.id, seen });
  root.render(h(StrictMode, null, h(SwitchboardProvider, { client }, inbox)));
  const texts = (selector: string) => [...container.querySelectorAll(selector)].map(({ textContent }) => textContent);
  const shows = (selector: string, ...expected: string[]) =>
    until(() => JSON.stringify(texts(selector)) === JSON.stringify(expected), `${selector} shows ${expected}`);
  return { ...sending, conversation, line, client, root, seen, texts, shows };
}

describe('a page on the React hooks, in StrictMode', () => {
  it('shows what was loaded, and what happens since, once', async () => {
    const { shows, texts, conversations, line, seen } = await openInbox();
    await shows('b', 'online 1');
    await shows('li', 'Hello, is anybody there?');
    expect(texts('p')).toEqual(['Hello, is anybody there?']);
    expect(line.connections).toBeGreaterThan(0);
    await conversations(2);
    await shows('li', 'Hello?', 'Hello?', 'Hello, is anybody there?');
    await shows('b', 'online 3');
    expect(seen.chimes).toHaveLength(2);
  });

  it('shows a message while it is sent, and then the server’s own in its place', async () => {
    const { shows, seen, line, client, conversation } = await openInbox();
    await shows('p', 'Hello, is anybody there?');
    await online(client);
    line.goDown();
    const sent = seen.chat!.send('On our way');
    await shows('p', 'Hello, is anybody there?|On our way');
    expect(seen.chat!.outgoing).toHaveLength(1);
    line.comeUp();
    await sent;
    await until(() => seen.chat!.items.length === 2, 'the server’s own is there');
    await shows('p', 'Hello, is anybody there?|On our way');
    expect(seen.chat!.outgoing).toHaveLength(0);
    expect(seen.chat!.items[1]).toMatchObject({ conversationId: conversation.id, direction: 'outbound' });
  });

  it('shows what it missed while its line was cut, and lets go of everything when it is left', async () => {
    const { shows, seen, line, client, conversations, root } = await openInbox();
    await shows('b', 'online 1');
    line.goDown();
    await shows('b', 'offline 1');
    await conversations(1);
    line.comeUp();
    await shows('b', 'online 2');
    await shows('li', 'Hello?', 'Hello, is anybody there?');
    expect(seen.chimes).toHaveLength(1);
    root.unmount();
    await until(() => !client.listens('/messages'), 'the namespace is left');
    const left = client.cursor('/messages');
    await conversations(1);
    await online(client);
    expect(seen.chimes).toHaveLength(1);
    expect(client.cursor('/messages')).toBe(left);
  });

  it('shows the name that a contact is given', async () => {
    const { shows, shop, conversation } = await openInbox();
    await shows('li', 'Hello, is anybody there?');
    await shop.api.patch(`/v1/contacts/${conversation.contact.id}`, { name: 'Ada Lovelace' });
    await shows('h1', 'Ada Lovelace');
  });

  it('shows who is typing', async () => {
    const { shows, shop, conversation } = await openInbox();
    await shows('p', 'Hello, is anybody there?');
    const agent = await colleague(shop.tenant, 'agent');
    const other = sdk(agent.accessToken);
    other.listen('/messages');
    await other.request('typing.start', { conversationId: conversation.id });
    await shows('p', 'Hello, is anybody there?…');
    await other.request('typing.stop', { conversationId: conversation.id });
    await shows('p', 'Hello, is anybody there?');
  });

  it('shows who is there, and who else has the conversation open', async () => {
    const { shows, shop, conversation, root } = await openInbox();
    // The dashboard of the shop is one tab of its owner, the page another.
    await shows('i', '0 look, online');
    const agent = await colleague(shop.tenant, 'agent');
    const other = sdk(agent.accessToken);
    const leave = other.listen('/messages');
    await other.request('viewing.start', { conversationId: conversation.id });
    await shows('i', '1 look, online online');
    await other.request('presence.set', { status: 'away' });
    await shows('i', '1 look, away online');
    await other.request('viewing.stop');
    await shows('i', '0 look, away online');
    root.unmount();
    const viewers = async () =>
      (await other.request('viewing.start', { conversationId: conversation.id })).viewers.join();
    await until(async () => (await viewers()) === agent.userId, 'the page looks at nothing any more');
    leave();
  });
});
