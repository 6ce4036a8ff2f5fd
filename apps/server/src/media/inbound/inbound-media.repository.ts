import { Injectable } from '@nestjs/common';
import type { Platform } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { StoredFacts } from '../media.repository';
import type { Remote } from './fetchable';

export interface NewInboundMedia {
  id: string;
  workspaceId: string;
  channelId: string;
  messageId: string;
  position: number;
  /** JSON of a Remote. */
  remote: string;
  sha256: Buffer | null;
  filename: string | null;
  mimeType: string | null;
}

/** A file that this process fetches, until its lease is over. */
export interface ClaimedMedia {
  id: string;
  workspaceId: string;
  remote: Remote;
  sha256: Buffer | null;
  mimeType: string | null;
  attempts: number;
  ageMs: number;
}

/** A message that shows a file, and whom to tell of it. */
export interface ShowingMessage {
  messageId: string;
  position: number;
  conversationId: string;
  contactId: string;
  channelId: string;
  platform: Platform;
}

/** Files that are to be fetched from Meta. A claim counts `attempts` up: with an older number nothing can be written. */
@Injectable()
export class InboundMediaRepository {
  constructor(private readonly database: Database) {}

  /** One statement, whose result nobody waits for. */
  async record(media: readonly NewInboundMedia[]): Promise<void> {
    const of = <K extends keyof NewInboundMedia>(key: K) => media.map((one) => one[key]);
    await this.database.send({
      name: 'media-record',
      text: `
        with n as (
          select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[])
            as n(id, workspace_id, channel_id, message_id, position, remote, sha256, filename, mime_type)
        ), linked as (
          insert into message_media (message_id, position, media_id, workspace_id)
          select message_id, position, id, workspace_id from n
          on conflict do nothing returning media_id
        )
        insert into media (id, workspace_id, source, state, channel_id, remote, expected_sha256, filename, mime_type)
        select n.id, n.workspace_id, 'inbound', 'pending', n.channel_id, n.remote::json, decode(n.sha256, 'hex'), n.filename, n.mime_type
          from n join linked l on l.media_id = n.id`,
      values: [
        of('id'),
        of('workspaceId'),
        of('channelId'),
        of('messageId'),
        of('position'),
        of('remote'),
        media.map(({ sha256 }) => sha256?.toString('hex') ?? null),
        of('filename'),
        of('mimeType'),
      ],
    });
  }

  /** Channels with files that are due. Served by media_due. */
  async channelsDue(): Promise<string[]> {
    const { rows } = await this.database.query<{ channelId: string }>(
      `select distinct channel_id as "channelId" from media where state = 'pending' and next_at <= now()`,
    );
    return rows.map(({ channelId }) => channelId);
  }

  /** Takes what is due, the oldest first. Served by media_due. */
  async claim(channelId: string, most: number, leaseMs: number): Promise<ClaimedMedia[]> {
    const { rows } = await this.database.query<ClaimedMedia>({
      name: 'media-claim',
      text: `
        with due as (
          select id from media where channel_id = $1 and state = 'pending' and next_at <= now()
           order by next_at limit $2 for update skip locked
        )
        update media m set attempts = m.attempts + 1, next_at = now() + $3::float8 * interval '1 ms' from due where m.id = due.id
        returning m.id, m.workspace_id as "workspaceId", m.remote, m.expected_sha256 as sha256, m.mime_type as "mimeType", m.attempts,
          extract(epoch from now() - m.created_at)::float8 * 1000 as "ageMs"`,
      values: [channelId, most, leaseMs],
    });
    return rows;
  }

  /** False where it is no longer this process's. */
  async extend({ id, workspaceId, attempts }: ClaimedMedia, leaseMs: number): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'media-extend',
      text: `update media set next_at = now() + $4::float8 * interval '1 ms'
              where id = $1 and workspace_id = $2 and state = 'pending' and attempts = $3`,
      values: [id, workspaceId, attempts, leaseMs],
    });
    return rowCount === 1;
  }

  /** False where it is no longer this process's, or no longer wanted. */
  async store({ id, workspaceId, attempts }: ClaimedMedia, facts: StoredFacts): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'media-store',
      text: `update media set state = 'stored', remote = null, error = null, mime_type = $4, size = $5, sha256 = $6, animated = $7
              where id = $1 and workspace_id = $2 and state = 'pending' and attempts = $3`,
      values: [id, workspaceId, attempts, facts.mimeType, facts.size, facts.sha256, facts.animated],
    });
    return rowCount === 1;
  }

  /** Somebody else has fetched it, or does. */
  async isHeldByAnother({ id, workspaceId }: ClaimedMedia): Promise<boolean> {
    const { rows } = await this.database.query(
      `select 1 from media where id = $1 and workspace_id = $2 and state in ('pending', 'stored')`,
      [id, workspaceId],
    );
    return rows.length > 0;
  }

  /** Not again; the reason is kept. */
  async fail({ id, workspaceId, attempts }: ClaimedMedia, reason: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      `update media set state = 'failed', remote = null, error = $4 where id = $1 and workspace_id = $2 and state = 'pending' and attempts = $3`,
      [id, workspaceId, attempts, reason],
    );
    return rowCount === 1;
  }

  async later({ id, workspaceId, attempts }: ClaimedMedia, delayMs: number, reason: string): Promise<void> {
    await this.database.query(
      `update media set next_at = now() + $4::float8 * interval '1 ms', error = $5
        where id = $1 and workspace_id = $2 and state = 'pending' and attempts = $3`,
      [id, workspaceId, attempts, delayMs, reason],
    );
  }

  /** Nothing of the channel for so long; what has waited for longer than Meta keeps it will not come any more. */
  async wait(channelId: string, delayMs: number, reason: string): Promise<void> {
    await this.database.query({
      name: 'media-wait',
      text: `
        update media set next_at = now() + $2::float8 * interval '1 ms', error = $3,
               state = case when created_at < now() - interval '8 days' then 'failed' else state end
         where channel_id = $1 and state = 'pending' and next_at <= now()`,
      values: [channelId, delayMs, reason],
    });
  }

  /** The channel can call the Graph API again: what waited for it is due. Served by media_due. */
  async dueNow(channelId: string): Promise<number> {
    const { rowCount } = await this.database.query(
      `update media set next_at = now() where channel_id = $1 and state = 'pending' and error is not null`,
      [channelId],
    );
    return rowCount ?? 0;
  }

  /** The messages that show a file and have not been taken back. */
  async showing(workspaceId: string, mediaId: string): Promise<ShowingMessage[]> {
    const { rows } = await this.database.query<ShowingMessage>({
      name: 'media-showing',
      text: `
        select l.message_id as "messageId", l.position, m.conversation_id as "conversationId", m.contact_id as "contactId",
               m.channel_id as "channelId", c.platform
          from message_media l
          join messages m on m.id = l.message_id and m.workspace_id = l.workspace_id and m.deleted_at is null
          join channels c on c.id = m.channel_id
         where l.media_id = $2 and l.workspace_id = $1`,
      values: [workspaceId, mediaId],
    });
    return rows;
  }
}
