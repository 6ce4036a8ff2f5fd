import { tierLimit } from './tier-limits.service';

it.each([
  ['TIER_250', 250],
  ['TIER_2K', 2000],
  ['TIER_100K', 100_000],
  ['TIER_UNLIMITED', undefined],
  ['TIER_NOT_SET', undefined],
  [undefined, undefined],
])('%s lets a business account write to %s people first in 24 hours', (tier, limit) => {
  expect(tierLimit(tier)).toBe(limit);
});
