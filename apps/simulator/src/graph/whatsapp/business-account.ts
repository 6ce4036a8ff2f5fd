import type { Random } from '../../random';
import { HourlyCalls, UniqueUsers } from '../rates';
import { type Template, type TemplateSetup, templateOf } from './templates';

export const tiers = {
  TIER_250: 250,
  TIER_2K: 2_000,
  TIER_10K: 10_000,
  TIER_100K: 100_000,
  TIER_UNLIMITED: Number.POSITIVE_INFINITY,
} as const;
export type Tier = keyof typeof tiers;

/** A WhatsApp business account, with a portfolio of its own. */
export class BusinessAccount {
  readonly numberIds = new Set<string>();
  readonly templates = new Map<string, Template>();
  /** App id → callback override. */
  readonly subscribedApps = new Map<string, string | undefined>();
  /** Users written to outside their window within 24 hours. */
  readonly reached: UniqueUsers;
  /** Calls other than sends. */
  readonly managementCalls: HourlyCalls;
  tier: Tier;

  constructor(
    readonly id: string,
    readonly name: string,
    tier: Tier,
    managementCallsPerHour: number,
    private readonly random: Random,
  ) {
    this.tier = tier;
    this.reached = new UniqueUsers(tiers[tier]);
    this.managementCalls = new HourlyCalls(managementCallsPerHour);
  }

  setTier(tier: Tier): void {
    this.tier = tier;
    this.reached.limit = tiers[tier];
  }

  /** Adds a template, or replaces the one of that name and language. */
  template(setup: TemplateSetup): Template {
    const template = templateOf(setup, this.random.digits(16));
    this.templates.set(keyOf(template), template);
    return template;
  }

  findTemplate(name: string, language: string): Template | undefined {
    return this.templates.get(keyOf({ name, language }));
  }
}

const keyOf = ({ name, language }: Pick<Template, 'name' | 'language'>) => `${name}\n${language}`;
