import type { RoomName } from '@switchboard/contracts';
import type { Connection } from './connection';
import type { GatewayTalk } from './ports';
import { SoftState, type SoftStateTimes } from './soft-state';

/** Who has a conversation open, in one process. */
export interface Viewers {
  userIds: string[];
  /** Whom the conversation concerns. */
  audience: RoomName[];
}

interface View {
  workspaceId: string;
  conversationId: string;
  audience: RoomName[];
  sockets: Map<Connection, string>;
}

export interface ViewingListener {
  /** Somebody looks at a conversation of the workspace, for which it must be followed … */
  begun(workspaceId: string): void;
  /** … and nobody at that conversation any more. */
  ended(workspaceId: string): void;
  changed(workspaceId: string, conversationId: string, viewers: Viewers): void;
}

/** Who looks at which conversation, over all processes. A socket looks at one at a time. */
export class Viewing {
  private readonly views: SoftState<Viewers>;
  private readonly viewed = new Map<string, View>();
  private readonly lookingAt = new Map<Connection, View>();

  constructor(
    talk: GatewayTalk,
    times: SoftStateTimes,
    private readonly heard: ViewingListener,
  ) {
    this.views = new SoftState('viewing', talk, times, (...change) => this.tell(...change));
  }

  /** @returns who looks at this conversation now */
  start(connection: Connection, conversationId: string, audience: RoomName[]): string[] {
    const { workspaceId, userId, apiKeyId } = connection.session;
    if (apiKeyId !== undefined || !connection.socket.connected) return this.of(workspaceId, conversationId);
    const before = this.lookingAt.get(connection);
    if (before?.conversationId !== conversationId) {
      this.stop(connection);
      const key = `${workspaceId}:${conversationId}`;
      let view = this.viewed.get(key);
      if (!view) {
        view = { workspaceId, conversationId, audience, sockets: new Map() };
        this.viewed.set(key, view);
        this.heard.begun(workspaceId);
      }
      view.sockets.set(connection, userId);
      this.lookingAt.set(connection, view);
      this.say(view);
    }
    return this.of(workspaceId, conversationId);
  }

  stop(connection: Connection): void {
    const view = this.lookingAt.get(connection);
    if (!view) return;
    this.lookingAt.delete(connection);
    view.sockets.delete(connection);
    this.say(view);
    if (view.sockets.size > 0) return;
    this.viewed.delete(`${view.workspaceId}:${view.conversationId}`);
    this.heard.ended(view.workspaceId);
  }

  of(workspaceId: string, conversationId: string): string[] {
    return usersOf(this.views.values(workspaceId, conversationId));
  }

  follow(workspaceId: string): void {
    this.views.follow(workspaceId);
  }

  unfollow(workspaceId: string): void {
    this.views.unfollow(workspaceId);
  }

  tick(now: number): void {
    this.views.tick(now);
  }

  close(): void {
    this.views.close();
  }

  private say({ workspaceId, conversationId, audience, sockets }: View): void {
    const userIds = [...new Set(sockets.values())].sort();
    this.views.set(workspaceId, conversationId, userIds.length > 0 ? { userIds, audience } : undefined);
  }

  private tell(workspaceId: string, conversationId: string, values: Viewers[], before: Viewers[]): void {
    const audience = [...new Set((values.length > 0 ? values : before).flatMap((each) => each.audience))];
    const viewers = { userIds: usersOf(values), audience };
    this.heard.changed(workspaceId, conversationId, viewers);
  }
}

const usersOf = (values: Viewers[]): string[] => [...new Set(values.flatMap(({ userIds }) => userIds))].sort();
