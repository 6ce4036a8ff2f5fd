import { useMessages, useSwitchboard, useTyping } from '@switchboard/react';
import { useEffect, useRef } from 'react';
import { clock } from './inbox';

const marks = {
  queued: 'queued',
  unknown: '?',
  sent: '✓',
  delivered: '✓✓',
  read: '✓✓ read',
  played: '✓✓ played',
  failed: '⚠ failed',
};

export function Chat({ conversationId, onBack }) {
  const client = useSwitchboard();
  const { items, outgoing, hasMore, loading, loadMore, send } = useMessages(conversationId);
  const typing = useTyping(conversationId);
  const end = useRef(null);
  const newest = items.at(-1)?.id;

  // What is looked at is read, and stands at the end of the page.
  // biome-ignore lint/correctness/useExhaustiveDependencies: at each new message
  useEffect(() => {
    end.current?.scrollIntoView();
    if (newest && !document.hidden) client.request('message.mark_read', { conversationId }).catch(() => undefined);
  }, [client, conversationId, newest, outgoing.length]);

  const submit = (event) => {
    event.preventDefault();
    const form = event.target;
    const text = new FormData(form).get('text').trim();
    if (!text) return;
    // A refusal is shown where the message stands.
    send(text).catch(() => undefined);
    typing.stop();
    form.reset();
  };

  return (
    <main className="chat">
      <button type="button" className="back" onClick={onBack}>
        ← Conversations
      </button>
      <ol aria-busy={loading}>
        {hasMore && (
          <li>
            <button type="button" onClick={loadMore}>
              Earlier messages
            </button>
          </li>
        )}
        {items.map((message) => (
          <li key={message.id} className={message.direction}>
            <p>{message.content?.text ?? `[${message.type}]`}</p>
            <small>
              {clock(message.sentAt)} {message.direction === 'outbound' && (marks[message.status] ?? message.status)}{' '}
              {message.error?.message ?? message.error?.title}
            </small>
          </li>
        ))}
        {outgoing.map(({ clientId, content, state, error }) => (
          <li key={clientId} className={`outbound ${state}`}>
            <p>{content.text}</p>
            <small>
              {state === 'failed' ? `not sent: ${error.message}` : 'on its way …'}
              {state === 'failed' && (
                <button type="button" onClick={() => client.outbox.remove(clientId)}>
                  Remove
                </button>
              )}
            </small>
          </li>
        ))}
        <li ref={end} className="typing">
          {typing.users.length > 0 && 'A colleague is typing …'}
        </li>
      </ol>
      <form onSubmit={submit}>
        <input
          name="text"
          placeholder="Message"
          aria-label="Message"
          autoComplete="off"
          onInput={typing.start}
          onBlur={typing.stop}
        />
        <button type="submit">Send</button>
      </form>
    </main>
  );
}
