import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { invalidField } from '../rest';
import { AccountsRepository } from './accounts.repository';
import { Arrivals } from './arrivals';
import { conflict, forbidden, noSuchUser, notRemoved } from './errors';
import { type Member, MembersRepository, type RemovedMember } from './members.repository';
import { Passwords } from './passwords';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import { atLeast } from './roles';
import type { Session } from './session';

export interface Newcomer {
  email: string;
  name?: string;
  password?: string;
  role: Role;
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
    if (!atLeast(session.role, newcomer.role)) {
      throw forbidden(`A member with the role ${session.role} cannot give the role ${newcomer.role}.`);
    }
    const passwordHash = newcomer.password === undefined ? undefined : await this.passwords.hash(newcomer.password);
    return this.database.transaction(() => this.admit(session.workspaceId, newcomer, passwordHash, session.isOperator));
  }

  /**
   * In the open transaction: makes the account, or takes an existing one that signs in here where `existing` allows it.
   * `passwordField` is how the caller calls the password.
   */
  async admit(
    workspaceId: string,
    newcomer: Newcomer,
    passwordHash: string | undefined,
    existing: boolean,
    passwordField = 'password',
  ): Promise<Member> {
    const id = existing ? await this.existing(newcomer.email) : undefined;
    if (id !== undefined && passwordHash !== undefined) {
      throw invalidField(passwordField, 'must be left out: this email signs in here already, and keeps its password');
    }
    if (id === undefined && passwordHash === undefined) throw invalidField(passwordField, 'is required for a new user');
    const userId = id ?? (await this.createAccount(newcomer, passwordHash!));
    if (!(await this.members.add(workspaceId, userId, newcomer.role))) {
      throw conflict('already_member', 'This user is a member of the workspace already.');
    }
    await this.members.unmarkRemoved(workspaceId, userId);
    await this.arrivals.joined(workspaceId, userId);
    return (await this.members.find(workspaceId, userId))!;
  }

  /** Removes a member and ends their sessions in this workspace. */
  async remove(session: Session, userId: string): Promise<void> {
    await this.database.transaction(async () => {
      await this.members.lockWorkspace(session.workspaceId);
      const target = await this.members.find(session.workspaceId, userId);
      if (!target) throw noSuchUser();
      await this.checkRemovable(session, target);
      await this.accounts.lockToRevoke(userId);
      this.log.announce(await this.revocations.user(userId, session.workspaceId, 'removed'));
      await this.members.remove(session.workspaceId, userId);
      if (target.external) await this.members.markRemoved(session.workspaceId, userId);
      if (await this.members.belongsSomewhere(userId)) return;
      if (target.external) await this.members.releaseEmail(userId);
      else await this.members.deleteUser(userId);
    });
  }

  /** Lets a removed user of another application in again, with their next token. */
  async restore(session: Session, userId: string): Promise<void> {
    if (await this.members.unmarkRemoved(session.workspaceId, userId)) return;
    if (await this.members.find(session.workspaceId, userId)) {
      throw conflict('already_member', 'This user is a member of the workspace; nothing is to be restored.');
    }
    throw notRemoved();
  }

  private async checkRemovable(session: Session, target: Member): Promise<void> {
    if (!atLeast(session.role, target.role)) {
      throw forbidden(`A member with the role ${session.role} cannot remove one with the role ${target.role}.`);
    }
    if (target.isOperator) throw forbidden('The operator of the instance cannot be removed.');
    if (target.role === 'owner' && (await this.members.owners(session.workspaceId)) === 1) {
      throw conflict('last_owner', 'The last owner of a workspace cannot be removed.');
    }
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
