import { theRest } from './campaign-row';
import type { ReportDto } from './dto/report.dto';
import { countsOf, exclusionsOf, failuresOf, type Tally } from './progress/tally';

/** 95 %, two-sided. */
const confident = 1.96;

/** What became of a campaign, from its tally. */
export function reportOf(tally: Tally): Omit<ReportDto, 'conversions' | 'cost' | 'decision'> {
  const variants = Object.keys(tally)
    .sort()
    .map((key) => {
      const funnel = funnelOf(tally, key);
      const rate = (n: number) => (funnel.sent === 0 ? 0 : Math.round((n / funnel.sent) * 10_000) / 10_000);
      return { key, funnel, replyRate: rate(funnel.replied), readRate: rate(funnel.read) };
    });
  return {
    funnel: funnelOf(tally),
    exclusions: exclusionsOf(tally),
    failures: failuresOf(tally),
    variants,
    winner: winnerOf(
      variants
        .filter(({ key }) => key !== theRest)
        .map(({ key, funnel }) => ({ key, of: funnel.sent, replied: funnel.replied })),
    ),
  };
}

function funnelOf(tally: Tally, variant?: string) {
  const { total, excluded, sent, delivered, read, replied, failed, unknown, cancelled } = countsOf(tally, variant);
  return {
    recipients: total - excluded,
    sent: sent + delivered + read,
    delivered: delivered + read,
    ...{ read, replied, failed, unknown, cancelled },
  };
}

/** The one that is ahead of all others by more than chance. */
export function winnerOf(variants: readonly { key: string; of: number; replied: number }[]): string | null {
  const [best, ...others] = [...variants].sort((a, b) => part(b) - part(a));
  if (!best || others.length === 0) return null;
  return others.every((other) => ahead(best, other)) ? best.key : null;
}

interface Sample {
  of: number;
  replied: number;
}

const part = ({ of, replied }: Sample): number => (of === 0 ? 0 : replied / of);

function ahead(a: Sample, b: Sample): boolean {
  if (a.of === 0 || b.of === 0) return false;
  const pooled = (a.replied + b.replied) / (a.of + b.of);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.of + 1 / b.of));
  return error > 0 && (part(a) - part(b)) / error > confident;
}
