import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface CannedReply {
  id: string;
  shortcut: string;
  body: string;
  updatedAt: Date;
}

/** What a reply's variables are filled with. */
export interface ReplySubject {
  contactName: string | null;
  contactUsername: string | null;
  contactPhone: string | null;
  channelName: string;
  workspaceName: string;
  agentName: string | null;
}

const columns = `id, shortcut, body, updated_at as "updatedAt"`;

@Injectable()
export class CannedRepliesRepository {
  constructor(private readonly database: Database) {}

  /** In descending id, newest first. Served by canned_replies_workspace; `start` by canned_replies_shortcut among few. */
  async list(
    workspaceId: string,
    start: string | undefined,
    before: string | undefined,
    limit: number,
  ): Promise<CannedReply[]> {
    const { rows } = await this.database.query<CannedReply>(
      `select ${columns} from canned_replies
        where workspace_id = $1 and ($2::text is null or starts_with(lower(shortcut), lower($2))) and ($3::uuid is null or id < $3)
        order by id desc limit $4`,
      [workspaceId, start ?? null, before ?? null, limit],
    );
    return rows;
  }

  async find(workspaceId: string, id: string): Promise<CannedReply | undefined> {
    const { rows } = await this.database.query<CannedReply>(
      `select ${columns} from canned_replies where workspace_id = $1 and id = $2`,
      [workspaceId, id],
    );
    return rows[0];
  }

  /** @returns undefined where the shortcut is taken, or the workspace has `most`. */
  async create(
    workspaceId: string,
    reply: { id: string; shortcut: string; body: string },
    most: number,
  ): Promise<CannedReply | undefined> {
    const { rows } = await this.database.query<CannedReply>(
      `insert into canned_replies (id, workspace_id, shortcut, body) select $2, $1, $3, $4
        where (select count(*) from canned_replies where workspace_id = $1) < $5
       on conflict (workspace_id, lower(shortcut)) do nothing returning ${columns}`,
      [workspaceId, reply.id, reply.shortcut, reply.body, most],
    );
    return rows[0];
  }

  /** Fails on canned_replies_shortcut where the shortcut is taken. */
  async update(
    workspaceId: string,
    id: string,
    change: { shortcut?: string; body?: string },
  ): Promise<CannedReply | undefined> {
    const { rows } = await this.database.query<CannedReply>(
      `update canned_replies set shortcut = coalesce($3, shortcut), body = coalesce($4, body), updated_at = now()
        where workspace_id = $1 and id = $2 returning ${columns}`,
      [workspaceId, id, change.shortcut ?? null, change.body ?? null],
    );
    return rows[0];
  }

  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query('delete from canned_replies where workspace_id = $1 and id = $2', [
      workspaceId,
      id,
    ]);
    return rowCount === 1;
  }

  async subject(workspaceId: string, conversationId: string, userId: string): Promise<ReplySubject | undefined> {
    const { rows } = await this.database.query<ReplySubject>(
      `select p.name as "contactName", p.username as "contactUsername", p.phone as "contactPhone", k.name as "channelName",
              w.name as "workspaceName", (select u.name from users u where u.id = $3) as "agentName"
         from conversations c join contacts p on p.id = c.contact_id join channels k on k.id = c.channel_id
         join workspaces w on w.id = c.workspace_id
        where c.workspace_id = $1 and c.id = $2`,
      [workspaceId, conversationId, userId],
    );
    return rows[0];
  }
}
