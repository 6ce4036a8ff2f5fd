import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { Wait } from '@switchboard/flows';
import { isLive } from '../execution-row';
import { flowsConsumer } from '../flows.repository';

/** An execution that waits for something to happen. */
export interface Waiting {
  id: string;
  contactId: string;
  conversationId: string | null;
  wait: Wait;
  waitsFor: string;
  waitsAfter: number;
  lane: number;
}

export interface ContactConversation {
  id: string;
  contactId: string;
  channelId: string;
}

/** What following the log reads and writes. */
@Injectable()
export class FollowerRepository {
  constructor(private readonly database: Database) {}

  /** Workspaces whose flows listen. */
  async following(): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>({
      name: 'flows-following',
      text: 'select workspace_id as id from consumer_positions where consumer = $1',
      values: [flowsConsumer],
    });
    return rows.map(({ id }) => id);
  }

  /** Of those, the ones with something that they have not heard. */
  async behind(): Promise<{ id: string; position: number }[]> {
    const { rows } = await this.database.query<{ id: string; position: number }>({
      name: 'flows-behind',
      text: `
        select p.workspace_id as id, p.position from consumer_positions p join workspace_heads h on h.workspace_id = p.workspace_id
         where p.consumer = $1 and h.head > p.position`,
      values: [flowsConsumer],
    });
    return rows;
  }

  /** Where a workspace's flows are, locked; undefined where they do not listen, or another process is at it. */
  async lock(workspaceId: string): Promise<{ position: number; head: number } | undefined> {
    const { rows } = await this.database.query<{ position: number; head: number }>({
      name: 'flows-lock-position',
      text: `
        with p as (
          select position from consumer_positions where consumer = $1 and workspace_id = $2 for update skip locked)
        select greatest(p.position, h.floor) as position, h.head from p, workspace_heads h where h.workspace_id = $2`,
      values: [flowsConsumer, workspaceId],
    });
    return rows[0];
  }

  async advance(workspaceId: string, position: number): Promise<void> {
    await this.database.query({
      name: 'flows-advance',
      text: 'update consumer_positions set position = $3 where consumer = $1 and workspace_id = $2',
      values: [flowsConsumer, workspaceId, position],
    });
  }

  /** Stops listening where there is neither a published flow nor anything live nor a conversation that a person has. */
  async forgetIdle(): Promise<number> {
    return this.database.transaction(async () => {
      // Locked first and looked at after: whoever publishes meanwhile writes the same rows.
      const { rows } = await this.database.query<{ id: string }>(
        'select workspace_id as id from consumer_positions where consumer = $1 order by 1 for update skip locked',
        [flowsConsumer],
      );
      if (rows.length === 0) return 0;
      const { rowCount } = await this.database.query(
        `delete from consumer_positions p where p.consumer = $1 and p.workspace_id = any($2::uuid[])
           and not exists (select 1 from flows f where f.workspace_id = p.workspace_id and f.state = 'published')
           and not exists (select 1 from flow_executions x join flows f on f.id = x.flow_id
                            where f.workspace_id = p.workspace_id and ${isLive('x')})
           and not exists (select 1 from flow_holds h where h.workspace_id = p.workspace_id)`,
        [flowsConsumer, rows.map(({ id }) => id)],
      );
      return rowCount ?? 0;
    });
  }

  /** Who waits for something, of these contacts; locked, so that what comes and what runs out do not meet. Served by flow_executions_waits. */
  async waiting(contactIds: readonly string[]): Promise<Waiting[]> {
    if (contactIds.length === 0) return [];
    const { rows } = await this.database.query<Waiting>({
      name: 'flows-waiting',
      text: `
        select id, contact_id as "contactId", conversation_id as "conversationId", wait, waits_for as "waitsFor", waits_after as "waitsAfter", lane
          from flow_executions where contact_id = any($1::uuid[]) and state = 'waiting' and waits_for is not null and not starts_with(waits_for, 'call ')
         order by id for update`,
      values: [contactIds],
    });
    return rows;
  }

  /** Conversations of contacts, the latest first. Served by conversations_contact. */
  async conversationsOf(workspaceId: string, contactIds: readonly string[]): Promise<ContactConversation[]> {
    if (contactIds.length === 0) return [];
    const { rows } = await this.database.query<ContactConversation>({
      name: 'flows-conversations-of',
      text: `
        select id, contact_id as "contactId", channel_id as "channelId" from conversations
         where workspace_id = $1 and contact_id = any($2::uuid[]) and channel_id is not null order by last_message_at desc, id`,
      values: [workspaceId, contactIds],
    });
    return rows;
  }

  /** Contacts by what a platform calls them on a channel. Served by the primary key of contact_identities. */
  async authors(
    authors: readonly { channelId: string; value: string }[],
  ): Promise<{ channelId: string; value: string; contactId: string }[]> {
    if (authors.length === 0) return [];
    const { rows } = await this.database.query<{ channelId: string; value: string; contactId: string }>({
      name: 'flows-authors',
      text: `
        select i.scope_id as "channelId", i.value, i.contact_id as "contactId"
          from unnest($1::uuid[], $2::text[]) as n(scope_id, value)
          join contact_identities i on i.scope_id = n.scope_id and i.kind in ('psid', 'igsid') and i.value = n.value`,
      values: [authors.map(({ channelId }) => channelId), authors.map(({ value }) => value)],
    });
    return rows;
  }

  /** Which of these answer a campaign within its attribution window. Served by the primary key of campaign_recipients. */
  async answers(
    given: readonly { campaignId: string; contactId: string; at: string }[],
  ): Promise<{ campaignId: string; contactId: string }[]> {
    if (given.length === 0) return [];
    const { rows } = await this.database.query<{ campaignId: string; contactId: string }>({
      name: 'flows-campaign-answers',
      text: `
        select n."campaignId", n."contactId" from json_to_recordset($1::json) as n("campaignId" uuid, "contactId" uuid, at timestamptz)
          join campaigns c on c.id = n."campaignId"
          join campaign_recipients r on r.campaign_id = c.id and r.contact_id = n."contactId"
         where r.queued_at is not null and n.at between r.queued_at - interval '1 second' and r.queued_at + c.attribution_hours * interval '1 hour'`,
      values: [JSON.stringify(given)],
    });
    return rows;
  }

  /** Live executions of somebody who turned out to be somebody else go on as that one's. @returns those that cannot: that one is in the flow already */
  async follow(merged: {
    from: string;
    into: string;
    conversations: readonly { id: string; into: string | null }[];
  }): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string; moved: boolean }>({
      name: 'flows-follow-merge',
      text: `
        with ours as (
          select x.id, exists (select 1 from flow_executions o where o.flow_id = x.flow_id and o.contact_id = $2 and ${isLive('o')}) as twice
            from flow_executions x where x.contact_id = $1 and ${isLive('x')} for update
        ), moved as (
          update flow_executions x set contact_id = $2, turn = x.turn + 1, conversation_id = coalesce(
                   (select c."into" from json_to_recordset($3::json) as c(id uuid, "into" uuid) where c.id = x.conversation_id), x.conversation_id)
            from ours o where x.id = o.id and not o.twice returning x.id
        )
        select o.id, exists (select 1 from moved m where m.id = o.id) as moved from ours o`,
      values: [merged.from, merged.into, JSON.stringify(merged.conversations)],
    });
    return rows.filter(({ moved }) => !moved).map(({ id }) => id);
  }
}
