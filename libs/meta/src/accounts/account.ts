import type { Platform } from '../items';
import { asId, asList, asObject, asText } from '../reading';

/** Through which login of Meta's a token was given: each has its own host, tokens and secrets. */
export type Login = 'facebook' | 'instagram';

/** What the Graph API says of a connected account. What it does not say is left out. */
export interface AccountDetails {
  /** Page or Instagram account. */
  name?: string;
  username?: string;
  /** The page through which an Instagram account with Facebook Login is reached. */
  pageId?: string;
  /** WhatsApp: the number as customers see it. */
  displayPhone?: string;
  verifiedName?: string;
  /** `GREEN`, `YELLOW`, `RED`, `UNKNOWN`. */
  quality?: string;
  /** People outside their service window in 24 hours: `TIER_250`, `TIER_2K`, … `TIER_UNLIMITED`. */
  tier?: string;
  /** `STANDARD`: 80 messages a second; `HIGH`: 1,000. */
  throughput?: string;
  /** The number is used in the WhatsApp Business app as well: 20 messages a second. */
  coexistence?: boolean;
  /** Meta's word on the number: `CONNECTED`, `FLAGGED`, `RESTRICTED`, … */
  phoneStatus?: string;
}

export interface AccountRead {
  path: string;
  fields: string;
}

const numberFields = 'id,display_phone_number,verified_name,quality_rating,throughput,status';

/**
 * Reads by which a token shows that the account is its own, the fullest first; another is tried where Meta does not know a field.
 * A page can be read with many a token: only its own has it as `me`.
 */
export function accountReads(platform: Platform, login: Login, externalId: string): AccountRead[] {
  if (platform === 'whatsapp') {
    const path = encodeURIComponent(externalId);
    return [
      { path, fields: `${numberFields},messaging_limit_tier,is_on_biz_app` },
      { path, fields: numberFields },
    ];
  }
  if (platform === 'messenger') return [{ path: 'me', fields: 'id,name' }];
  if (login === 'facebook') return [{ path: 'me', fields: 'id,name,instagram_business_account' }];
  return [{ path: 'me', fields: 'id,user_id,username,name' }];
}

/** Reads the answer to such a read: whose token it is, and what is told of the account. Total. */
export function readAccount(
  platform: Platform,
  login: Login,
  body: unknown,
): { id: string | undefined; details: AccountDetails } {
  const given = asObject(body) ?? {};
  const name = asText(given.name);
  if (platform === 'whatsapp') return { id: asId(given.id), details: numberDetails(given) };
  if (platform === 'messenger') return { id: asId(given.id), details: present({ name }) };
  if (login === 'facebook') {
    const pageId = asId(given.id);
    return { id: asId(asObject(given.instagram_business_account)?.id), details: present({ pageId }) };
  }
  // `id` is the person's id for the app; `user_id` is the account's, by which webhooks name it.
  return {
    id: asId(given.user_id) ?? asId(given.id),
    details: present({ name, username: asText(given.username) }),
  };
}

function numberDetails(given: Readonly<Record<string, unknown>>): AccountDetails {
  const coexistence = typeof given.is_on_biz_app === 'boolean' ? given.is_on_biz_app : undefined;
  return present({
    displayPhone: asText(given.display_phone_number),
    verifiedName: asText(given.verified_name),
    quality: asText(given.quality_rating),
    tier: asText(given.messaging_limit_tier),
    throughput: asText(asObject(given.throughput)?.level),
    coexistence,
    phoneStatus: asText(given.status),
  });
}

function present(details: { [K in keyof AccountDetails]: AccountDetails[K] | undefined }): AccountDetails {
  return Object.fromEntries(Object.entries(details).filter(([, value]) => value !== undefined));
}

/** Messages a second that Meta takes for a WhatsApp number (Cloud API, throughput). */
export function throughputOf({ throughput, coexistence }: AccountDetails): number {
  if (coexistence) return 20;
  return throughput === 'HIGH' ? 1000 : 80;
}

const pageFields = {
  all: 'messages,messaging_postbacks,messaging_optins,message_deliveries,message_reads,message_echoes,message_edits,message_reactions,messaging_referrals,messaging_handovers,messaging_account_linking,messaging_policy_enforcement,standby,feed,mention,ratings,leadgen',
  messages:
    'messages,messaging_postbacks,messaging_optins,message_deliveries,message_reads,message_echoes,message_reactions,messaging_referrals',
};
const instagramFields = {
  all: 'messages,messaging_postbacks,messaging_seen,messaging_referral,messaging_handover,message_reactions,message_edit,standby,comments,live_comments,mentions',
  messages: 'messages,messaging_postbacks,messaging_seen,messaging_referral,message_reactions',
};

/**
 * What a page or account is subscribed to, the most first: a token without the permission for comments or leads still gets messages.
 * An Instagram account behind a page is subscribed in the app's own settings; the page must be subscribed to anything at all.
 */
export function subscribedFields(platform: 'messenger' | 'instagram', login: Login): string[][] {
  if (platform === 'instagram' && login === 'facebook') return [['messages'], ['feed']];
  const { all, messages } = platform === 'messenger' ? pageFields : instagramFields;
  return [all.split(','), messages.split(',')];
}

/** The fields that an app is subscribed to already, from `GET …/subscribed_apps`; `undefined` where it is not. Total. */
export function readSubscription(body: unknown, appId: string): string[] | undefined {
  for (const value of asList(asObject(body)?.data)) {
    const app = asObject(value);
    if (asId(app?.id) === appId) return asList(app?.subscribed_fields).filter((one) => typeof one === 'string');
  }
  return undefined;
}
