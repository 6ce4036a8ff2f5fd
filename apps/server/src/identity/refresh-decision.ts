/** What the database says of a refresh token, after the attempt to use it up. */
export interface RefreshState {
  known: boolean;
  /** This request is the one that used it up. */
  claimed: boolean;
  sessionEnded: boolean;
  sessionExpired: boolean;
  userDisabled: boolean;
}

export type RefreshDecision = 'rotate' | 'unknown' | 'expired' | 'ended' | 'reused';

/**
 * A used token that comes back was copied: by whom cannot be told, so the session ends for both.
 * That holds for two requests at the same moment too, of which one has used it up.
 */
export function decideRefresh(state: RefreshState): RefreshDecision {
  if (!state.known) return 'unknown';
  if (state.sessionEnded) return 'ended';
  if (!state.claimed) return 'reused';
  if (state.sessionExpired) return 'expired';
  return state.userDisabled ? 'ended' : 'rotate';
}
