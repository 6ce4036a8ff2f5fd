import { isFaultless } from './delivery';
import { TeamDelivery } from './team-delivery';

/** Two workspaces of three users: clients 0, 2, 4 and 1, 3, 5. */
const world = { users: 6, workspaces: 2, together: true };
const type = 'message.received';

function deliveryTo(...recipients: number[]) {
  const complete = jest.fn();
  return { complete, delivery: new TeamDelivery(Uint16Array.from(recipients), type, world, complete) };
}

describe('TeamDelivery', () => {
  it('is complete when each webhook has come to every client of its workspace, and counts from the last', () => {
    const { delivery, complete } = deliveryTo(0, 3);
    for (const [client, at] of [
      [0, 10],
      [4, 30],
      [2, 20],
    ] as const)
      delivery.arrived(client, type, 0, at);
    expect(complete).not.toHaveBeenCalled();
    for (const client of [5, 1, 3]) delivery.arrived(client, type, 1, 40);
    expect(complete).toHaveBeenCalledTimes(1);
    expect(isFaultless(delivery.result())).toBe(true);
    expect([...delivery.arrivals]).toEqual([30, 40]);
  });

  it('says who misses what, who got it twice, and who should not have', () => {
    const { delivery } = deliveryTo(0);
    delivery.arrived(0, type, 0, 1);
    delivery.arrived(0, type, 0, 2);
    delivery.arrived(1, type, 0, 3);
    delivery.arrived(2, 'conversation.created', 0, 3);
    expect(delivery.result()).toMatchObject({ missing: 2, duplicate: 1, misdirected: 1 });
    expect(delivery.result().examples).toContain('webhook 0 has not come to client 2');
  });
});
