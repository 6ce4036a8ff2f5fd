import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type Account, AccountsRepository } from './accounts.repository';
import { AuthenticationService } from './authentication.service';
import { conflict, forbidden, noSuchSession, noSuchUser } from './errors';
import { MembersRepository } from './members.repository';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { atLeast } from './roles';
import type { Session } from './session';
import { type SessionListing, SessionsRepository } from './sessions.repository';
import { TeamActivities } from './team-activities';

/**
 * Ending sessions from outside: one's own always; those of others by an admin of the same workspace, of members with no
 * higher role; anybody's by the operator.
 */
@Injectable()
export class SessionControlService {
  constructor(
    private readonly sessions: SessionsRepository,
    private readonly members: MembersRepository,
    private readonly accounts: AccountsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly log: RevocationLog,
    private readonly authentication: AuthenticationService,
    private readonly activities: TeamActivities,
    private readonly database: Database,
  ) {}

  async list(
    session: Session,
    userId: string | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<SessionListing[]> {
    if (userId !== undefined && userId !== session.userId) await this.checkMember(session, userId, 'userId');
    return this.sessions.openOf(userId ?? session.userId, session.workspaceId, before, limit);
  }

  async revokeSession(session: Session, sessionId: string): Promise<void> {
    await this.database.transaction(async () => {
      const owner = await this.sessions.ownerOf(sessionId, session.isOperator ? undefined : session.workspaceId);
      if (!owner) throw noSuchSession();
      if (owner.userId !== session.userId && !session.isOperator) this.checkRole(session, owner.role);
      await this.authentication.endSession(sessionId, 'revoked');
      if (owner.userId === session.userId) return;
      const account = await this.accounts.byId(owner.userId);
      if (!account) return;
      await this.activities.done(session, { action: 'member.signed_out', ...subject(account), details: { sessionId } });
    });
  }

  /** Ends every session of a user: in this workspace, or everywhere when they or the operator ask for it. */
  async revokeUser(session: Session, userId: string): Promise<void> {
    const everywhere = userId === session.userId || session.isOperator;
    if (!everywhere) await this.checkMember(session, userId);
    await this.endAll(userId, everywhere ? undefined : session.workspaceId, 'revoked', async (account) => {
      if (userId === session.userId) return;
      await this.activities.done(session, { action: 'member.signed_out', ...subject(account) });
    });
  }

  async disable(session: Session, userId: string): Promise<void> {
    if (userId === session.userId) throw conflict('own_user', 'Operators cannot disable themselves.');
    await this.endAll(userId, undefined, 'disabled', async (account) => {
      await this.accounts.setDisabled(userId, true);
      await this.activities.done(session, { action: 'user.disabled', ...subject(account) });
    });
  }

  async enable(session: Session, userId: string): Promise<void> {
    await this.database.transaction(async () => {
      const account = await this.accounts.byId(userId);
      if (!account) throw noSuchUser();
      await this.accounts.setDisabled(userId, false);
      await this.activities.done(session, { action: 'user.enabled', ...subject(account) });
    });
  }

  private async endAll(
    userId: string,
    workspaceId: string | undefined,
    reason: string,
    change: (account: Account) => Promise<void>,
  ): Promise<void> {
    await this.database.transaction(async () => {
      const account = await this.accounts.lockToRevoke(userId);
      if (!account) throw noSuchUser();
      await this.sessions.endAllOf(userId, workspaceId, reason);
      this.log.announce(await this.revocations.user(userId, workspaceId, reason));
      await change(account);
    });
  }

  /** @param field where the query or the body names the user */
  private async checkMember(session: Session, userId: string, field?: string): Promise<void> {
    const member = await this.members.find(session.workspaceId, userId);
    if (!member) throw noSuchUser(field);
    this.checkRole(session, member.role);
  }

  private checkRole(session: Session, target: Session['role']): void {
    if (!atLeast(session.role, 'admin')) throw forbidden('This needs the role admin.');
    if (!atLeast(session.role, target)) {
      throw forbidden(`A member with the role ${session.role} cannot do this to one with the role ${target}.`);
    }
  }
}

const subject = ({ id, email, name }: Account) => ({ subject: { kind: 'user', id, name: email ?? name } });
