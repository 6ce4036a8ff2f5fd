import type { MessageView } from '@switchboard/contracts';
import { Backoff } from './backoff';
import type { KeyValueStorage } from './cursors';
import { isNetworkError, SignedOutError, SwitchboardError } from './errors';
import { Observable } from './observable';
import type { Answer, Call } from './rest';
import { RestError } from './rest';

type Body = Call<'post', '/v1/conversations/{id}/messages'>['body'];
export type Sent = Answer<'post', '/v1/conversations/{id}/messages'>;
export type MessageContent = Body['content'];
export type SendOptions = Omit<Body, 'content' | 'clientId'>;

/**
 * `waiting`: to be sent, again if need be. `sending`: being handed over. `accepted`: the server has it, `message` is how it stands.
 * `failed`: refused, and not tried again by itself; nothing was sent.
 */
export type OutgoingState = 'waiting' | 'sending' | 'accepted' | 'failed';

/** A message on its way to the server. Shown in the conversation until the server's own takes its place. */
export interface Outgoing {
  /** The message's `clientId`, and the key under which it is taken once. */
  clientId: string;
  conversationId: string;
  content: MessageContent;
  options: SendOptions;
  state: OutgoingState;
  /** ISO 8601 */
  createdAt: string;
  error?: { code: string; message: string; details?: unknown };
  message?: MessageView;
}

export interface OutboxHost {
  send(outgoing: Outgoing): Promise<MessageView>;
  /** Whether somebody is told of the message by an event, and shows it. */
  followed(): boolean;
  storage: KeyValueStorage | undefined;
  backoff: { first: number; longest: number };
}

/**
 * Messages that are on their way. One that could not be handed over is handed over again, under the same key, so that it is sent once
 * whatever was lost on the way. Within a conversation the order is kept.
 */
export class Outbox {
  /** All that are on their way or failed, oldest first. */
  readonly entries = new Observable<readonly Outgoing[]>([]);
  private readonly busy = new Set<string>();
  /** Ids of all that this tab has had. */
  private readonly mine = new Set<string>();
  private readonly settling = new Map<
    string,
    { resolve: (message: MessageView) => void; reject: (error: Error) => void }
  >();
  private readonly backoff: Backoff;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private key: string | undefined;
  private closed = false;

  constructor(private readonly host: OutboxHost) {
    this.backoff = new Backoff(host.backoff);
  }

  /** Takes up what an earlier life of the same user left. */
  open(key: string): void {
    if (this.key === key) return;
    this.key = key;
    const kept = this.read(key).filter(({ clientId }) => !this.find(clientId));
    this.entries.set([...kept, ...this.entries.current]);
    this.save();
    this.flush();
  }

  /** Shows the message at once and hands it over as soon as the server can be reached. The promise is kept however long that takes. */
  send(conversationId: string, content: MessageContent, options: SendOptions, clientId: string): Promise<MessageView> {
    const existing = this.find(clientId);
    if (existing?.message) return Promise.resolve(existing.message);
    const result = new Promise<MessageView>((resolve, reject) => {
      this.settling.set(clientId, { resolve, reject });
    });
    // Who does not wait for it looks at the entries.
    result.catch(() => undefined);
    if (!existing) {
      const createdAt = new Date().toISOString();
      const entry: Outgoing = { clientId, conversationId, content, options, state: 'waiting', createdAt };
      this.put([...this.entries.current, entry]);
    }
    this.flush();
    return result;
  }

  /** Tries a failed one again. */
  retry(clientId: string): void {
    const entry = this.find(clientId);
    if (entry?.state !== 'failed') return;
    this.change(clientId, { state: 'waiting', error: undefined });
    this.flush();
  }

  /** Takes one out: one that failed, one that waits, or one that the list of messages shows by now. */
  remove(clientId: string): void {
    if (this.find(clientId)) this.put(this.entries.current.filter((entry) => entry.clientId !== clientId));
  }

  /** Lists are loaded again: they show what was accepted. */
  forgetAccepted(): void {
    this.put(this.entries.current.filter(({ state }) => state !== 'accepted'));
  }

  /** Everything that waits, now: the server can be reached again. */
  flush(): void {
    clearTimeout(this.timer);
    if (this.closed) return;
    const blocked = new Set(this.busy);
    for (const entry of this.entries.current) {
      const { conversationId, state } = entry;
      if (blocked.has(conversationId) || (state !== 'waiting' && state !== 'sending')) continue;
      blocked.add(conversationId);
      void this.hand(entry);
    }
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
  }

  private async hand(entry: Outgoing): Promise<void> {
    const { clientId, conversationId } = entry;
    this.busy.add(conversationId);
    this.change(clientId, { state: 'sending' });
    try {
      const message = await this.host.send(entry);
      this.backoff.reset();
      if (this.host.followed()) this.change(clientId, { state: 'accepted', message });
      else this.remove(clientId);
      this.settling.get(clientId)?.resolve(message);
      this.settling.delete(clientId);
    } catch (error) {
      this.failed(clientId, error);
    } finally {
      this.busy.delete(conversationId);
    }
    if (this.find(clientId)?.state !== 'waiting') this.flush();
  }

  private failed(clientId: string, error: unknown): void {
    if (passes(error)) {
      this.change(clientId, { state: 'waiting' });
      const wait = Math.max(this.backoff.next(), (error instanceof RestError && error.retryAfterMs) || 0);
      clearTimeout(this.timer);
      if (!this.closed) this.timer = setTimeout(() => this.flush(), wait);
      return;
    }
    const { message } = error as Error;
    const { code = 'internal', details } = error as Partial<SwitchboardError>;
    this.change(clientId, { state: 'failed', error: { code, message, details } });
    this.settling.get(clientId)?.reject(error as Error);
    this.settling.delete(clientId);
  }

  private find(clientId: string): Outgoing | undefined {
    return this.entries.current.find((entry) => entry.clientId === clientId);
  }

  private change(clientId: string, change: Partial<Outgoing>): void {
    if (this.find(clientId)) {
      this.put(this.entries.current.map((entry) => (entry.clientId === clientId ? { ...entry, ...change } : entry)));
    }
  }

  private put(entries: readonly Outgoing[]): void {
    this.entries.set(entries);
    this.save();
  }

  private read(key: string): Outgoing[] {
    try {
      return JSON.parse(this.host.storage?.getItem(key) ?? '[]') as Outgoing[];
    } catch {
      return [];
    }
  }

  /** Other tabs keep theirs in the same place. One that is taken up by two is handed over by both, under the same key. */
  private save(): void {
    const { storage } = this.host;
    if (this.key === undefined || !storage) return;
    const { current } = this.entries;
    for (const { clientId } of current) this.mine.add(clientId);
    const others = this.read(this.key).filter(({ clientId }) => !this.mine.has(clientId));
    const kept = [...others, ...current.filter(({ state }) => state !== 'accepted')];
    try {
      if (kept.length > 0) storage.setItem(this.key, JSON.stringify(kept));
      else storage.removeItem(this.key);
    } catch {
      // Full or forbidden: they live as long as the page.
    }
  }
}

/** True where trying again may help: no answer came, or the server says that it is its own trouble. */
function passes(error: unknown): boolean {
  if (error instanceof RestError) return error.status >= 500 || error.status === 429 || error.status === 408;
  if (error instanceof SignedOutError) return true;
  const { name } = error as { name?: string };
  return isNetworkError(error) || name === 'TimeoutError' || name === 'AbortError';
}
