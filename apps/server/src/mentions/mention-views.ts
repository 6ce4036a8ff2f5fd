import { type MentionView, rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { MentionRow } from './mentions.repository';

export function mentionView(row: MentionRow): MentionView {
  const { id, itemId, channelId, platform, mediaId, postId, commentId, text, mediaType, permalink } = row;
  return {
    ...{ id, itemId, channelId, platform, mediaId, postId, commentId, text },
    author: { id: row.authorId, name: row.authorName, username: row.authorUsername },
    ...{ mediaType, permalink, writtenAt: row.writtenAt?.toISOString() ?? null },
  };
}

/** Under `mentions` whatever field told of it, so that a subscription to mentions has their words too. */
export function mentionReadEvent(row: MentionRow): NewEvent {
  const { workspaceId, channelId, itemId } = row;
  return {
    type: 'webhook.mention_read',
    workspaceId,
    audience: [rooms.workspace(workspaceId), rooms.channel(channelId)],
    field: 'mentions',
    itemId,
    data: { mention: mentionView(row) },
  };
}
