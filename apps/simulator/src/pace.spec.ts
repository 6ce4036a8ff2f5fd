import { Pace } from './pace';
import type { Posting } from './traffic';

const postings = (count: number): Posting[] =>
  Array.from({ length: count }, () => ({
    platform: 'whatsapp',
    body: Buffer.alloc(0),
    items: [],
    nature: 'genuine',
    copies: 1,
  }));

describe('Pace', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('keeps its rate though nobody answers', () => {
    let sent = 0;
    const pace = new Pace(postings(10_000), { rate: 100, window: 1 }, () => {
      sent++;
      return new Promise(() => {});
    });
    pace.start();
    jest.advanceTimersByTime(2_000);
    pace.stop();

    expect(sent).toBeGreaterThanOrEqual(199);
    expect(sent).toBeLessThanOrEqual(202);
  });

  it('tells when each POST was due, so that waiting counts as waiting', () => {
    const due: number[] = [];
    const pace = new Pace(postings(5), { rate: 10, window: 1 }, async (_, at) => {
      due.push(at);
    });
    pace.start();
    jest.advanceTimersByTime(1_000);

    expect(due.map((at) => Math.round(at - (due[0] ?? 0)))).toEqual([0, 100, 200, 300, 400]);
  });

  it('without a rate keeps as many under way as its window', async () => {
    const open: (() => void)[] = [];
    const pace = new Pace(postings(5), { window: 2 }, () => new Promise((resolve) => open.push(resolve)));
    pace.start();
    await jest.advanceTimersByTimeAsync(10);
    expect(open).toHaveLength(2);

    open[0]?.();
    await jest.advanceTimersByTimeAsync(10);
    expect(open).toHaveLength(3);
    pace.stop();
  });

  it('is finished when all is handed out', async () => {
    const pace = new Pace(postings(3), { window: 1 }, () => Promise.resolve());
    pace.start();
    await jest.advanceTimersByTimeAsync(10);

    await expect(pace.finished).resolves.toBeUndefined();
  });

  it('ends with its duration and when stopped, and hands out nothing more', async () => {
    let sent = 0;
    const send = async () => {
      sent++;
    };
    const timed = new Pace(postings(10_000), { rate: 100, durationMs: 500, window: 1 }, send);
    timed.start();
    await jest.advanceTimersByTimeAsync(5_000);
    await timed.finished;
    expect(sent).toBeLessThanOrEqual(51);

    const stopped = new Pace(postings(10_000), { rate: 100, window: 1 }, send);
    sent = 0;
    stopped.start();
    stopped.stop();
    await jest.advanceTimersByTimeAsync(5_000);
    await stopped.finished;
    expect(sent).toBe(1);
    expect(jest.getTimerCount()).toBe(0);
  });
});
