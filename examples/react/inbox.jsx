import { useConnection, useConversations, useSwitchboard, useUnread } from '@switchboard/react';
import { useEffect, useState } from 'react';
import { Chat } from './chat';

const filters = {
  Open: { status: ['open', 'pending'] },
  Mine: { assignee: 'me' },
  Unassigned: { assignee: 'none', status: ['open', 'pending'] },
  Unread: { unread: true },
  Closed: { status: ['closed'] },
};

export const nameOf = ({ contact, title }) =>
  contact?.name ?? contact?.username ?? contact?.phone ?? title ?? 'Somebody';
export const clock = (iso) => new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });

export function Inbox({ onSignOut }) {
  const [filter, setFilter] = useState('Open');
  const [words, setWords] = useState('');
  const [chosen, setChosen] = useState();
  return (
    <div className="inbox" data-chosen={chosen !== undefined}>
      <Bar onSignOut={onSignOut} onBell={() => setFilter('Unread')} />
      <nav className="list" aria-label="Conversations">
        <input
          type="search"
          placeholder="Search"
          aria-label="Search"
          value={words}
          onChange={(e) => setWords(e.target.value)}
        />
        <div className="filters">
          {Object.keys(filters).map((name) => (
            <button type="button" key={name} aria-pressed={name === filter} onClick={() => setFilter(name)}>
              {name}
            </button>
          ))}
        </div>
        {words.trim().length > 1 ? (
          <Hits words={words.trim()} onChoose={setChosen} />
        ) : (
          <Conversations filter={filters[filter]} chosen={chosen} onChoose={setChosen} />
        )}
      </nav>
      {chosen && <Chat key={chosen} conversationId={chosen} onBack={() => setChosen(undefined)} />}
    </div>
  );
}

function Bar({ onSignOut, onBell }) {
  const { status, socketId, latencyMs, error, reconnect } = useConnection();
  const unread = useUnread()?.total ?? 0;
  return (
    <header>
      <p className="connection" title={error?.message}>
        <span className={`dot ${status}`} /> {status}
        <small>{socketId ? `${socketId} · ${latencyMs ?? '–'} ms` : error?.message}</small>
      </p>
      <button type="button" onClick={reconnect}>
        Reconnect
      </button>
      <button type="button" className="bell" onClick={onBell} aria-label={`${unread} unread messages`}>
        <svg viewBox="0 0 24 24" width="20" height="20" fill="currentColor" aria-hidden="true">
          <path d="M12 2a6 6 0 0 0-6 6v5l-2 3v1h16v-1l-2-3V8a6 6 0 0 0-6-6zm-2.5 16a2.5 2.5 0 0 0 5 0z" />
        </svg>
        {unread > 0 && <b>{unread}</b>}
      </button>
      <button type="button" onClick={onSignOut}>
        Sign out
      </button>
    </header>
  );
}

function Conversations({ filter, chosen, onChoose }) {
  const { items, loading, error, hasMore, loadMore } = useConversations(filter);
  if (error) return <p role="alert">{error.message}</p>;
  if (items.length === 0) return <p className="empty">{loading ? 'Loading …' : 'Nothing here.'}</p>;
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>
          <button type="button" aria-current={item.id === chosen} onClick={() => onChoose(item.id)}>
            <strong>{nameOf(item)}</strong>
            <time>{item.lastMessage && clock(item.lastMessage.sentAt)}</time>
            <span>{item.lastMessage?.preview}</span>
            {item.unreadCount > 0 && <b>{item.unreadCount}</b>}
            <small>{item.platform}</small>
          </button>
        </li>
      ))}
      {hasMore && (
        <li>
          <button type="button" onClick={loadMore}>
            More
          </button>
        </li>
      )}
    </ul>
  );
}

function Hits({ words, onChoose }) {
  const client = useSwitchboard();
  const [hits, setHits] = useState([]);
  useEffect(() => {
    const canceller = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const { items } = await client.rest.get('/v1/search', { query: { q: words }, signal: canceller.signal });
        setHits(items.filter(({ conversationId }) => conversationId));
      } catch {
        // Another word came, or the line is down: what was found before stays.
      }
    }, 200);
    return () => {
      clearTimeout(timer);
      canceller.abort();
    };
  }, [client, words]);
  if (hits.length === 0) return <p className="empty">Nothing found.</p>;
  return (
    <ul>
      {hits.map(({ message, contact, conversationId }) => (
        <li key={message?.id ?? contact?.id}>
          <button type="button" onClick={() => onChoose(conversationId)}>
            <strong>{nameOf({ contact })}</strong>
            <span>{message?.content?.text}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
