import type { WhatsAppAccount } from '../../item';
import { PairRate, SlidingWindow } from '../rates';
import type { BusinessAccount, Tier } from './business-account';
import type { Template, TemplateSetup } from './templates';

export interface WhatsAppSetup {
  businessAccountId: string;
  phoneNumberId: string;
  token: string;
  /** The token's app; the simulator's first one unless told otherwise. */
  appId?: string;
  /** Digits. */
  displayPhoneNumber?: string;
  verifiedName?: string;
  qualityRating?: 'GREEN' | 'YELLOW' | 'RED' | 'UNKNOWN';
  status?: 'CONNECTED' | 'PENDING' | 'DISCONNECTED' | 'FLAGGED' | 'RESTRICTED';
  /** Messages in any one second: Meta's 80 unless told otherwise, 20 in coexistence, 1,000 after an upgrade; Infinity for none. */
  messagesPerSecond?: number;
  /** What the number's own fields tell of that; `messagesPerSecond` unless told otherwise: Meta does not always say what it allows. */
  toldMessagesPerSecond?: number;
  /** The pair rate: one to a user in so many milliseconds; 6,000 unless told otherwise, 0 for none. */
  pairEveryMs?: number;
  /** How many a pair may have at once; 45 unless told otherwise. */
  pairBurst?: number;
  /** Unique users outside their window in 24 hours, for the business account; unlimited unless told otherwise. */
  tier?: Tier;
  /** Calls an hour other than sends, for the business account; 5,000 unless told otherwise. */
  managementCallsPerHour?: number;
  templates?: readonly TemplateSetup[];
  /**
   * How errors about the recipient come (window closed, undeliverable, opted out, held by quality): in the answer, or, as
   * Meta mostly does it, accepted first and `failed` by webhook.
   */
  recipientErrors?: 'answered' | 'by_status';
  /** `open`: everyone has just written. */
  windows?: 'enforced' | 'open';
}

export interface WhatsAppCustomerState {
  waId?: string;
  userId?: string;
  /** When they last wrote or called; milliseconds since the epoch. */
  wroteAt?: number;
  /** Not on WhatsApp, or the business is blocked: nothing arrives (131026). */
  unreachable?: boolean;
  /** Told Meta to stop marketing (131050). */
  stoppedMarketing?: boolean;
}

const serviceWindowMs = 24 * 3_600_000;

/** A business phone number and the people it talks to. */
export class WhatsAppNumber {
  readonly id: string;
  readonly account: WhatsAppAccount;
  readonly throughput: SlidingWindow;
  readonly toldMessagesPerSecond: number;
  readonly pairs: PairRate;
  readonly settings: Required<
    Pick<WhatsAppSetup, 'verifiedName' | 'qualityRating' | 'status' | 'recipientErrors' | 'windows'>
  >;
  /** Ids of messages customers sent: what may be read, reacted to. */
  readonly heard = new Set<string>();
  readonly #customers = new Map<string, WhatsAppCustomerState>();

  constructor(
    readonly businessAccount: BusinessAccount,
    setup: WhatsAppSetup,
  ) {
    this.id = setup.phoneNumberId;
    const { businessAccountId, displayPhoneNumber = `1555${this.id.slice(-7).padStart(7, '0')}` } = setup;
    this.account = { platform: 'whatsapp', id: this.id, businessAccountId, displayPhoneNumber };
    this.throughput = new SlidingWindow(setup.messagesPerSecond ?? 80, 1_000);
    this.toldMessagesPerSecond = setup.toldMessagesPerSecond ?? this.throughput.limit;
    this.pairs = new PairRate(setup.pairEveryMs ?? 6_000, setup.pairBurst ?? 45);
    this.settings = {
      verifiedName: setup.verifiedName ?? 'Clay & Table',
      qualityRating: setup.qualityRating ?? 'GREEN',
      status: setup.status ?? 'CONNECTED',
      recipientErrors: setup.recipientErrors ?? 'answered',
      windows: setup.windows ?? 'enforced',
    };
    for (const template of setup.templates ?? []) this.template(template);
  }

  /** Adds a template to the number's business account. */
  template(setup: TemplateSetup): Template {
    return this.businessAccount.template(setup);
  }

  /** Sets what is known of a customer, whom either id names, or both. */
  customer(known: WhatsAppCustomerState): WhatsAppCustomerState {
    const ids = [known.waId, known.userId].filter((id) => id !== undefined);
    const customer = ids.map((id) => this.#customers.get(id)).find((customer) => customer !== undefined) ?? {};
    Object.assign(customer, known);
    for (const id of ids) this.#customers.set(id, customer);
    return customer;
  }

  findCustomer(id: string): WhatsAppCustomerState | undefined {
    return this.#customers.get(id);
  }

  windowOpen(recipient: string, now: number): boolean {
    if (this.settings.windows === 'open') return true;
    const wroteAt = this.#customers.get(recipient)?.wroteAt;
    return wroteAt !== undefined && now - wroteAt < serviceWindowMs;
  }
}
