import { Injectable } from '@nestjs/common';
import type { Role } from '@switchboard/contracts';
import { Database } from '@switchboard/database';

/** Somebody who signs in here with a password, or (no `passwordHash`) comes from another application. */
export interface Account {
  id: string;
  email: string | null;
  name: string | null;
  passwordHash: string | null;
  isOperator: boolean;
  disabled: boolean;
}

export interface NewAccount {
  id: string;
  email: string;
  name: string | null;
  passwordHash: string;
  isOperator: boolean;
}

export interface WorkspaceMembership {
  id: string;
  name: string;
  role: Role;
  /** The only channels the member sees; null: all. */
  channelIds: string[] | null;
}

const columns = `id, email, name, password_hash as "passwordHash", is_operator as "isOperator", disabled_at is not null as disabled`;

@Injectable()
export class AccountsRepository {
  constructor(private readonly database: Database) {}

  byEmail(email: string): Promise<Account | undefined> {
    return this.one(`select ${columns} from users where email = $1`, email);
  }

  byId(id: string): Promise<Account | undefined> {
    return this.one(`select ${columns} from users where id = $1`, id);
  }

  /** Keeps the user from being revoked, removed or changed until the transaction ends. */
  lockToSignIn(id: string): Promise<Account | undefined> {
    return this.one(`select ${columns} from users where id = $1 for share`, id);
  }

  /** Keeps everybody from signing this user in until the transaction ends. */
  lockToRevoke(id: string): Promise<Account | undefined> {
    return this.one(`select ${columns} from users where id = $1 for update`, id);
  }

  /** The user's workspaces, the one joined first at the head; by the index memberships_user. */
  async workspacesOf(userId: string): Promise<WorkspaceMembership[]> {
    const { rows } = await this.database.query<WorkspaceMembership>(
      `select w.id, w.name, m.role, m.channel_ids as "channelIds" from memberships m join workspaces w on w.id = m.workspace_id
        where m.user_id = $1 order by m.created_at, w.id`,
      [userId],
    );
    return rows;
  }

  /** @returns false when the address is taken. */
  async add(account: NewAccount): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `insert into users (id, email, name, password_hash, is_operator) values ($1, $2, $3, $4, $5)
       on conflict (email) do nothing returning 1`,
      [account.id, account.email, account.name, account.passwordHash, account.isOperator],
    );
    return rowCount === 1;
  }

  async setPassword(id: string, passwordHash: string): Promise<void> {
    await this.database.query('update users set password_hash = $2 where id = $1', [id, passwordHash]);
  }

  async setDisabled(id: string, disabled: boolean): Promise<void> {
    await this.database.query(
      'update users set disabled_at = case when $2 then coalesce(disabled_at, now()) end where id = $1',
      [id, disabled],
    );
  }

  async none(): Promise<boolean> {
    const { rows } = await this.database.query<{ none: boolean }>('select not exists (select 1 from users) as none');
    return rows[0]!.none;
  }

  private async one(text: string, value: string): Promise<Account | undefined> {
    const { rows } = await this.database.query<Account>(text, [value]);
    return rows[0];
  }
}
