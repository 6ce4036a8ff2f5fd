import { Injectable } from '@nestjs/common';
import type { MessageErrorView, RecipientState } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { CampaignAnswer, MovedCampaignMessage } from '../../messages';
import { type CampaignRow, campaignColumns } from '../campaign-row';
import type { Tally } from './tally';

/** What a campaign is judged by, for a pause by itself: how much had left and failed when it began or went on. */
export interface Since {
  left: number;
  failed: number;
}

export interface ProgressRow {
  tally: Tally;
  dirty: boolean;
  toldAt: Date | null;
  toldLeft: number;
  since: Since | null;
}

export interface Signal {
  messageId: string | null;
  contactId: string | null;
  at: Date | null;
}

export interface MovedRecipient {
  variant: string;
  before: RecipientState;
  after: RecipientState;
  errorBefore: MessageErrorView | null;
  error: MessageErrorView | null;
  reason: string | null;
}

/** What waited for them was taken back, as they were erased. */
const isTakenBack = `m.status = 'queued' and m.deleted_at is not null
  and not exists (select 1 from outbound_messages o where o.message_id = m.id)`;
/** A recipient stands as their message does; one whose message was withdrawn as the reason for that says. */
const stateOfMessage = `case when m.id is null then 'cancelled' when m.status = 'played' then 'read' when ${isTakenBack} then 'excluded'
  when m.status = 'failed' and m.error ->> 'reason' = 'campaign_cancelled' then 'cancelled'
  when m.status = 'failed' and m.error ->> 'reason' = 'opted_out' then 'excluded' else m.status end`;

/** How campaigns are counted. A tally is changed under the lock of its row, in the transaction that moves the recipients. */
@Injectable()
export class ProgressRepository {
  constructor(private readonly database: Database) {}

  async start(campaignId: string, tally: Tally, since: Since): Promise<void> {
    await this.database.query(
      `insert into campaign_progress (campaign_id, tally, since, dirty) values ($1, $2::jsonb, $3::jsonb, true)`,
      [campaignId, JSON.stringify(tally), JSON.stringify(since)],
    );
  }

  /** Locks a campaign's tally. `undefined` where there is none, or, with `skip`, somebody else has it. */
  async lock(campaignId: string, how: 'wait' | 'skip' = 'wait'): Promise<ProgressRow | undefined> {
    const { rows } = await this.database.query<ProgressRow>({
      name: `campaign-progress-lock-${how}`,
      text: `select tally, dirty, told_at as "toldAt", told_left as "toldLeft", since from campaign_progress where campaign_id = $1
              for update ${how === 'skip' ? 'skip locked' : ''}`,
      values: [campaignId],
    });
    return rows[0];
  }

  async save(campaignId: string, { tally, dirty, toldAt, toldLeft, since }: ProgressRow): Promise<void> {
    await this.database.query({
      name: 'campaign-progress-save',
      text: `update campaign_progress set tally = $2::jsonb, dirty = $3, told_at = $4, told_left = $5, since = $6::jsonb where campaign_id = $1`,
      values: [campaignId, JSON.stringify(tally), dirty, toldAt, toldLeft, JSON.stringify(since)],
    });
  }

  async campaign(id: string): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>({
      name: 'campaign-progress-campaign',
      text: `select ${campaignColumns('c')} from campaigns c where c.id = $1`,
      values: [id],
    });
    return rows[0];
  }

  /** Campaigns with something to count, or counted and not told since `before`. Served by campaign_progress_dirty. */
  async due(before: Date): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'campaign-progress-due',
      text: `select distinct campaign_id as id from campaign_signals
              union select campaign_id from campaign_progress where dirty and coalesce(told_at <= $1::timestamptz, true)`,
      values: [before],
    });
    return rows.map(({ id }) => id);
  }

  /** In the transaction in which they move: an insert alone, which waits for nobody. */
  async keepMoved(messages: readonly MovedCampaignMessage[]): Promise<void> {
    await this.database.query({
      name: 'campaign-signals-moved',
      text: `insert into campaign_signals (campaign_id, message_id) select * from unnest($1::uuid[], $2::uuid[])`,
      values: [messages.map(({ campaignId }) => campaignId), messages.map(({ messageId }) => messageId)],
    });
  }

  async keepAnswers(answers: readonly CampaignAnswer[]): Promise<void> {
    await this.database.query({
      name: 'campaign-signals-answered',
      text: `insert into campaign_signals (campaign_id, contact_id, at) select * from unnest($1::uuid[], $2::uuid[], $3::timestamptz[])`,
      values: [
        answers.map(({ campaignId }) => campaignId),
        answers.map(({ contactId }) => contactId),
        answers.map(({ at }) => at),
      ],
    });
  }

  /** Takes what is to be counted of a campaign whose tally is locked. Served by campaign_signals_campaign. */
  async takeSignals(campaignId: string, most: number): Promise<Signal[]> {
    const { rows } = await this.database.query<Signal>({
      name: 'campaign-signals-take',
      text: `
        delete from campaign_signals where id in (
          select id from campaign_signals where campaign_id = $1 order by id limit $2 for update skip locked)
        returning message_id as "messageId", contact_id as "contactId", at`,
      values: [campaignId, most],
    });
    return rows;
  }

  /** Brings recipients to where their messages stand now, whatever was told of them. Served by campaign_recipients_message. */
  async follow(campaignId: string, messageIds: readonly string[]): Promise<MovedRecipient[]> {
    const { rows } = await this.database.query<MovedRecipient>({
      name: 'campaign-recipients-follow',
      text: `
        with now as (
          select r.contact_id, r.state as before, r.error as error_before, ${stateOfMessage} as after,
                 case when m.status = 'failed' then m.error end as error, case when ${isTakenBack} then 'gone' else m.error ->> 'reason' end as reason
            from campaign_recipients r left join messages m on m.id = r.message_id
           where r.message_id = any($2::uuid[]) and r.campaign_id = $1
        )
        update campaign_recipients r set state = n.after, error = n.error, reason = case when n.after = 'excluded' then n.reason end from now n
         where r.campaign_id = $1 and r.contact_id = n.contact_id and n.after <> n.before
        returning r.variant, n.before, n.after, n.error_before as "errorBefore", n.error, r.reason`,
      values: [campaignId, messageIds],
    });
    return rows;
  }

  /**
   * Those who were sent to, and have written since, within the campaign's time: whoever wrote may be another contact by now. What Meta tells
   * late was written before; its times are whole seconds. Each counts once. Served by the primary key and contact_merges_contact.
   * @returns their variants
   */
  async reply(
    { id: campaignId, attributionHours: hours }: Pick<CampaignRow, 'id' | 'attributionHours'>,
    answers: readonly { contactId: string; at: Date }[],
  ): Promise<string[]> {
    const { rows } = await this.database.query<{ variant: string }>({
      name: 'campaign-recipients-reply',
      text: `
        with answers as (
          select n.contact_id as id, n.at from unnest($3::uuid[], $4::timestamptz[]) as n(contact_id, at)
          union all
          select m.merged_contact_id, n.at from unnest($3::uuid[], $4::timestamptz[]) as n(contact_id, at)
            join contact_merges m on m.contact_id = n.contact_id and m.undone_at is null
        ), first as (
          select r.contact_id, min(a.at) as at
            from answers a join campaign_recipients r on r.campaign_id = $1 and r.contact_id = a.id
           where r.replied_at is null and r.message_id is not null and r.state in ('sent', 'delivered', 'read', 'unknown', 'queued')
             and a.at > r.queued_at - interval '1 second' and a.at < r.queued_at + $2::int * interval '1 hour'
           group by 1
        )
        update campaign_recipients r set replied_at = f.at from first f
         where r.campaign_id = $1 and r.contact_id = f.contact_id and r.replied_at is null
        returning r.variant`,
      values: [campaignId, hours, answers.map(({ contactId }) => contactId), answers.map(({ at }) => at)],
    });
    return rows.map(({ variant }) => variant);
  }

  /**
   * Recipients who do not stand where their message does, of those that have not come to rest: what moved a message where nobody listens (an
   * erasure, a merge, an echo that brought its id). Served by campaign_recipients_open.
   */
  async strays(): Promise<MovedCampaignMessage[]> {
    const { rows } = await this.database.query<MovedCampaignMessage>({
      name: 'campaign-recipients-strays',
      text: `
        select r.campaign_id as "campaignId", r.message_id as "messageId"
          from campaign_recipients r left join messages m on m.id = r.message_id
         where r.state in ('queued', 'unknown') and ${stateOfMessage} <> r.state
           and not exists (select 1 from campaign_signals s where s.campaign_id = r.campaign_id and s.message_id = r.message_id)`,
    });
    return rows;
  }
}
