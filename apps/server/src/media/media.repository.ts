import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export type MediaState = 'uploading' | 'pending' | 'stored' | 'failed' | 'gone';

export interface MediaRow {
  id: string;
  workspaceId: string;
  state: MediaState;
  filename: string | null;
  mimeType: string | null;
  size: number | null;
  sha256: Buffer | null;
  animated: boolean | null;
  error: string | null;
}

export interface ShownMedia extends MediaRow {
  messageId: string;
  position: number;
}

export interface StoredFacts {
  mimeType: string;
  size: number;
  sha256: Buffer;
  animated: boolean | null;
}

const columns = `m.id, m.workspace_id as "workspaceId", m.state, m.filename, m.mime_type as "mimeType", m.size::float8 as size, m.sha256,
  m.animated, m.error`;

/** Files, what shows them, and their end. Within one workspace, but for `ofSignedUrl` and the sweeps. */
@Injectable()
export class MediaRepository {
  constructor(private readonly database: Database) {}

  async begin(upload: { id: string; workspaceId: string; filename: string | null; uploadedBy: string }): Promise<void> {
    await this.database.query(
      `insert into media (id, workspace_id, source, state, filename, uploaded_by, next_at)
       values ($1, $2, 'upload', 'uploading', $3, $4, now() + interval '1 day')`,
      [upload.id, upload.workspaceId, upload.filename, upload.uploadedBy],
    );
  }

  async finish(workspaceId: string, id: string, { mimeType, size, sha256, animated }: StoredFacts): Promise<MediaRow> {
    const { rows } = await this.database.query<MediaRow>(
      `update media m set state = 'stored', mime_type = $3, size = $4, sha256 = $5, animated = $6, used_at = now()
        where m.workspace_id = $1 and m.id = $2 and m.state = 'uploading' returning ${columns}`,
      [workspaceId, id, mimeType, size, sha256, animated],
    );
    return rows[0]!;
  }

  /** An upload that failed: nothing of it is there. */
  async drop(workspaceId: string, id: string): Promise<void> {
    await this.database.query(`delete from media where workspace_id = $1 and id = $2 and state = 'uploading'`, [
      workspaceId,
      id,
    ]);
  }

  /** Served by the primary key. */
  async find(workspaceId: string, ids: readonly string[]): Promise<MediaRow[]> {
    const { rows } = await this.database.query<MediaRow>({
      name: 'media-find',
      text: `select ${columns} from media m where m.workspace_id = $1 and m.id = any($2::uuid[]) and m.state not in ('gone', 'uploading')`,
      values: [workspaceId, ids],
    });
    return rows;
  }

  /** For whoever has a URL that this instance has signed: the signature stands for the workspace. */
  async ofSignedUrl(id: string): Promise<MediaRow | undefined> {
    const { rows } = await this.database.query<MediaRow>({
      name: 'media-of-signed-url',
      text: `select ${columns} from media m where m.id = $1 and m.state = 'stored'`,
      values: [id],
    });
    return rows[0];
  }

  /** The files of messages. Served by the primary keys. */
  async shownIn(workspaceId: string, messageIds: readonly string[]): Promise<ShownMedia[]> {
    const { rows } = await this.database.query<ShownMedia>({
      name: 'media-shown-in',
      text: `
        select l.message_id as "messageId", l.position, ${columns}
          from message_media l join media m on m.id = l.media_id and m.workspace_id = l.workspace_id
         where l.workspace_id = $1 and l.message_id = any($2::uuid[]) and m.state <> 'gone' order by l.message_id, l.position`,
      values: [workspaceId, messageIds],
    });
    return rows;
  }

  /** A message that is to be sent shows these, in this order. They are kept from being pruned from now on. */
  async use(workspaceId: string, messageId: string, ids: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'media-use',
      text: `
        with used as (
          update media set used_at = now() where workspace_id = $1 and id = any($3::uuid[]) and state = 'stored'
        )
        insert into message_media (message_id, position, media_id, workspace_id)
        select $2, n.position - 1, n.id, $1 from unnest($3::uuid[]) with ordinality as n(id, position)`,
      values: [workspaceId, messageId, ids],
    });
  }

  /** The same of many messages. */
  async useInAll(
    workspaceId: string,
    uses: readonly { messageId: string; mediaId: string; position: number }[],
  ): Promise<void> {
    await this.database.query({
      name: 'media-use-in-all',
      text: `
        with n as (select * from unnest($2::uuid[], $3::int[], $4::uuid[]) as n(message_id, position, media_id)),
        used as (
          update media set used_at = now() where workspace_id = $1 and id in (select media_id from n) and state = 'stored'
        )
        insert into message_media (message_id, position, media_id, workspace_id) select message_id, position, media_id, $1 from n`,
      values: [
        workspaceId,
        uses.map(({ messageId }) => messageId),
        uses.map(({ position }) => position),
        uses.map(({ mediaId }) => mediaId),
      ],
    });
  }

  /** Messages no longer show their files, and files that no other message shows are to be deleted. How many those are. */
  async eraseOfMessages(messages: readonly { workspaceId: string; messageId: string }[]): Promise<number> {
    const { rowCount } = await this.database.query({
      name: 'media-erase',
      text: `
        with erased as (
          select * from unnest($1::uuid[], $2::uuid[]) as n(workspace_id, message_id)
        ), unlinked as (
          delete from message_media l using erased n where l.workspace_id = n.workspace_id and l.message_id = n.message_id
          returning l.workspace_id, l.media_id
        )
        ${leave} where (m.workspace_id, m.id) in (select workspace_id, media_id from unlinked) and m.state <> 'gone'
           and not exists (select 1 from message_media o where o.media_id = m.id and o.message_id <> all($2::uuid[]))`,
      values: [messages.map((one) => one.workspaceId), messages.map((one) => one.messageId)],
    });
    return rowCount ?? 0;
  }

  /** Messages of a contact that show files. Served by the indexes of conversations and messages by contact and conversation. */
  async messagesOfContact(workspaceId: string, contactId: string): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select distinct l.message_id as id
         from conversations c join messages m on m.conversation_id = c.id join message_media l on l.message_id = m.id
        where c.workspace_id = $1 and c.contact_id = $2 and l.workspace_id = $1`,
      [workspaceId, contactId],
    );
    return rows.map(({ id }) => id);
  }

  /** Uploads that were never sent, or that no message shows any more. Served by media_unused. */
  async leaveUnused(afterMs: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `${leave} where m.source = 'upload' and m.state = 'stored' and m.used_at < now() - $1::float8 * interval '1 ms'
         and not exists (select 1 from message_media l where l.media_id = m.id)`,
      [afterMs],
    );
    return rowCount ?? 0;
  }

  /** Files to be deleted now: erased ones that nobody writes any more, and uploads that a crash has cut off. Served by media_leaving. */
  async leaving(most: number): Promise<{ id: string; workspaceId: string }[]> {
    const { rows } = await this.database.query<{ id: string; workspaceId: string }>(
      `select id, workspace_id as "workspaceId" from media where state in ('gone', 'uploading') and next_at < now() order by next_at limit $1`,
      [most],
    );
    return rows;
  }

  /** Their bytes are deleted. */
  async forget(ids: readonly string[]): Promise<void> {
    await this.database.query(
      `with copies as (delete from platform_media where media_id = any($1::uuid[]))
       delete from media where id = any($1::uuid[]) and state in ('gone', 'uploading')`,
      [ids],
    );
  }
}

/** What is personal in the row goes at once; one that is being fetched is left until whoever fetches it has noticed. */
const leave = `update media m set state = 'gone', filename = null, remote = null, error = null,
  next_at = case when m.state = 'pending' then greatest(m.next_at, now()) else now() end`;
