import { Injectable } from '@nestjs/common';
import type { ContactSummary, ExclusionReason, Platform, RecipientState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { serviceWindowMs } from '@switchboard/meta';
import { type ContactCondition, consentOn, Parameters } from '../contacts';
import { type AudienceParts, theRest } from './campaign-row';

/** Whom a campaign would be sent to, and by which rules. */
export interface AudienceQuestion {
  workspaceId: string;
  channelId: string;
  platform: Platform;
  condition: ContactCondition;
  consent: 'no_opt_out' | 'opt_in';
  /** Only while the customer's window is open. */
  needsWindow: boolean;
  /** WhatsApp: a user id alone does not do. */
  needsPhone: boolean;
  now: Date;
}

/** When recipients are due, by their own time zone. */
export interface OwnTimes {
  /** The attribute that holds it; empty where it does not matter. */
  attribute: string;
  zones: readonly { zone: string; dueAt: Date }[];
  /** Of all others; null where no hours matter. */
  timeZone: string | null;
  dueAt: Date;
}

/** What is left of the counting of a freeze. */
export interface FrozenGroup {
  variant: string;
  state: RecipientState;
  reason: ExclusionReason | null;
  count: number;
}

export type SampledContact = ContactSummary & {
  email: string | null;
  attributes: Record<string, unknown>;
  variant: string;
};

/** What is frozen of a file beside its people: of these columns. */
export interface FileColumns {
  importId: string;
  columns: readonly string[];
}

/** Contacts of an audience who are alike. */
export interface AudienceGroup {
  reason: ExclusionReason | null;
  variant: string;
  windowOpen: boolean;
  /** The first four digits of their number; empty where it is not known. */
  prefix: string;
  count: number;
}

/** What parts of the audience are sent. */
export interface Shares {
  /** In percent of all, or of those that variants are tried on; `key` of what they are sent. */
  variants: readonly { key: string; share: number }[];
  /** Percent that they are tried on; all where nothing is tried. */
  tried: number;
}

/** Who of the workspace's contacts is in an audience, as a set, in one statement. */
@Injectable()
export class AudienceRepository {
  constructor(private readonly database: Database) {}

  /** The parts of an audience as a condition on contacts `c`. `segments`: those of `segmentIds`. */
  static condition(parts: AudienceParts, segments: readonly ContactCondition[]): ContactCondition {
    const { tagIds = [], contactIds = [], failedOf, importId } = parts;
    return (parameters) => {
      const any = segments.map((segment) => segment(parameters));
      if (tagIds.length > 0) {
        const ids = parameters.add(tagIds, 'uuid[]');
        any.push(`exists (select 1 from contact_taggings g where g.contact_id = c.id and g.tag_id = any(${ids}))`);
      }
      if (failedOf) {
        const failed = parameters.add(failedOf, 'uuid');
        any.push(
          `exists (select 1 from campaign_recipients f where f.campaign_id = ${failed} and f.contact_id = c.id and f.state = 'failed'
             and f.error ->> 'reason' is distinct from 'outcome_unknown')`,
        );
      }
      if (importId)
        any.push(
          `c.id in (select coalesce(m.contact_id, k.contact_id) from ${keptRows(parameters.add(importId, 'uuid'))})`,
        );
      if (contactIds.length > 0) any.push(`c.id = any(${parameters.add(contactIds, 'uuid[]')})`);
      return any.length === 0 ? 'false' : `(${any.join(' or ')})`;
    };
  }

  /**
   * Writes one row for each contact of the audience, those that are sent nothing with the reason. Contacts by contacts_workspace, identities
   * and conversations by their contact.
   */
  async freeze(
    campaignId: string,
    question: AudienceQuestion,
    shares: Shares,
    { attribute, zones, timeZone, dueAt }: OwnTimes,
    { file, decideAt }: { file?: FileColumns | undefined; decideAt?: Date | null } = {},
  ): Promise<FrozenGroup[]> {
    const parameters = new Parameters();
    const campaign = parameters.add(campaignId, 'uuid');
    const asked = candidates(question, parameters);
    const due = parameters.add(dueAt, 'timestamptz');
    const zone = parameters.add(timeZone, 'text');
    const variant = variantOf(shares, campaignId, parameters);
    const own = parameters.add(JSON.stringify(zones), 'jsonb');
    const spoken = file && file.columns.length > 0 ? file : undefined;
    const row = spoken
      ? `(select json_object_agg(e.key, e.value) from jsonb_each_text(f.record) e where e.key = any(${parameters.add(spoken.columns, 'text[]')}))`
      : 'null::json';
    const rowOf = spoken ? `left join file f on f.contact_id = a.id` : '';
    const kept = spoken ? keptRows(parameters.add(spoken.importId, 'uuid')) : '';
    const { rows } = await this.database.query<FrozenGroup>(
      `with zones as (
         select z ->> 'zone' as zone, (z ->> 'dueAt')::timestamptz as due_at from jsonb_array_elements(${own}) z
       ), ${spoken ? `file as (select distinct on (1) coalesce(m.contact_id, k.contact_id) as contact_id, k.record from ${kept} order by 1, k.line),` : ''}
       drawn as (
         select a.*, ${variant} as variant, coalesce(z.due_at, ${due}) as due_at, coalesce(z.zone, ${zone}) as time_zone, ${row} as row
           from (${asked}) a
           join contacts p on p.id = a.id left join zones z on z.zone = p.attributes ->> ${parameters.add(attribute, 'text')} ${rowOf}
       ), frozen as (
         insert into campaign_recipients (campaign_id, contact_id, workspace_id, variant, state, reason, due_at, time_zone, row)
         select ${campaign}, id, workspace_id, variant, case when reason is null then 'pending' else 'excluded' end, reason,
                case when variant = '${theRest}' then greatest(due_at, ${parameters.add(decideAt ?? null, 'timestamptz')}) else due_at end, time_zone,
                case when reason is null then row end
           from drawn
         on conflict do nothing
         returning variant, state, reason
       ) select variant, state, reason, count(*)::int as count from frozen group by 1, 2, 3`,
      parameters.values,
    );
    return rows;
  }

  /** What contacts of the audience have as their time zone. */
  async zones(question: AudienceQuestion, attribute: string): Promise<string[]> {
    const parameters = new Parameters();
    const asked = candidates(question, parameters);
    const key = parameters.add(attribute, 'text');
    const { rows } = await this.database.query<{ zone: string }>(
      `select distinct p.attributes ->> ${key} as zone from (${asked}) a join contacts p on p.id = a.id
        where a.reason is null and p.attributes ->> ${key} is not null limit 1000`,
      parameters.values,
    );
    return rows.map(({ zone }) => zone);
  }

  /** How many would be sent to, how many not and why; and whose service window is open, in which Meta takes less. */
  async count(campaignId: string, question: AudienceQuestion, shares: Shares): Promise<AudienceGroup[]> {
    const parameters = new Parameters();
    const asked = candidates(question, parameters);
    const variant = variantOf(shares, campaignId, parameters);
    const closed = windowClosed('a.id', parameters.add(question.channelId, 'uuid'), question.now, parameters);
    const prefix =
      question.platform === 'whatsapp'
        ? `coalesce(left(${numberOf('a.id', parameters.add(question.workspaceId, 'uuid'))}, 4), '')`
        : `''`;
    const { rows } = await this.database.query<AudienceGroup>(
      `select a.reason, ${variant} as variant, not ${closed} as "windowOpen", ${prefix} as prefix, count(*)::int as count
         from (${asked}) a group by 1, 2, 3, 4`,
      parameters.values,
    );
    return rows;
  }

  /** Some of those who would be sent to, the newest contacts, and which variant they would get. */
  async sample(
    campaignId: string,
    question: AudienceQuestion,
    shares: Shares,
    limit: number,
  ): Promise<SampledContact[]> {
    const parameters = new Parameters();
    const asked = candidates(question, parameters);
    const variant = variantOf(shares, campaignId, parameters);
    const { rows } = await this.database.query<SampledContact>(
      `select p.id, p.name, p.username, p.phone, p.email, p.attributes, s.variant
         from (select a.id, ${variant} as variant from (${asked}) a where a.reason is null
                order by a.id desc limit ${parameters.add(limit, 'int')}) s
         join contacts p on p.id = s.id order by p.id desc`,
      parameters.values,
    );
    return rows;
  }
}

/** Each contact of the audience, and why they are sent nothing; the opt-out before all else. */
function candidates(question: AudienceQuestion, parameters: Parameters): string {
  const { workspaceId, channelId, platform, condition, consent, needsWindow, needsPhone, now } = question;
  const workspace = parameters.add(workspaceId, 'uuid');
  const channel = parameters.add(channelId, 'uuid');
  const known = (kinds: string, scope: string) =>
    `exists (select 1 from contact_identities i where i.contact_id = c.id and i.kind in (${kinds}) and i.scope_id = ${scope})`;
  const reachable =
    platform === 'whatsapp' ? known(`'wa_id', 'wa_user_id'`, workspace) : known(`'psid', 'igsid'`, channel);
  const reasons = [
    `when k.state = 'opted_out' then 'opted_out'`,
    ...(consent === 'opt_in' ? [`when k.state is distinct from 'opted_in' then 'not_opted_in'`] : []),
    `when not ${reachable} then 'no_identity'`,
    ...(needsPhone ? [`when not ${known(`'wa_id'`, workspace)} then 'needs_phone'`] : []),
    ...(needsWindow ? [`when ${windowClosed('c.id', channel, now, parameters)} then 'window_closed'`] : []),
  ];
  return `
    select c.id, c.workspace_id, case ${reasons.join(' ')} end as reason
      from contacts c cross join lateral (select ${consentOn('c.id', channel)} as state) k
     where c.workspace_id = ${workspace} and c.erased_at is null and ${condition(parameters)}`;
}

function windowClosed(contact: string, channel: string, now: Date, parameters: Parameters): string {
  const since = parameters.add(new Date(now.getTime() - serviceWindowMs), 'timestamptz');
  return `not exists (select 1 from conversations v where v.contact_id = ${contact} and v.channel_id = ${channel} and v.last_inbound_at > ${since})`;
}

/** As WhatsApp knows it. */
const numberOf = (contact: string, workspace: string): string =>
  `(select i.value from contact_identities i where i.contact_id = ${contact} and i.kind = 'wa_id' and i.scope_id = ${workspace} limit 1)`;

/** Rows of a file, `k`, with whom their contact has been merged into since, `m`. By the primary key and contact_merges_merged. */
const keptRows = (importId: string): string => `contact_import_rows k
  left join contact_merges m on m.merged_contact_id = k.contact_id and m.undone_at is null where k.import_id = ${importId}`;

/** By a hash of campaign and contact: the same contact is in the same part, whoever asks, and shares are as good as drawn. */
function variantOf({ variants, tried }: Shares, campaignId: string, parameters: Parameters): string {
  if (variants.length === 1) return parameters.add(variants[0]!.key, 'text');
  const campaign = parameters.add(campaignId, 'uuid');
  const drawn = `(('x' || substr(md5(${campaign}::text || a.id::text), 1, 8))::bit(32)::bigint % 10000)`;
  const cases = tried < 100 ? [`when ${drawn} >= ${parameters.add(tried * 100, 'int')} then '${theRest}'`] : [];
  let upTo = 0;
  for (const { key, share } of variants.slice(0, -1)) {
    upTo += share;
    cases.push(`when ${drawn} < ${parameters.add(upTo * tried, 'int')} then ${parameters.add(key, 'text')}`);
  }
  return `case ${cases.join(' ')} else ${parameters.add(variants.at(-1)!.key, 'text')} end`;
}
