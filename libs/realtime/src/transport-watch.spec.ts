import { Logger } from '@nestjs/common';
import type { EngineConnection } from './transport';
import { TransportWatch } from './transport-watch';

beforeAll(() => Logger.overrideLogger(false));

function connection(packets: number, size: number) {
  const calls: string[] = [];
  const engine = {
    readyState: 'open',
    writeBuffer: Array.from({ length: packets }, () => ({ data: 'x'.repeat(size) })),
    once: () => undefined,
    removeListener: () => undefined,
    close: (discard?: boolean) => {
      calls.push(discard ? 'closed by force' : 'closed');
      engine.readyState = discard ? 'closed' : 'closing';
    },
  };
  return { engine: engine as EngineConnection, calls };
}

describe('a client that does not read', () => {
  it('is told and closed when it is over the bounds twice, and what waits for it is forgotten', () => {
    const slow = connection(11, 1);
    const heavy = connection(1, 2000);
    const fine = connection(10, 10);
    const watch = new TransportWatch({ waitingPackets: 10, waitingBytes: 1000 }, (engine) => {
      (engine === slow.engine ? slow : heavy).calls.push(`told with ${engine.writeBuffer.length} waiting`);
    });
    const all = [slow.engine, heavy.engine, fine.engine];
    watch.look(all, 0);
    expect([slow.calls, heavy.calls]).toEqual([[], []]);
    watch.look(all, 1000);
    expect(slow.calls).toEqual(['told with 0 waiting', 'closed']);
    expect(heavy.calls).toEqual(['told with 0 waiting', 'closed']);
    watch.look(all, 5000);
    watch.look(all, 6000);
    expect(slow.calls.at(-1)).toBe('closed by force');
    expect(fine.calls).toEqual([]);
  });

  it('is left alone after a burst that it did read', () => {
    const burst = connection(11, 1);
    const watch = new TransportWatch({ waitingPackets: 10, waitingBytes: 1000 }, () => undefined);
    watch.look([burst.engine], 0);
    burst.engine.writeBuffer.length = 0;
    watch.look([burst.engine], 1000);
    burst.engine.writeBuffer.push(...connection(11, 1).engine.writeBuffer);
    watch.look([burst.engine], 2000);
    expect(burst.calls).toEqual([]);
  });
});

describe('a client in no namespace', () => {
  it('is closed in time, unless it joins one', () => {
    const watch = new TransportWatch({ waitingPackets: 10, waitingBytes: 1000 }, () => undefined);
    const gone = connection(0, 0);
    const back = connection(0, 0);
    const sockets = new Map();
    watch.desertedUntil({ conn: gone.engine, sockets: new Map() }, 1000);
    watch.desertedUntil({ conn: back.engine, sockets }, 1000);
    watch.look([], 500);
    expect(gone.calls).toEqual([]);
    sockets.set('id', {});
    watch.look([], 1000);
    expect([gone.calls, back.calls]).toEqual([['closed by force'], []]);
  });
});
