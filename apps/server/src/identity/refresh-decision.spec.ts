import { decideRefresh, type RefreshState } from './refresh-decision';

const living: RefreshState = {
  known: true,
  claimed: true,
  sessionEnded: false,
  sessionExpired: false,
  userDisabled: false,
};

describe('refreshing a sign-in', () => {
  it.each<[string, Partial<RefreshState>, ReturnType<typeof decideRefresh>]>([
    ['rotates a token used for the first time', {}, 'rotate'],
    ['knows nothing of a token it never gave out', { known: false, claimed: false }, 'unknown'],
    ['takes a used token for a stolen one', { claimed: false }, 'reused'],
    [
      'takes it for stolen even when the session has expired meanwhile',
      { claimed: false, sessionExpired: true },
      'reused',
    ],
    ['does not end a session twice', { claimed: false, sessionEnded: true }, 'ended'],
    ['refuses a fresh token of an ended session', { sessionEnded: true }, 'ended'],
    ['refuses a fresh token of an expired session', { sessionExpired: true }, 'expired'],
    ['refuses a disabled user', { userDisabled: true }, 'ended'],
  ])('%s', (_, change, decision) => {
    expect(decideRefresh({ ...living, ...change })).toBe(decision);
  });
});
