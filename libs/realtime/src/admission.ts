import { inScope, rooms, scopeAreaOf } from '@switchboard/contracts';
import { type AccessPolicy, type Session, SessionRefused, type SessionVerifier } from './ports';
import { ProtocolError } from './protocol-error';
import { roomRefs, type Subscription } from './subscription';

/** Who may be served, and with which rooms. All methods throw `ProtocolError`; refusals of a session are final. */
export class Admission {
  constructor(
    private readonly verifier: SessionVerifier,
    private readonly policy: AccessPolicy,
  ) {}

  async verify(token: string, namespace: string): Promise<Session> {
    const session = await this.sessionOf(token);
    const area = scopeAreaOf(namespace);
    if (area === '' || inScope(session.scopes, area, 'read')) return session;
    const message = `This API key may not read here; it would need the scope ${area}:read.`;
    throw new ProtocolError('forbidden', message, undefined, true);
  }

  private async sessionOf(token: string): Promise<Session> {
    try {
      return await this.verifier.verify(token);
    } catch (error) {
      if (!(error instanceof SessionRefused)) throw error;
      throw new ProtocolError(error.code, error.message, undefined, true);
    }
  }

  /** Synchronous, for right before serving: a session may have ended while something was awaited. */
  confirm(session: Session): void {
    if (session.expiresAt <= Date.now())
      throw new ProtocolError('token_expired', 'The token has expired.', undefined, true);
    if (!this.verifier.isActive(session))
      throw new ProtocolError('token_revoked', 'The session has ended.', undefined, true);
  }

  /** Checks the rooms that `before` did not have. */
  async authorise(session: Session, subscription: Subscription, before?: Subscription): Promise<void> {
    const asked = roomRefs(subscription).filter((room) => !before?.rooms?.has(nameOf(room)));
    if (asked.length === 0) return;
    const granted = new Set((await this.policy.joinable(session, asked)).map(nameOf));
    const refused = asked.filter((room) => !granted.has(nameOf(room)));
    if (refused.length === 0) return;
    throw new ProtocolError('forbidden', 'Some rooms do not exist here or are not open to your role.', {
      field: 'rooms',
      rooms: refused,
    });
  }

  /** Of a subscription's rooms, those that the session may join. */
  joinable(session: Session, subscription: Subscription) {
    return this.policy.joinable(session, roomRefs(subscription));
  }
}

const nameOf = rooms.of;
