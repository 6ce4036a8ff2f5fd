import { Delivery, isFaultless } from './delivery';

const types = ['message.received', 'webhook.received'];

function deliveryTo(...recipients: number[]) {
  const complete = jest.fn();
  return { complete, delivery: new Delivery(Uint16Array.from(recipients), types, complete) };
}

function deliverAll(delivery: Delivery, recipients: number[]) {
  recipients.forEach((client, sequence) => {
    for (const type of types) delivery.arrived(client, type, sequence, 100 + sequence);
  });
}

describe('Delivery', () => {
  it('is complete when every webhook has come in every form', () => {
    const { delivery, complete } = deliveryTo(4, 7, 4);
    deliverAll(delivery, [4, 7, 4]);
    expect(complete).toHaveBeenCalledTimes(1);
    expect(isFaultless(delivery.result())).toBe(true);
    expect([...delivery.arrivals]).toEqual([100, 101, 102]);
  });

  it('counts what has not come', () => {
    const { delivery, complete } = deliveryTo(4, 7);
    delivery.arrived(4, 'message.received', 0, 1);
    delivery.arrived(4, 'webhook.received', 0, 1);
    delivery.arrived(7, 'webhook.received', 1, 1);
    expect(complete).not.toHaveBeenCalled();
    expect(delivery.result()).toMatchObject({ missing: 1, examples: ['webhook 1 of client 7 is not complete'] });
    expect(isFaultless(delivery.result())).toBe(false);
  });

  it('counts what comes twice, also after all have come', () => {
    const { delivery, complete } = deliveryTo(4);
    deliverAll(delivery, [4]);
    deliverAll(delivery, [4]);
    expect(delivery.result()).toMatchObject({ missing: 0, duplicate: 2 });
    expect(complete).toHaveBeenCalledTimes(1);
  });

  it("counts what comes to somebody else, and not as the recipient's", () => {
    const { delivery } = deliveryTo(4);
    delivery.arrived(5, 'message.received', 0, 1);
    expect(delivery.result()).toMatchObject({ misdirected: 1, missing: 2 });
  });

  it('counts disorder', () => {
    const { delivery } = deliveryTo(4);
    deliverAll(delivery, [4]);
    delivery.disordered('e.2 after e.3');
    expect(isFaultless(delivery.result())).toBe(false);
    expect(delivery.result().examples).toEqual(['e.2 after e.3']);
  });

  it('passes over events it was not asked to count', () => {
    const { delivery } = deliveryTo(4);
    delivery.arrived(4, 'conversation.created', 0, 1);
    expect(delivery.result()).toMatchObject({ missing: 2, duplicate: 0 });
  });
});
