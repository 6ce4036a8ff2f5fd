import fc from 'fast-check';
import { decodeBatches, encodeBatches } from './batch-codec';
import type { StoredEvent } from './stored-event';

const event: fc.Arbitrary<StoredEvent> = fc.record({
  workspaceId: fc.uuid(),
  sequence: fc.nat(),
  id: fc.uuid(),
  type: fc.constantFrom('message.received', 'webhook.received'),
  audience: fc.array(fc.uuid().map((id) => `channel:${id}` as const)),
  field: fc.option(fc.string()),
  occurredAt: fc.constant('2026-01-01T00:00:00.000Z'),
  data: fc.json(),
});
const batch = fc.record({ workspaceId: fc.uuid(), prev: fc.nat(), head: fc.nat(), events: fc.array(event) });

describe('batches on their way between processes', () => {
  it('arrive as they were sent, whatever the events hold', () => {
    fc.assert(
      fc.property(fc.array(batch), (batches) => {
        expect(decodeBatches(encodeBatches(batches))).toEqual(batches);
      }),
    );
  });

  it('that are something else are refused', () => {
    expect(() => decodeBatches('{"prev":')).toThrow(SyntaxError);
  });
});
