import type { CampaignRow } from '../campaign-row';
import { countsOf, type Tally } from '../progress/tally';

/** What the rest is sent: the variant of which the largest part replied, or read; of equals the first. */
export function better({ variants, trial }: Pick<CampaignRow, 'variants' | 'trial'>, tally: Tally): string {
  const rateOf = (key: string): number => {
    const { sent, delivered, read, replied } = countsOf(tally, key);
    const reached = sent + delivered + read;
    return reached === 0 ? 0 : (trial?.by === 'read' ? read : replied) / reached;
  };
  return variants.map(({ key }) => key).reduce((best, key) => (rateOf(key) > rateOf(best) ? key : best));
}
