import type { Socket } from 'socket.io';
import type { Admission } from './admission';
import { Connection, type RateLimit } from './connection';
import type { ConnectionGate } from './connection-gate';
import { ProtocolError, toAckError } from './protocol-error';
import { type Offer, subscriptionOf } from './subscription';
import { engineOf } from './transport';

/** Namespace middleware: Nest does not await `handleConnection`, and a message may come before it is done. */
export class Handshake {
  constructor(
    private readonly admission: Admission,
    private readonly gate: ConnectionGate,
    private readonly offer: Offer,
    private readonly rate: RateLimit,
    private readonly accepting: () => boolean,
  ) {}

  /** Lets a socket in with a session, or without a token, to authenticate later. A refusal is told as `connect_error` with its code. */
  async receive(socket: Socket, next: (error?: Error) => void): Promise<void> {
    if (!this.accepting()) {
      // Without an answer the client comes back by itself; after a `connect_error` it would not.
      engineOf(socket).close();
      next(new Error('draining'));
      return;
    }
    try {
      const auth = socket.handshake.auth as Record<string, unknown>;
      const subscription = subscriptionOf(auth, this.offer);
      const token = tokenOf(socket);
      // It is not needed any more, and nothing to keep in memory or to show to whoever looks at the socket.
      socket.handshake.auth = {};
      const connection = new Connection(socket, subscription, auth.cursor ?? undefined, this.rate);
      if (token !== undefined) {
        const session = await this.admission.verify(token, socket.nsp.name);
        await this.admission.authorise(session, subscription);
        connection.session = session;
      }
      next();
    } catch (error) {
      next(this.refused(socket, error));
    }
  }

  private refused(socket: Socket, error: unknown): Error {
    this.gate.handshakeRefused(engineOf(socket));
    const data = toAckError(error);
    return Object.assign(new Error(data.message), { data });
  }
}

/** `auth.token`, or `Authorization: Bearer` for clients that cannot set it. */
function tokenOf(socket: Socket): string | undefined {
  const { token } = socket.handshake.auth as { token?: unknown };
  if (typeof token === 'string' && token !== '') return token;
  if (token !== undefined && token !== null && token !== '') throw ProtocolError.invalid('token', 'token is a string.');
  return /^Bearer +(\S+)$/i.exec(socket.handshake.headers.authorization ?? '')?.[1];
}
