import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { AccountsRepository } from './accounts.repository';
import { AuthenticationService, type Client, type SignIn } from './authentication.service';
import { ChannelLimits } from './channel-limits';
import { conflict, forbidden, noSuchInvitation, tokenOver } from './errors';
import {
  type Invitation,
  type InvitationState,
  InvitationsRepository,
  type OpenInvitation,
} from './invitations.repository';
import { type Member, MembersRepository } from './members.repository';
import { checkGiving, limitOf, MembersService } from './members.service';
import { Passwords } from './passwords';
import { atLeast } from './roles';
import type { Session } from './session';
import { TeamActivities } from './team-activities';

const day = 86_400_000;

export interface Acceptance {
  token: string;
  password: string;
  name?: string;
}

/** Asking somebody to join a workspace. The token is told once, to who invites: Switchboard sends no mail. */
@Injectable()
export class InvitationsService {
  constructor(
    private readonly invitations: InvitationsRepository,
    private readonly accounts: AccountsRepository,
    private readonly memberships: MembersRepository,
    private readonly members: MembersService,
    private readonly authentication: AuthenticationService,
    private readonly passwords: Passwords,
    private readonly activities: TeamActivities,
    private readonly limits: ChannelLimits,
    private readonly database: Database,
  ) {}

  list(
    session: Session,
    state: InvitationState | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<Invitation[]> {
    return this.invitations.list(session.workspaceId, state, before, limit);
  }

  /** Invites with a role no higher than the caller's. What was open for the same person ends. */
  async invite(
    session: Session,
    { email, role, channelIds, days }: { email: string; role: Role; channelIds?: string[] | null; days: number },
  ): Promise<{ invitation: Invitation; token: string }> {
    const { workspaceId, userId } = session;
    const token = randomBytes(32).toString('base64url');
    const invitation = await this.database.transaction(async () => {
      // The lock keeps a removal of the inviter, which ends their invitations, apart from this, and other invitations of the same person.
      checkGiving(await this.members.lockedRole(session), role);
      if (await this.memberships.hasEmail(workspaceId, email)) {
        throw conflict('already_member', 'This user is a member of the workspace already.');
      }
      await this.invitations.supersede(workspaceId, email);
      const added = await this.invitations.add({
        id: newId(),
        workspaceId,
        email,
        role,
        channelIds: await this.limits.checked(workspaceId, role, channelIds),
        tokenHash: hashOf(token),
        invitedBy: userId,
        life: days * day,
      });
      await this.activities.done(session, {
        action: 'invitation.created',
        ...subject(added),
        details: { role, ...limitOf(added.channelIds) },
      });
      return added;
    });
    return { invitation, token };
  }

  /** Ends an open invitation; one that is over stays as it is. */
  async revoke(session: Session, id: string): Promise<void> {
    await this.database.transaction(async () => {
      const invitation = await this.invitations.lock(session.workspaceId, id);
      if (!invitation) throw noSuchInvitation();
      if (!atLeast(session.role, invitation.role)) {
        throw forbidden(`A member with the role ${session.role} cannot take back an invitation as ${invitation.role}.`);
      }
      if (invitation.state !== 'open') return;
      await this.invitations.revoke(session.workspaceId, id);
      await this.activities.done(session, { action: 'invitation.revoked', ...subject(invitation) });
    });
  }

  /** What a token is for. */
  async look(token: string): Promise<OpenInvitation> {
    const invitation = await this.invitations.byToken(hashOf(token));
    if (!invitation) throw tokenOver();
    return invitation;
  }

  /** Makes the account of somebody new, and signs them in. */
  async accept({ token, password, name }: Acceptance, client: Client): Promise<SignIn> {
    // Before the password is hashed: that costs 20 ms, and nobody without an open invitation is to have it.
    const { email, known, workspaceId } = await this.look(token);
    if (known) throw signInFirst();
    const passwordHash = await this.passwords.hash(password);
    const userId = newId();
    await this.database.transaction(async () => {
      const invitation = await this.claim(token, userId);
      const account = { id: userId, email, name: name ?? null, passwordHash, isOperator: false };
      if (!(await this.accounts.add(account))) throw emailTaken();
      await this.enter(invitation, userId);
    });
    return this.authentication.signIn(email, password, workspaceId, client);
  }

  /** Adds somebody who is signed in, to this or another workspace, and whose email is the one that was invited. */
  async join(session: Session, token: string): Promise<Member> {
    const { email } = await this.look(token);
    return this.database.transaction(async () => {
      const account = await this.accounts.lockToSignIn(session.userId);
      if (!account?.passwordHash || account.disabled || account.email !== email) {
        throw forbidden('This invitation is for another email address; sign in with that one.');
      }
      return this.enter(await this.claim(token, account.id), account.id);
    });
  }

  private async claim(token: string, userId: string): Promise<Invitation> {
    const invitation = await this.invitations.claim(hashOf(token), userId);
    if (!invitation) throw tokenOver();
    return invitation;
  }

  private async enter(invitation: Invitation, userId: string): Promise<Member> {
    const { workspaceId, role, channelIds, invitedBy } = invitation;
    const member = await this.members.enter(workspaceId, userId, role, channelIds);
    const doer = { userId, workspaceId };
    await this.activities.done(doer, {
      action: 'invitation.accepted',
      ...subject(invitation),
      details: { role, userId, invitedBy },
    });
    return member;
  }
}

const hashOf = (token: string) => createHash('sha256').update(token).digest();

const subject = ({ id, email }: Invitation) => ({ subject: { kind: 'invitation', id, name: email } });

/** A user of another application has it, who comes with its tokens, or somebody has taken it at this moment. */
const emailTaken = () =>
  conflict('email_taken', 'This email belongs to another user; ask for an invitation of another one.');

const signInFirst = () =>
  conflict('sign_in_first', 'This email has an account here: sign in, then send the token to /v1/invitations/join.');
