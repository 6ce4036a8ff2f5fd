import { GraphError, readGraphError } from '@switchboard/meta';
import { outcomeOf, statusErrors, stopsChannel } from './send-outcome';

const meta = (status: number, code?: number, more = {}) =>
  readGraphError(status, { error: { code, message: 'Because', fbtrace_id: 'A1', ...more } });

describe('what becomes of a message when Meta does not take it', () => {
  it('is unknown where it may have been sent, and says so', () => {
    expect(outcomeOf(meta(500, 131000), 1, 0)).toEqual({
      kind: 'unknown',
      error: { reason: 'ambiguous', code: 131000, message: 'Because', fbtraceId: 'A1', mayRetry: true },
    });
    expect(outcomeOf(new GraphError('ambiguous', { message: 'no answer' }), 1, 0).kind).toBe('unknown');
  });

  it('waits with its whole channel when the channel is throttled, longer each time or as long as Meta asks', () => {
    expect(outcomeOf(meta(400, 130429), 1, 0)).toMatchObject({ kind: 'later', waits: 'channel', delayMs: 1000 });
    expect(outcomeOf(meta(400, 130429), 9, 3)).toMatchObject({ kind: 'later', delayMs: 8000 });
    const asked = new GraphError('throttled', { message: 'wait' }, 300_000);
    expect(outcomeOf(asked, 1, 0)).toMatchObject({ delayMs: 300_000 });
  });

  it('waits alone with its recipient when only that pair is throttled: 4^X seconds', () => {
    expect([0, 1, 2].map((times) => outcomeOf(meta(400, 131056), 1, times))).toMatchObject([
      { waits: 'pair', delayMs: 4000 },
      { waits: 'pair', delayMs: 16_000 },
      { waits: 'pair', delayMs: 64_000 },
    ]);
  });

  it('is tried again when it never left, and given up in the end', () => {
    const away = new GraphError('not_executed', { message: 'the Graph API could not be reached (ECONNREFUSED)' });
    expect(outcomeOf(away, 1, 0)).toMatchObject({ kind: 'later', waits: 'message', delayMs: 500 });
    expect(outcomeOf(away, 20, 0)).toMatchObject({ kind: 'failed', error: { mayRetry: true } });
  });

  it.each([
    [131047, 'window_closed', true],
    [131026, 'undeliverable', false],
    [132000, 'template', true],
    [190, 'auth', true],
    [131042, 'account', true],
    [100, 'invalid', false],
  ])('fails at once for %d (%s), with Meta’s words', (code, errorClass, mayRetry) => {
    expect(outcomeOf(meta(400, code), 1, 0)).toEqual({
      kind: 'failed',
      errorClass,
      error: { reason: errorClass, code, message: 'Because', fbtraceId: 'A1', mayRetry },
    });
  });

  it('stops the channel only where nothing else would get through either', () => {
    expect((['auth', 'account', 'permission', 'invalid', 'ours'] as const).map(stopsChannel)).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('what a status says of a message that Meta took', () => {
  it.each([
    [131026, 'undeliverable', false],
    [131047, 'window_closed', true],
    [131049, 'held', true],
    [131042, 'account', true],
    [131053, 'invalid', false],
    [131000, 'not_executed', true],
  ])('%d is %s', (code, reason, mayRetry) => {
    expect(statusErrors([{ code, title: 'Because' }])).toEqual([{ code, title: 'Because', reason, mayRetry }]);
  });

  it('stays as it is without a code', () => {
    expect(statusErrors([{ title: 'Because' }])).toEqual([{ title: 'Because' }]);
    expect(statusErrors(undefined)).toBeUndefined();
  });
});
