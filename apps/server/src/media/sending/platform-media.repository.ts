import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';

export interface PlatformCopy {
  mediaId: string;
  channelId: string;
  kind: string;
  workspaceId: string;
  platformMediaId: string;
}

/** Copies of our files that platforms have. */
@Injectable()
export class PlatformMediaRepository {
  constructor(private readonly database: Database) {}

  /** Served by the primary key. */
  async of(workspaceId: string, channelId: string, mediaIds: readonly string[]): Promise<PlatformCopy[]> {
    const { rows } = await this.database.query<PlatformCopy>({
      name: 'platform-media-of',
      text: `
        select media_id as "mediaId", channel_id as "channelId", kind, workspace_id as "workspaceId", platform_media_id as "platformMediaId"
          from platform_media where workspace_id = $1 and channel_id = $2 and media_id = any($3::uuid[]) and expires_at > now()`,
      values: [workspaceId, channelId, mediaIds],
    });
    return rows;
  }

  async keep({ mediaId, channelId, kind, workspaceId, platformMediaId }: PlatformCopy, lifeMs: number): Promise<void> {
    await this.database.query(
      `insert into platform_media (media_id, channel_id, kind, workspace_id, platform_media_id, expires_at)
       values ($1, $2, $3, $4, $5, now() + $6::float8 * interval '1 ms')
       on conflict (media_id, channel_id, kind) do update set platform_media_id = excluded.platform_media_id, expires_at = excluded.expires_at`,
      [mediaId, channelId, kind, workspaceId, platformMediaId, lifeMs],
    );
  }

  /** Meta does not know them any more: the next send uploads anew. */
  async forget(workspaceId: string, channelId: string, mediaIds: readonly string[]): Promise<void> {
    await this.database.query(
      `delete from platform_media where workspace_id = $1 and channel_id = $2 and media_id = any($3::uuid[])`,
      [workspaceId, channelId, mediaIds],
    );
  }
}
