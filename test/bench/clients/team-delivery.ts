import type { World } from '../world';
import { Delivery, type Faults } from './delivery';

/**
 * Exact account of a phase in which each webhook makes one event of one type on the socket of every user of its workspace, and on no
 * other. Arrival times are those of the last of them.
 */
export class TeamDelivery extends Delivery {
  private readonly members: number;
  private readonly came: Uint8Array;

  constructor(
    recipients: Uint16Array,
    type: string,
    private readonly world: World,
    onComplete: () => void,
  ) {
    super(recipients, [type], onComplete);
    this.members = world.users / world.workspaces;
    this.came = new Uint8Array(recipients.length * this.members);
    this.remaining = this.came.length;
  }

  override arrived(client: number, type: string, sequence: number, at: number): void {
    if (type !== this.types[0]) return;
    const { workspaces } = this.world;
    if (this.recipients[sequence]! % workspaces !== client % workspaces) {
      this.fault('misdirected', `${type} ${sequence} came to client ${client} of another workspace`);
      return;
    }
    const place = sequence * this.members + Math.floor(client / workspaces);
    if (this.came[place]) {
      this.fault('duplicate', `${type} ${sequence} came twice to client ${client}`);
      return;
    }
    this.came[place] = 1;
    this.arrivals[sequence] = Number.isNaN(this.arrivals[sequence]) ? at : Math.max(this.arrivals[sequence]!, at);
    this.remaining -= 1;
    if (this.remaining === 0) this.onComplete();
  }

  override result(): Faults {
    const faults = { ...this.faults, examples: [...this.faults.examples], missing: this.remaining };
    const first = this.came.indexOf(0);
    if (first >= 0) {
      const client =
        (this.recipients[Math.floor(first / this.members)]! % this.world.workspaces) +
        (first % this.members) * this.world.workspaces;
      faults.examples.push(`webhook ${Math.floor(first / this.members)} has not come to client ${client}`);
    }
    return faults;
  }
}
