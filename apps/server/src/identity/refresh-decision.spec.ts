import { decideRefresh, type RefreshState } from './refresh-decision';

const living: RefreshState = {
  token: 'unused',
  sessionEnded: false,
  sessionExpired: false,
  userDisabled: false,
};

describe('refreshing a sign-in', () => {
  it.each<[string, Partial<RefreshState>, ReturnType<typeof decideRefresh>]>([
    ['rotates a token used for the first time', {}, 'rotate'],
    ['knows nothing of a token it never gave out', { token: 'unknown' }, 'unknown'],
    ['rotates one whose answer may have been lost', { token: 'just_used' }, 'rotate'],
    ['takes a used token for a stolen one', { token: 'used' }, 'reused'],
    [
      'takes it for stolen even when the session has expired meanwhile',
      { token: 'used', sessionExpired: true },
      'reused',
    ],
    ['does not end a session twice', { token: 'used', sessionEnded: true }, 'ended'],
    ['does not open an ended session again', { token: 'just_used', sessionEnded: true }, 'ended'],
    ['refuses a fresh token of an ended session', { sessionEnded: true }, 'ended'],
    ['refuses a fresh token of an expired session', { sessionExpired: true }, 'expired'],
    ['refuses a disabled user', { userDisabled: true }, 'ended'],
  ])('%s', (_, change, decision) => {
    expect(decideRefresh({ ...living, ...change })).toBe(decision);
  });
});
