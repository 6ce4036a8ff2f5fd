import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database, newId } from '@switchboard/database';
import { invalidField } from '../rest';
import { AccessTokens } from './access-tokens';
import { type Account, AccountsRepository, type WorkspaceMembership } from './accounts.repository';
import { invalidCredentials, noSuchWorkspace, refreshRefused, sessionEnded, wrongPassword } from './errors';
import { Passwords } from './passwords';
import { decideRefresh, type RefreshDecision } from './refresh-decision';
import { RevocationLog } from './revocation-log';
import { RevocationsRepository } from './revocations.repository';
import type { Session } from './session';
import { SessionsRepository } from './sessions.repository';

export interface Client {
  userAgent: string | null;
  /** Throws when this client has failed too often meanwhile. */
  check: () => Promise<void>;
}

/** A sign-in as its owner gets it. The refresh token is told once and kept nowhere. */
export interface SignIn {
  accessToken: string;
  refreshToken: string;
  session: Session;
  account: Account;
  workspace: WorkspaceMembership;
  workspaces: WorkspaceMembership[];
}

interface Admitted extends Omit<SignIn, 'accessToken'> {}

/** Sign-in by password, refresh with rotation, sign-out. */
@Injectable()
export class AuthenticationService {
  constructor(
    private readonly accounts: AccountsRepository,
    private readonly sessions: SessionsRepository,
    private readonly revocations: RevocationsRepository,
    private readonly log: RevocationLog,
    private readonly passwords: Passwords,
    private readonly accessTokens: AccessTokens,
    private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @throws UnauthorizedException, the same for an unknown email, a wrong password and a disabled user. */
  async signIn(email: string, password: string, workspaceId: string | undefined, client: Client): Promise<SignIn> {
    const account = await this.accounts.byEmail(email);
    const right = await this.passwords.verify(account?.passwordHash, password, client.check);
    if (!account || !right) throw invalidCredentials();
    const admitted = await this.database.transaction(async () => {
      const locked = await this.accounts.lockToSignIn(account.id);
      // The password may have been changed, and every session ended, while this one was being checked.
      if (!locked || locked.disabled || locked.passwordHash !== account.passwordHash) throw invalidCredentials();
      return this.open(locked, workspaceId, client);
    });
    return this.issue(admitted);
  }

  /**
   * Exchanges a refresh token for the next pair. One that was used longer than REFRESH_TOKEN_REUSE_INTERVAL ago ends the session
   * for whoever holds it.
   * @throws UnauthorizedException
   */
  async refresh(refreshToken: string): Promise<SignIn> {
    const hash = hashOf(refreshToken);
    // A reused token is refused by a value, not an exception: the end of its session must be committed.
    const outcome = await this.database.transaction(() => this.rotate(hash));
    if (typeof outcome === 'string') throw refreshRefused(outcome);
    return this.issue(outcome);
  }

  async accountOf(session: Session): Promise<Pick<SignIn, 'account' | 'workspaces'>> {
    const account = await this.accounts.byId(session.userId);
    // Deleted by another process, whose revocation is not known here yet.
    if (!account) throw sessionEnded();
    return { account, workspaces: await this.accounts.workspacesOf(account.id) };
  }

  async signOut(session: Session): Promise<void> {
    await this.database.transaction(() => this.endSession(session.id, 'signed_out'));
  }

  /** Changes the password and ends every session of the user but the one it returns. */
  async changePassword(session: Session, current: string, next: string, client: Client): Promise<SignIn> {
    const account = await this.accounts.byId(session.userId);
    if (!account || !(await this.passwords.verify(account.passwordHash, current, client.check))) throw wrongPassword();
    if (this.passwords.same(current, next)) {
      throw invalidField('newPassword', 'must be another one than the current');
    }
    const passwordHash = await this.passwords.hash(next);
    const admitted = await this.database.transaction(async () => {
      const locked = await this.accounts.lockToRevoke(account.id);
      if (!locked || locked.disabled || locked.passwordHash !== account.passwordHash) throw wrongPassword();
      await this.accounts.setPassword(account.id, passwordHash);
      await this.sessions.endAllOf(account.id, undefined, 'password_changed');
      this.log.announce(await this.revocations.user(account.id, undefined, 'password_changed'));
      return this.open(locked, session.workspaceId, client);
    });
    return this.issue(admitted);
  }

  /** Ends a session of ours or of an external issuer, in the open transaction. */
  async endSession(sessionId: string, reason: string): Promise<void> {
    const ended = await this.sessions.end(sessionId, reason);
    if (ended) this.log.announce(await this.revocations.session(sessionId, reason));
  }

  private async rotate(hash: Buffer): Promise<Admitted | Exclude<RefreshDecision, 'rotate'>> {
    const found = await this.sessions.byRefreshToken(hash);
    // The user's row before the session's: removing a user locks them in this order too.
    const account = found && (await this.accounts.lockToSignIn(found.userId));
    if (!account) return 'unknown';
    await this.sessions.lock(found.id);
    const session = await this.sessions.refreshState(hash, this.config.refreshTokenReuseInterval);
    if (!session) return 'unknown';
    const decision = decideRefresh({
      token: session.token,
      sessionEnded: session.ended,
      sessionExpired: session.expired,
      userDisabled: account.disabled,
    });
    if (decision === 'reused') await this.endSession(session.id, 'refresh_token_reused');
    if (decision !== 'rotate') return decision;
    const workspaces = await this.accounts.workspacesOf(account.id);
    const workspace = workspaces.find(({ id }) => id === session.workspaceId);
    if (!workspace) return 'ended';
    await this.sessions.prolong(session.id, this.config.refreshTokenTtl);
    await this.sessions.useRefreshTokens(session.id);
    return this.admit(account, workspace, workspaces, session.id);
  }

  private async open(account: Account, workspaceId: string | undefined, client: Client): Promise<Admitted> {
    const workspaces = await this.accounts.workspacesOf(account.id);
    const workspace = workspaceId === undefined ? workspaces[0] : workspaces.find(({ id }) => id === workspaceId);
    if (!workspace) throw noSuchWorkspace();
    const id = newId();
    await this.sessions.add({
      id,
      userId: account.id,
      workspaceId: workspace.id,
      userAgent: client.userAgent?.slice(0, 300) ?? null,
      life: this.config.refreshTokenTtl,
    });
    return this.admit(account, workspace, workspaces, id);
  }

  private async admit(
    account: Account,
    workspace: WorkspaceMembership,
    workspaces: WorkspaceMembership[],
    sessionId: string,
  ): Promise<Admitted> {
    const refreshToken = randomBytes(32).toString('base64url');
    const ids = { id: sessionId, userId: account.id, workspaceId: workspace.id };
    const issuedAt = (await this.sessions.addRefreshToken(hashOf(refreshToken), ids)).getTime();
    const session: Session = {
      ...ids,
      email: account.email,
      role: workspace.role,
      ...(workspace.channelIds ? { channelIds: workspace.channelIds } : {}),
      isOperator: account.isOperator,
      issuedAt,
      // `exp` has seconds: the session ends exactly when its token does.
      expiresAt: Math.floor((issuedAt + this.config.accessTokenTtl) / 1000) * 1000,
    };
    return { refreshToken, session, account, workspace, workspaces };
  }

  private async issue(admitted: Admitted): Promise<SignIn> {
    return { ...admitted, accessToken: await this.accessTokens.sign(admitted.session) };
  }
}

const hashOf = (refreshToken: string) => createHash('sha256').update(refreshToken).digest();
