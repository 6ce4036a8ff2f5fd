import { Injectable } from '@nestjs/common';
import type { Platform } from '@switchboard/contracts';
import { Database, firstIdOf } from '@switchboard/database';
import type { DueRead, Unread } from '../channels';
import type { DataSubject } from '../contacts';

export interface NewMention {
  id: string;
  workspaceId: string;
  channelId: string;
  itemId: string;
  targetId: string;
  mediaId: string | null;
  postId: string | null;
  commentId: string | null;
  /** `null`: to be read. */
  text: string | null;
  authorId: string | null;
  authorName: string | null;
  authorUsername: string | null;
  mentionedAt: Date;
}

export interface MentionRow extends Omit<NewMention, 'targetId'> {
  platform: Platform;
  mediaType: string | null;
  permalink: string | null;
  writtenAt: Date | null;
  readAt: Date | null;
  unreadableReason: string | null;
}

/** A mention whose words are to be read. */
export interface DueMention extends DueRead {
  id: string;
  mediaId: string | null;
  postId: string | null;
  commentId: string | null;
}

export interface ReadWords {
  id: string;
  text: string | null;
  authorId: string | null;
  authorName: string | null;
  authorUsername: string | null;
  mediaId: string | null;
  mediaType: string | null;
  permalink: string | null;
  writtenAt: Date | null;
}

const columns = `m.id, m.workspace_id as "workspaceId", m.channel_id as "channelId", m.item_id as "itemId", c.platform,
  m.media_id as "mediaId", m.post_id as "postId", m.comment_id as "commentId", m.text, m.author_id as "authorId",
  m.author_name as "authorName", m.author_username as "authorUsername", m.media_type as "mediaType", m.permalink,
  m.written_at as "writtenAt", m.mentioned_at as "mentionedAt", m.read_at as "readAt", m.unreadable_reason as "unreadableReason"`;

const byPerson = `m.workspace_id = $1 and (m.author_id = any($2::text[]) or m.author_username = any($3::text[]))`;
const personOf = ({ workspaceId, values, usernames }: DataSubject): unknown[] => [workspaceId, values, usernames];

const columnsOf = <T>(rows: readonly T[], ...keys: (keyof T)[]): unknown[][] =>
  keys.map((key) => rows.map((row) => row[key]));

@Injectable()
export class MentionsRepository {
  constructor(private readonly database: Database) {}

  /** Returns those that were not known. Served by mentions_target. */
  async add(mentions: readonly NewMention[]): Promise<MentionRow[]> {
    const { rows } = await this.database.query<MentionRow>({
      name: 'mentions-add',
      text: `
        with m as (
          insert into mentions (id, workspace_id, channel_id, item_id, target_id, media_id, post_id, comment_id, text, author_id,
            author_name, author_username, mentioned_at, read_at, due_at)
          select n.*, case when text is not null then now() end, case when text is null then now() end
            from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[],
              $10::text[], $11::text[], $12::text[], $13::timestamptz[])
              as n(id, workspace_id, channel_id, item_id, target_id, media_id, post_id, comment_id, text, author_id, author_name,
                author_username, mentioned_at)
           order by channel_id, target_id, id
          on conflict (channel_id, target_id) do nothing
          returning *
        )
        select ${columns} from m join channels c on c.id = m.channel_id order by m.id`,
      values: columnsOf(
        mentions,
        ...([
          'id',
          'workspaceId',
          'channelId',
          'itemId',
          'targetId',
          'mediaId',
          'postId',
          'commentId',
          'text',
        ] as const),
        ...(['authorId', 'authorName', 'authorUsername', 'mentionedAt'] as const),
      ),
    });
    return rows;
  }

  /** Keeps the words of those that nobody has read meanwhile, and returns these. */
  async keep(read: readonly ReadWords[]): Promise<MentionRow[]> {
    const { rows } = await this.database.query<MentionRow>({
      name: 'mentions-keep',
      text: `
        update mentions m set text = n.text, author_id = coalesce(n.author_id, m.author_id),
               author_name = coalesce(n.author_name, m.author_name), author_username = coalesce(n.author_username, m.author_username),
               media_id = coalesce(m.media_id, n.media_id), media_type = n.media_type, permalink = n.permalink,
               written_at = n.written_at, read_at = now(), due_at = null
          from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[])
            as n(id, text, author_id, author_name, author_username, media_id, media_type, permalink, written_at), channels c
         where m.id = n.id and c.id = m.channel_id and m.read_at is null
        returning ${columns}`,
      values: columnsOf(
        read,
        ...(['id', 'text', 'authorId', 'authorName', 'authorUsername', 'mediaId', 'mediaType', 'permalink'] as const),
        'writtenAt',
      ),
    });
    return rows;
  }

  async putOff(unread: readonly Unread<DueMention>[]): Promise<void> {
    await this.database.query({
      name: 'mentions-put-off',
      text: `
        update mentions m set due_at = now() + n.again * interval '1 ms', unreadable_reason = n.reason,
               attempts = m.attempts - n.uncounted::int
          from unnest($1::uuid[], $2::float8[], $3::text[], $4::bool[]) as n(id, again, reason, uncounted)
         where m.id = n.id and m.read_at is null`,
      values: [unread.map(({ due }) => due.id), ...columnsOf(unread, 'againInMs', 'reason', 'uncounted')],
    });
  }

  /** Newest first. Served by mentions_workspace. */
  async list(
    workspaceId: string,
    {
      channelId,
      channelIds,
      before,
    }: { channelId?: string | undefined; channelIds?: readonly string[] | undefined; before?: string | undefined },
    limit: number,
  ): Promise<MentionRow[]> {
    const { rows } = await this.database.query<MentionRow>(
      `select ${columns} from mentions m join channels c on c.id = m.channel_id
        where m.workspace_id = $1 and ($2::uuid is null or m.channel_id = $2) and ($3::uuid is null or m.id < $3)
          and ($5::uuid[] is null or m.channel_id = any($5::uuid[]))
        order by m.id desc limit $4`,
      [workspaceId, channelId ?? null, before ?? null, limit, channelIds ?? null],
    );
    return rows;
  }

  async writtenBy(person: DataSubject): Promise<MentionRow[]> {
    const { rows } = await this.database.query<MentionRow>(
      `select ${columns} from mentions m join channels c on c.id = m.channel_id where ${byPerson} order by m.id`,
      personOf(person),
    );
    return rows;
  }

  async itemsBy(person: DataSubject): Promise<string[]> {
    const { rows } = await this.database.query<{ itemId: string }>(
      `select m.item_id as "itemId" from mentions m where ${byPerson}`,
      personOf(person),
    );
    return rows.map(({ itemId }) => itemId);
  }

  async erase(person: DataSubject): Promise<void> {
    await this.database.query(`delete from mentions m where ${byPerson}`, personOf(person));
  }

  async remove(ids: readonly string[]): Promise<void> {
    await this.database.query(`delete from mentions where id = any($1::uuid[])`, [ids]);
  }

  /** Deletes those past their time, as the webhooks that told of them. */
  async prune(before: Date): Promise<number> {
    const { rowCount } = await this.database.query(
      `delete from mentions where id in (select id from mentions where id < $1::uuid limit 5000)`,
      [firstIdOf(before)],
    );
    return rowCount ?? 0;
  }
}
