import { instagramMid, messengerMid } from '../../forms/ids';
import type { World } from '../world';
import type { Correspondent, Inbox, Thread, ThreadMessage } from './inbox';

interface ThreadPen {
  thread: Thread;
  add(message: Omit<ThreadMessage, 'reactions'>): ThreadMessage;
}

/** The conversation with a customer, begun if there is none, and the way to write into it. */
export function threadOf(world: World, inbox: Inbox, correspondent: Correspondent): ThreadPen {
  const thread = inbox.threads.get(correspondent.id) ?? begin(world, inbox, correspondent);
  return {
    thread,
    add(facts) {
      const message = { ...facts, reactions: new Map<string, string>() };
      insert(thread.messages, message);
      thread.updatedAt = Math.max(thread.updatedAt, message.at);
      world.nodes.set(message.id, { kind: 'message', inbox, thread, message });
      return message;
    },
  };
}

function begin(world: World, inbox: Inbox, correspondent: Correspondent): Thread {
  const { random } = world;
  const id =
    inbox.platform === 'messenger'
      ? `t_${random.digits(16)}`
      : Buffer.from(`ig_dm_thread:${inbox.id}:${random.digits(30)}`).toString('base64url');
  const thread: Thread = { id, correspondent, messages: [], updatedAt: 0 };
  inbox.threads.set(correspondent.id, thread);
  world.nodes.set(id, { kind: 'thread', inbox, thread });
  return thread;
}

/** History may be told in any order; the thread is kept in that of time. */
function insert(messages: ThreadMessage[], message: ThreadMessage): void {
  let at = messages.length;
  while (at > 0 && (messages[at - 1] as ThreadMessage).at > message.at) at--;
  messages.splice(at, 0, message);
}

export const newMid = ({ random }: World, { platform, id }: Inbox): string =>
  platform === 'messenger' ? messengerMid(random) : instagramMid(random, id);
