import type { Ack, AckError } from '@switchboard/contracts';
import type { Socket } from 'socket.io';

/** Answers one message: in its ack, or, where the client asked for none, by an `error` event for errors only. */
export type Reply = (answer: Ack, final?: boolean) => void;

/** What a handler returns when something has to be done once its answer has been sent. */
export class AnswerThen<T> {
  constructor(
    readonly data: T,
    readonly afterwards: () => void,
  ) {}
}

/** `failed` is told of errors. Only the first answer counts. A final one disconnects the socket from its namespace; the connection's others stay. */
export function replyTo(
  socket: Socket,
  ack: ((answer: Ack) => void) | undefined,
  failed: (code: string) => void,
): Reply & { done: boolean } {
  const reply = Object.assign(
    (answer: Ack, final = false) => {
      if (reply.done) return;
      reply.done = true;
      if (!answer.ok) failed(answer.error.code);
      ack?.(answer);
      if (!answer.ok && (!ack || final)) socket.emit('error', answer.error satisfies AckError);
      if (final) socket.disconnect();
    },
    { done: false },
  );
  return reply;
}
