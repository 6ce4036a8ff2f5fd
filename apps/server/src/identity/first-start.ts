import { randomInt } from 'node:crypto';
import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database, newId } from '@switchboard/database';
import { AccountsRepository } from './accounts.repository';
import { ExternalUsersRepository } from './external-users.repository';
import { MembersRepository } from './members.repository';
import { Passwords } from './passwords';
import { WorkspacesRepository } from './workspaces.repository';

/** Any constant: of processes that start together one makes the owner. */
const firstStartLock = 5_948_271_303;
/** Without the letters and digits that are mistaken for each other. */
const alphabet = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const passwordLength = 20;

/** An instance without users gets a workspace and an owner, who is its operator. */
@Injectable()
export class FirstStart implements OnApplicationBootstrap {
  private readonly logger = new Logger(FirstStart.name);

  constructor(
    private readonly accounts: AccountsRepository,
    private readonly members: MembersRepository,
    private readonly workspaces: WorkspacesRepository,
    private readonly externalUsers: ExternalUsersRepository,
    private readonly passwords: Passwords,
    private readonly database: Database,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (await this.accounts.none()) await this.makeOwner();
    await this.checkIssuers();
  }

  private async makeOwner(): Promise<void> {
    const email = this.config.ownerEmail;
    const password = this.config.ownerPassword ?? generatePassword();
    const passwordHash = await this.passwords.hash(password);
    const made = await this.database.transaction(async () => {
      if (!(await this.accounts.none())) return false;
      const { id } = await this.workspaces.add(this.config.firstWorkspaceId ?? newId(), 'My workspace');
      const userId = newId();
      await this.accounts.add({ id: userId, email, name: null, passwordHash, isOperator: true });
      return this.members.add(id, userId, 'owner', null);
    }, `select pg_advisory_xact_lock(${firstStartLock})`);
    if (!made) return;
    this.logger.log(`First start: made the workspace "My workspace" and its owner ${email}.`);
    // Not through the logger: logs are shipped and kept, and this is told once.
    if (!this.config.ownerPassword) {
      process.stdout.write(`\nSign in as ${email} with the password ${password}\nIt is not shown again.\n\n`);
    }
  }

  private async checkIssuers(): Promise<void> {
    const missing = await this.externalUsers.missing(this.config.authIssuers.flatMap(({ workspaces }) => workspaces));
    for (const id of missing) {
      this.logger.warn(`AUTH_ISSUERS names workspace ${id}, which does not exist: tokens for it are refused.`);
    }
  }
}

function generatePassword(): string {
  return Array.from({ length: passwordLength }, () => alphabet[randomInt(alphabet.length)]).join('');
}
