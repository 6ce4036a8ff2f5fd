import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { consentOn } from '../../contacts';
import { type CampaignRow, campaignColumns, theRest } from '../campaign-row';

/** A recipient whose turn it is. Locked until the transaction ends. */
export interface Claimed {
  contactId: string;
  variant: string;
  timeZone: string | null;
  /** What their message speaks of in the audience's file. */
  row: Record<string, string> | null;
}

/** Where a recipient goes from `pending`. */
export interface Fed {
  contactId: string;
  messageId: string | null;
  /** Why they are sent nothing. */
  reason: string | null;
  message: string | null;
  /** Of their message. */
  pricing: string | null;
  phonePrefix: string | null;
}

/** What is next of campaigns that run. */
@Injectable()
export class FeedRepository {
  constructor(private readonly database: Database) {}

  /** Served by campaigns_active, and one look into campaign_recipients_due for each. */
  async channelsDue(now: Date): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'campaigns-channels-due',
      text: `
        select distinct c.channel_id as id from campaigns c
         where c.status = 'running' and exists (
           select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'pending' and r.due_at <= $1::timestamptz)`,
      values: [now],
    });
    return rows.map(({ id }) => id);
  }

  /** Campaigns of a channel with somebody whose turn it is. */
  async campaignsDue(channelId: string, now: Date): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'campaigns-due',
      text: `
        select c.id from campaigns c
         where c.channel_id = $1 and c.status = 'running' and exists (
           select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'pending' and r.due_at <= $2::timestamptz)
         order by c.id`,
      values: [channelId, now],
    });
    return rows.map(({ id }) => id);
  }

  /** True for one transaction at a time: two that fill a channel's queue at once would fill it twice. */
  async tryLane(channelId: string): Promise<boolean> {
    const { rows } = await this.database.query<{ taken: boolean }>({
      name: 'campaigns-try-lane',
      text: `select pg_try_advisory_xact_lock(hashtextextended('campaigns ' || $1::text, 0)) as taken`,
      values: [channelId],
    });
    return rows[0]!.taken;
  }

  /** A campaign that runs, held so that no step is taken with it until the transaction ends. */
  async hold(id: string): Promise<CampaignRow | undefined> {
    const { rows } = await this.database.query<CampaignRow>({
      name: 'campaigns-hold',
      text: `select ${campaignColumns('c')} from campaigns c where c.id = $1 and c.status = 'running' for share`,
      values: [id],
    });
    return rows[0];
  }

  /** Claims the next, in the order of their time. The lock is their lease: it ends with the connection. Served by campaign_recipients_due. */
  async claim(campaignId: string, now: Date, most: number): Promise<Claimed[]> {
    const { rows } = await this.database.query<Claimed>({
      name: 'campaign-recipients-claim',
      text: `
        select contact_id as "contactId", variant, time_zone as "timeZone", row from campaign_recipients
         where campaign_id = $1 and state = 'pending' and due_at <= $2::timestamptz and variant <> '${theRest}'
         order by due_at, contact_id limit $3 for update skip locked`,
      values: [campaignId, now, most],
    });
    return rows;
  }

  /** Whoever is due waits until then; with a time zone, those of it. @returns how many */
  async defer(campaignId: string, now: Date, until: Date, timeZone: string | null): Promise<number> {
    const { rowCount } = await this.database.query({
      name: 'campaign-recipients-defer',
      text: `
        update campaign_recipients set due_at = $3::timestamptz
         where campaign_id = $1 and state = 'pending' and due_at <= $2::timestamptz and ($4::text is null or time_zone = $4)`,
      values: [campaignId, now, until, timeZone],
    });
    return rowCount ?? 0;
  }

  /** Moves the claimed on, with their messages. */
  async feed(campaignId: string, now: Date, fed: readonly Fed[]): Promise<void> {
    await this.database.query({
      name: 'campaign-recipients-feed',
      text: `
        update campaign_recipients r set
          state = case when n.message_id is null then 'excluded' else 'queued' end, message_id = n.message_id, reason = n.reason,
          error = case when n.message is not null then json_build_object('reason', n.reason, 'message', n.message) end,
          queued_at = case when n.message_id is not null then $2::timestamptz end, pricing = n.pricing, phone_prefix = n.phone_prefix
          from unnest($3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[])
            as n(contact_id, message_id, reason, message, pricing, phone_prefix)
         where r.campaign_id = $1 and r.contact_id = n.contact_id and r.state = 'pending'`,
      values: [
        ...[campaignId, now, fed.map(({ contactId }) => contactId), fed.map(({ messageId }) => messageId)],
        ...[fed.map(({ reason }) => reason), fed.map(({ message }) => message)],
        ...[fed.map(({ pricing }) => pricing), fed.map(({ phonePrefix }) => phonePrefix)],
      ],
    });
  }

  /**
   * Recipients who are another contact by now, and whose turn comes as that one, unless that one is a recipient already. Served by
   * contact_merges_merged.
   * @returns those who are
   */
  async followMerges(
    campaignId: string,
    workspaceId: string,
    goneIds: readonly string[],
  ): Promise<{ from: string; to: string }[]> {
    const { rows } = await this.database.query<{ from: string; to: string; moved: boolean }>({
      name: 'campaign-recipients-merged',
      text: `
        with merged as (
          select distinct on (n.id) n.id, m.contact_id from unnest($3::uuid[]) as n(id)
            join contact_merges m on m.workspace_id = $2 and m.merged_contact_id = n.id and m.undone_at is null
           order by n.id, m.id desc
        ), one as (
          -- Two who became one are one recipient.
          select distinct on (contact_id) id, contact_id from merged g
           where not exists (select 1 from campaign_recipients o where o.campaign_id = $1 and o.contact_id = g.contact_id)
           order by contact_id, id
        ), moved as (
          update campaign_recipients r set contact_id = o.contact_id from one o
           where r.campaign_id = $1 and r.contact_id = o.id returning o.id
        )
        select g.id as "from", g.contact_id as "to", exists (select 1 from moved v where v.id = g.id) as moved from merged g`,
      values: [campaignId, workspaceId, goneIds],
    });
    return rows;
  }

  /** Messages that were queued by campaigns which do not run now, by campaign. Served by campaign_recipients_open. */
  async halted(): Promise<{ id: string; channelId: string; status: 'paused' | 'cancelled' }[]> {
    const { rows } = await this.database.query<{ id: string; channelId: string; status: 'paused' | 'cancelled' }>({
      name: 'campaigns-halted',
      text: `
        select distinct c.id, c.channel_id as "channelId", c.status
          from campaign_recipients r join campaigns c on c.id = r.campaign_id
         where r.state in ('queued', 'unknown') and r.state = 'queued' and c.status in ('paused', 'cancelled')`,
    });
    return rows;
  }

  /** Messages that wait for contacts who have opted out since. Served by campaign_recipients_open. */
  async optedOut(): Promise<{ messageId: string; channelId: string }[]> {
    const { rows } = await this.database.query<{ messageId: string; channelId: string }>({
      name: 'campaigns-opted-out',
      text: `
        select r.message_id as "messageId", c.channel_id as "channelId"
          from campaign_recipients r join campaigns c on c.id = r.campaign_id
          join outbound_messages o on o.message_id = r.message_id and o.state in ('queued', 'held', 'paused')
         where r.state in ('queued', 'unknown') and r.state = 'queued' and c.status in ('running', 'paused')
           and ${consentOn('r.contact_id', 'c.channel_id')} = 'opted_out'`,
    });
    return rows;
  }

  /** Campaigns that run with somebody who waits for their turn, or whose message waits to leave. Served by the partial indexes. */
  async waiting(): Promise<{ id: string; channelId: string }[]> {
    const { rows } = await this.database.query<{ id: string; channelId: string }>({
      name: 'campaigns-waiting',
      text: `
        select c.id, c.channel_id as "channelId" from campaigns c where c.status = 'running' and (
          exists (select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'pending')
          or exists (
            select 1 from campaign_recipients r join outbound_messages o on o.message_id = r.message_id and o.state in ('queued', 'held')
             where r.campaign_id = c.id and r.state in ('queued', 'unknown') and r.state = 'queued'))`,
    });
    return rows;
  }

  /** Campaigns that run with nobody left who waits. */
  async ended(): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'campaigns-ended',
      text: `
        select c.id from campaigns c where c.status = 'running'
           and not exists (select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'pending')
           and not exists (select 1 from campaign_recipients r where r.campaign_id = c.id and r.state = 'queued')`,
    });
    return rows.map(({ id }) => id);
  }
}
