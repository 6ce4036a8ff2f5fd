import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

/** Who may have sockets in a workspace. */
export interface Person {
  kind: 'user' | 'api_key';
  id: string;
  name: string;
}

@Injectable()
export class PeopleRepository {
  constructor(private readonly database: Database) {}

  /** A member or an API key of the workspace. */
  async find(workspaceId: string, id: string): Promise<Person | undefined> {
    const { rows } = await this.database.query<Person>(
      `select 'user' as kind, u.id, coalesce(u.email, u.name, '') as name
         from memberships m join users u on u.id = m.user_id where m.workspace_id = $1 and m.user_id = $2
       union all
       select 'api_key', k.id, k.name from api_keys k where k.workspace_id = $1 and k.id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }
}
