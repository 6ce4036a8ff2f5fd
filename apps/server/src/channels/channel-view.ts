import type { ChannelFacts } from './channels.repository';
import type { ChannelDto } from './dto/channel.dto';

/** A channel as REST tells it. */
export function channelView(row: ChannelFacts): ChannelDto {
  const { id, workspaceId, platform, externalId, businessAccountId, appId, name, status, statusReason } = row;
  const { login, graphVersion, tokenExpiresAt, templatesSyncedAt, releasedAt, createdAt } = row;
  return {
    ...{ id, workspaceId, platform, externalId, businessAccountId, metaAppId: appId, name, status, statusReason },
    ...{ hasToken: login !== null, login, graphVersion, details: row.details as ChannelDto['details'] },
    tokenExpiresAt: tokenExpiresAt?.toISOString() ?? null,
    templatesSyncedAt: templatesSyncedAt?.toISOString() ?? null,
    releasedAt: releasedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  };
}
