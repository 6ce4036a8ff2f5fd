import { Injectable } from '@nestjs/common';

type Listener = (member: { workspaceId: string; userId: string }) => Promise<void>;

/** Tells other modules that somebody became a member, in the transaction in which they do. */
@Injectable()
export class Arrivals {
  private readonly listeners: Listener[] = [];

  onJoined(listener: Listener): void {
    this.listeners.push(listener);
  }

  async joined(workspaceId: string, userId: string): Promise<void> {
    for (const listener of this.listeners) await listener({ workspaceId, userId });
  }
}
