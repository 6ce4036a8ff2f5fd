import { isUserRoom, type Platform, type UnreadCounts } from '@switchboard/contracts';
import type { StoredEvent } from '@switchboard/realtime';
import type { UnreadRow } from './read-state.repository';
import type { Reader } from './read-state.service';

type Followed = Pick<StoredEvent, 'sequence' | 'type' | 'audience' | 'data'>;

interface Channel {
  platform: Platform;
  inbound: number;
}

interface Arrival {
  sequence: number;
  channelId: string;
  platform: () => Platform;
}

/** One workspace, from one moment of its log on. */
class Board {
  /** The first and the last event followed. */
  from: number | undefined;
  seen: number | undefined;
  /** Messages of customers, up to `asOf`; unknown until the database was asked. */
  channels: Map<string, Channel> | undefined;
  asOf = 0;
  /** What each user has read of each channel. */
  readonly read = new Map<string, Map<string, number>>();
  /** Unread messages of each user's internal conversations. */
  readonly internal = new Map<string, UnreadRow[]>();
  /** Where a user has read since; what the database told of before does not count. */
  readonly readAt = new Map<string, number>();
  /** What came while the database was asked for the first time. */
  meanwhile: Arrival[] | undefined;

  /** What a user has read is asked for again; answers from before `sequence` do not count. */
  forget(userId: string, sequence: number): void {
    this.read.delete(userId);
    this.internal.delete(userId);
    this.readAt.set(userId, sequence);
  }

  arrive({ sequence, channelId, platform }: Arrival): void {
    if (!this.channels) {
      this.meanwhile?.push({ sequence, channelId, platform });
      return;
    }
    if (sequence <= this.asOf) return;
    this.asOf = sequence;
    let channel = this.channels.get(channelId);
    if (!channel) {
      // Its first message: a channel that has had one is known from the database.
      channel = { platform: platform(), inbound: 0 };
      this.channels.set(channelId, channel);
    }
    channel.inbound += 1;
  }
}

/** What a member is taken to cost where the channels are fewer, or not known. */
const rowsAtLeast = 10;

/** What changes the counts of the users it is addressed to. */
const internalTypes: ReadonlySet<string> = new Set(['message.posted', 'internal.updated']);

/** A question to the database, and what was known when it was asked. */
export type Asked = ReadonlyMap<string, object>;

/**
 * Unread counts of the users connected here, kept up by the events that pass: the database is asked once for each user and again
 * when the user has read something, not for every message.
 */
export class UnreadBoards {
  private readonly boards = new Map<string, Board>();

  /** Takes in a workspace's events, in their order. Returns whether there are new messages, and the users who have read. */
  follow(workspaceId: string, events: readonly Followed[]): { messages: boolean; readers: string[] } {
    const first = events[0]!.sequence;
    let board = this.boards.get(workspaceId);
    // Nobody was connected for a while, and what came then was not followed.
    const gap = board && first > (board.seen ?? (board.channels ? board.asOf : first)) + 1;
    if (!board || gap) {
      board = new Board();
      this.boards.set(workspaceId, board);
    }
    board.from ??= first;
    let messages = false;
    const readers: string[] = [];
    for (const event of events) {
      board.seen = event.sequence;
      if (event.type === 'message.received') {
        messages = true;
        board.arrive({ sequence: event.sequence, channelId: channelIdOf(event), platform: () => platformOf(event) });
      } else if (event.type === 'conversation.read') {
        const { userId } = JSON.parse(event.data) as { userId: string };
        board.forget(userId, event.sequence);
        readers.push(userId);
      } else if (internalTypes.has(event.type)) {
        // Few of them, each for a few: who is concerned is asked for again.
        for (const userId of usersOf(event)) {
          board.forget(userId, event.sequence);
          readers.push(userId);
        }
      }
    }
    return { messages, readers };
  }

  /** `undefined` when the database has to be asked. */
  countsOf({ workspaceId, userId, channelIds }: Reader): UnreadCounts | undefined {
    const board = this.boards.get(workspaceId);
    const read = board?.read.get(userId);
    if (!board?.channels || !read) return undefined;
    const rows: UnreadOf[] = [...board.channels].map(([channelId, { platform, inbound }]) => ({
      channelId,
      platform,
      inbound,
      read: read.get(channelId) ?? 0,
    }));
    return unreadCounts([...rows, ...(board.internal.get(userId) ?? [])], channelIds);
  }

  /**
   * The first of these members whose answers have at most so many rows together, and one at least: an answer has a row for each channel.
   * Of a workspace whose channels are not known yet, one member tells how many there are.
   */
  askable<M extends { workspaceId: string }>(members: readonly M[], rows: number): M[] {
    const chosen: M[] = [];
    const unknown = new Set<string>();
    let left = rows;
    for (const member of members) {
      const channels = this.boards.get(member.workspaceId)?.channels?.size;
      if (channels === undefined) {
        if (unknown.has(member.workspaceId)) continue;
        unknown.add(member.workspaceId);
      }
      left -= Math.max(rowsAtLeast, channels ?? 0);
      if (left < 0 && chosen.length > 0) break;
      chosen.push(member);
    }
    return chosen;
  }

  /** To be called before the database is asked. */
  ask(workspaceIds: Iterable<string>): Asked {
    const asked = new Map<string, object>();
    for (const id of workspaceIds) {
      const board = this.boards.get(id) ?? new Board();
      this.boards.set(id, board);
      if (!board.channels) board.meanwhile ??= [];
      asked.set(id, board);
    }
    return asked;
  }

  /** Takes the database's answer. Users of workspaces that had to be started anew meanwhile are to be asked for again. */
  answer(asked: Asked, rows: readonly UnreadRow[]): void {
    const fresh = new Map<Board, Map<string, Channel>>();
    const begun = new Set<string>();
    for (const row of rows) {
      const { workspaceId, userId, head, channelId, platform, inbound, read } = row;
      const board = this.boards.get(workspaceId);
      if (!board || asked.get(workspaceId) !== board || (board.readAt.get(userId) ?? 0) > head) continue;
      if (!board.channels && board.from !== undefined && board.from > head + 1) {
        // What came between the answer and the first event followed was not.
        this.boards.delete(workspaceId);
        continue;
      }
      let mine = board.read.get(userId);
      if (!mine) {
        mine = new Map();
        board.read.set(userId, mine);
      }
      board.readAt.delete(userId);
      const member = `${workspaceId} ${userId}`;
      if (!begun.has(member)) board.internal.delete(userId);
      begun.add(member);
      if (platform === 'internal') board.internal.set(userId, [...(board.internal.get(userId) ?? []), row]);
      else if (channelId !== null && read > 0) mine.set(channelId, read);
      if (board.channels) continue;
      const channels = fresh.get(board) ?? new Map<string, Channel>();
      fresh.set(board, channels);
      board.asOf = head;
      if (channelId !== null && platform !== 'internal') channels.set(channelId, { platform, inbound });
    }
    for (const [board, channels] of fresh) {
      board.channels = channels;
      const meanwhile = board.meanwhile ?? [];
      board.meanwhile = undefined;
      for (const arrival of meanwhile) board.arrive(arrival);
    }
  }

  /** Forgets users, and workspaces, that nobody is connected for. */
  keepOnly(connected: (workspaceId: string) => readonly string[]): void {
    for (const [workspaceId, board] of this.boards) {
      const users = new Set(connected(workspaceId));
      if (users.size === 0) this.boards.delete(workspaceId);
      for (const map of [board.read, board.internal, board.readAt]) {
        for (const userId of map.keys()) if (!users.has(userId)) map.delete(userId);
      }
    }
  }
}

type UnreadOf = Pick<UnreadRow, 'channelId' | 'platform' | 'inbound' | 'read'>;

/** The counts that a client is told: what has nothing unread is left out, and of customers' channels those that the member does not see. */
export function unreadCounts(rows: readonly UnreadOf[], channelIds?: readonly string[]): UnreadCounts {
  const counts: UnreadCounts = { total: 0, byPlatform: {}, byChannel: {} };
  for (const { channelId, platform, inbound, read } of rows) {
    const unread = inbound - read;
    if (channelId === null || unread <= 0) continue;
    if (channelIds && platform !== 'internal' && !channelIds.includes(channelId)) continue;
    counts.total += unread;
    if (platform === 'internal') {
      counts.byInternalConversation ??= {};
      counts.byInternalConversation[channelId] = unread;
    } else counts.byChannel[channelId] = unread;
    counts.byPlatform[platform] = (counts.byPlatform[platform] ?? 0) + unread;
  }
  return counts;
}

function usersOf({ audience }: Followed): string[] {
  return audience.filter(isUserRoom).map((room) => room.slice('user:'.length));
}

function channelIdOf({ audience }: Followed): string {
  return audience.find((room) => room.startsWith('channel:'))!.slice('channel:'.length);
}

function platformOf({ data }: Followed): Platform {
  return (JSON.parse(data) as { message: { platform: Platform } }).message.platform;
}
