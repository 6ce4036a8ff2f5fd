import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { invalidField } from '../rest';
import { AccountsRepository } from './accounts.repository';
import { Arrivals } from './arrivals';
import { ChannelLimits } from './channel-limits';
import { conflict, forbidden, noSuchUser, notRemoved } from './errors';
import { InvitationsRepository } from './invitations.repository';
import { type Member, MembersRepository, type RemovedMember } from './members.repository';
import { Passwords } from './passwords';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { atLeast, lowerRole, roleNames } from './roles';
import type { Session } from './session';
import { type Doer, TeamActivities } from './team-activities';

export interface Newcomer {
  email: string;
  name?: string;
  password?: string;
  role: Role;
  channelIds?: string[] | null;
}

export interface Rights {
  role?: Role;
  /** Left out: as it is. */
  channelIds?: string[] | null;
}

/** Who belongs to a workspace. Everything here stays within the workspace of the session. */
@Injectable()
export class MembersService {
  constructor(
    private readonly members: MembersRepository,
    private readonly accounts: AccountsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly log: RevocationLog,
    private readonly passwords: Passwords,
    private readonly arrivals: Arrivals,
    private readonly invitations: InvitationsRepository,
    private readonly activities: TeamActivities,
    private readonly limits: ChannelLimits,
    private readonly database: Database,
  ) {}

  list(session: Session, before: string | undefined, limit: number): Promise<Member[]> {
    return this.members.list(session.workspaceId, before, limit);
  }

  listRemoved(session: Session, before: string | undefined, limit: number): Promise<RemovedMember[]> {
    return this.members.listRemoved(session.workspaceId, before, limit);
  }

  /** Adds a member with a role no higher than the caller's. Somebody with an account elsewhere is added by the operator only. */
  async add(session: Session, newcomer: Newcomer): Promise<Member> {
    checkGiving(session.role, newcomer.role);
    const passwordHash = newcomer.password === undefined ? undefined : await this.passwords.hash(newcomer.password);
    return this.database.transaction(async () => {
      checkGiving(await this.lockedRole(session), newcomer.role);
      return this.admit(session, session.workspaceId, newcomer, passwordHash, session.isOperator);
    });
  }

  /**
   * In the open transaction: makes the account, or takes an existing one that signs in here where `existing` allows it.
   * `passwordField` is how the caller calls the password.
   */
  async admit(
    doer: Doer,
    workspaceId: string,
    newcomer: Newcomer,
    passwordHash: string | undefined,
    existing: boolean,
    passwordField = 'password',
  ): Promise<Member> {
    const channelIds = await this.limits.checked(workspaceId, newcomer.role, newcomer.channelIds);
    const id = existing ? await this.existing(newcomer.email) : undefined;
    if (id !== undefined && passwordHash !== undefined) {
      throw invalidField(passwordField, 'must be left out: this email signs in here already, and keeps its password');
    }
    if (id === undefined && passwordHash === undefined) throw invalidField(passwordField, 'is required for a new user');
    const userId = id ?? (await this.createAccount(newcomer, passwordHash!));
    const member = await this.enter(workspaceId, userId, newcomer.role, channelIds);
    await this.activities.done(doer, {
      action: 'member.added',
      workspaceId,
      ...subject(member),
      details: { role: member.role, ...limitOf(member.channelIds) },
    });
    return member;
  }

  /** In the open transaction: makes a user a member, of these channels alone where they are given. */
  async enter(workspaceId: string, userId: string, role: Role, channelIds: string[] | null): Promise<Member> {
    if (!(await this.members.add(workspaceId, userId, role, channelIds))) {
      throw conflict('already_member', 'This user is a member of the workspace already.');
    }
    await this.members.unmarkRemoved(workspaceId, userId);
    await this.arrivals.joined(workspaceId, userId);
    return (await this.members.find(workspaceId, userId))!;
  }

  /**
   * Gives a member another role, or other channels. Their access tokens end at once, in every process, and their sockets with them;
   * what they refresh to has the new rights.
   */
  async changeRights(session: Session, userId: string, rights: Rights): Promise<Member> {
    return this.database.transaction(async () => {
      const own = await this.lockedRole(session);
      const target = await this.members.find(session.workspaceId, userId);
      if (!target) throw noSuchUser();
      if (!atLeast(own, target.role)) {
        throw forbidden(`A member with the role ${own} cannot change one with the role ${target.role}.`);
      }
      const role = rights.role ?? target.role;
      checkGiving(own, role);
      if (target.external && rights.role !== undefined) {
        throw conflict(
          'external_user',
          "The role of another application's user comes with its tokens; change it there.",
        );
      }
      const kept = atLeast(role, 'admin') ? null : target.channelIds;
      const channelIds =
        rights.channelIds === undefined
          ? kept
          : await this.limits.checked(session.workspaceId, role, rights.channelIds);
      const sameChannels = `${channelIds}` === `${target.channelIds}`;
      if (target.role === role && sameChannels) return target;
      if (target.role === 'owner') await this.checkOwnerStays(session.workspaceId);
      await this.accounts.lockToRevoke(userId);
      await this.members.change(session.workspaceId, userId, role, channelIds);
      const reason = target.role === role ? 'channels_changed' : 'role_changed';
      this.log.announce(await this.revocations.user(userId, session.workspaceId, reason));
      await this.invitations.revokeBy(session.workspaceId, userId, invitableOnlyAbove(role));
      if (target.role !== role) {
        await this.activities.done(session, {
          action: 'member.role_changed',
          ...subject(target),
          details: { from: target.role, to: role },
        });
      }
      if (!sameChannels) {
        await this.activities.done(session, {
          action: 'member.channels_changed',
          ...subject(target),
          details: { from: target.channelIds, to: channelIds },
        });
      }
      return { ...target, role, channelIds };
    });
  }

  /** Removes a member, ends their sessions in this workspace and takes back the invitations they have made. */
  async remove(session: Session, userId: string): Promise<void> {
    await this.database.transaction(async () => {
      const own = await this.lockedRole(session);
      const target = await this.members.find(session.workspaceId, userId);
      if (!target) throw noSuchUser();
      await this.checkRemovable(own, session.workspaceId, target);
      await this.accounts.lockToRevoke(userId);
      this.log.announce(await this.revocations.user(userId, session.workspaceId, 'removed'));
      await this.members.remove(session.workspaceId, userId);
      await this.invitations.revokeBy(session.workspaceId, userId, roleNames);
      if (target.external) await this.members.markRemoved(session.workspaceId, userId);
      if (!(await this.members.belongsSomewhere(userId))) {
        if (target.external) await this.members.releaseEmail(userId);
        else await this.members.deleteUser(userId);
      }
      await this.activities.done(session, {
        action: 'member.removed',
        ...subject(target),
        details: { role: target.role },
      });
    });
  }

  /** Lets a removed user of another application in again, with their next token. */
  async restore(session: Session, userId: string): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.members.unmarkRemoved(session.workspaceId, userId))) {
        if (await this.members.find(session.workspaceId, userId)) {
          throw conflict('already_member', 'This user is a member of the workspace; nothing is to be restored.');
        }
        throw notRemoved();
      }
      const account = await this.accounts.byId(userId);
      await this.activities.done(session, {
        action: 'member.restored',
        subject: { kind: 'user', id: userId, name: account?.email ?? account?.name },
      });
    });
  }

  /**
   * In the open transaction: what the caller may do now, held until it ends. Another process may have taken a role away and this
   * one not have read it yet; a role given in that second must not stay.
   */
  async lockedRole(session: Session): Promise<Role> {
    await this.members.lockWorkspace(session.workspaceId);
    const role = await this.members.roleOf(session.workspaceId, session.userId);
    if (!role || !atLeast(role, 'admin')) throw forbidden('This needs the role admin.');
    return lowerRole(role, session.role);
  }

  private async checkRemovable(own: Role, workspaceId: string, target: Member): Promise<void> {
    if (!atLeast(own, target.role)) {
      throw forbidden(`A member with the role ${own} cannot remove one with the role ${target.role}.`);
    }
    if (target.isOperator) throw forbidden('The operator of the instance cannot be removed.');
    if (target.role === 'owner') await this.checkOwnerStays(workspaceId);
  }

  private async checkOwnerStays(workspaceId: string): Promise<void> {
    if ((await this.members.owners(workspaceId)) > 1) return;
    throw conflict('last_owner', 'This is the last owner of the workspace; make somebody else an owner first.');
  }

  private async existing(email: string): Promise<string | undefined> {
    const account = await this.accounts.byEmail(email);
    if (!account?.passwordHash) return undefined;
    // A removal from another workspace may be deleting the account at this moment.
    return (await this.accounts.lockToSignIn(account.id))?.id;
  }

  private async createAccount(newcomer: Newcomer, passwordHash: string): Promise<string> {
    const id = newId();
    const { email, name } = newcomer;
    const added = await this.accounts.add({ id, email, name: name ?? null, passwordHash, isOperator: false });
    if (!added) throw conflict('email_taken', 'This email belongs to another user; the operator can add them.');
    return id;
  }
}

/** For the audit log: only where there is a limit. */
export const limitOf = (channelIds: string[] | null) => (channelIds ? { channelIds } : {});

/** Nobody gives a role higher than their own. */
export function checkGiving(own: Role, role: Role): void {
  if (!atLeast(own, role)) throw forbidden(`A member with the role ${own} cannot give the role ${role}.`);
}

const subject = ({ id, email, name }: Member) => ({ subject: { kind: 'user', id, name: email ?? name } });

/** What somebody with this role could not have invited to. */
const invitableOnlyAbove = (role: Role): Role[] =>
  atLeast(role, 'admin') ? roleNames.filter((each) => !atLeast(role, each)) : [...roleNames];
