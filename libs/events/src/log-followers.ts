import { Injectable } from '@nestjs/common';
import type { PositionedBatch } from './stored-event';

/** @param batches what has just been recorded, for a look at whose it is: it may come twice, or not at all */
export type LogFollower = (batches: readonly PositionedBatch[]) => void;

/**
 * Consumers that work in the same processes as the relay and want to be woken with it. Each has a position of its own and reads the log by
 * it: this only says that there is something.
 */
@Injectable()
export class LogFollowers {
  private readonly followers: LogFollower[] = [];

  add(follower: LogFollower): void {
    this.followers.push(follower);
  }

  tell(batches: readonly PositionedBatch[]): void {
    for (const follower of this.followers) follower(batches);
  }
}
