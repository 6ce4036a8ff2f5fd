import { Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { MembersService, type Newcomer } from './members.service';
import { Passwords } from './passwords';
import type { Session } from './session';
import { type Workspace, WorkspacesRepository } from './workspaces.repository';

@Injectable()
export class WorkspacesService {
  constructor(
    private readonly workspaces: WorkspacesRepository,
    private readonly members: MembersService,
    private readonly passwords: Passwords,
    private readonly database: Database,
  ) {}

  /** Makes a workspace and its owner, who may be somebody that signs in here already. */
  async create(session: Session, name: string, owner: Omit<Newcomer, 'role'>): Promise<Workspace> {
    const passwordHash = owner.password === undefined ? undefined : await this.passwords.hash(owner.password);
    return this.database.transaction(async () => {
      const workspace = await this.workspaces.add(newId(), name);
      await this.members.admit(
        session,
        workspace.id,
        { ...owner, role: 'owner' },
        passwordHash,
        true,
        'owner.password',
      );
      return workspace;
    });
  }

  /** Every workspace for the operator, one's own for everybody else. */
  list(session: Session, before: string | undefined, limit: number): Promise<Workspace[]> {
    return session.isOperator
      ? this.workspaces.list(before, limit)
      : this.workspaces.listOf(session.userId, before, limit);
  }
}
