/** What the database says of a refresh token, under the lock of its session. */
export interface RefreshState {
  /** `just_used`: within REFRESH_TOKEN_REUSE_INTERVAL. */
  token: 'unknown' | 'unused' | 'just_used' | 'used';
  sessionEnded: boolean;
  sessionExpired: boolean;
  userDisabled: boolean;
}

export type RefreshDecision = 'rotate' | 'unknown' | 'expired' | 'ended' | 'reused';

/**
 * A used token that comes back was copied: by whom cannot be told, so the session ends for both. One that was used a moment ago
 * is taken for a request whose answer was lost, or for a second tab that has not seen yet what the first has renewed, and gets a
 * pair of its own in the place of the other. A thief gains nothing by being quick: one token of a session is good at a time, so
 * the other of the two comes back with a used one.
 */
export function decideRefresh({ token, sessionEnded, sessionExpired, userDisabled }: RefreshState): RefreshDecision {
  if (token === 'unknown') return 'unknown';
  if (sessionEnded) return 'ended';
  if (token === 'used') return 'reused';
  if (sessionExpired) return 'expired';
  return userDisabled ? 'ended' : 'rotate';
}
