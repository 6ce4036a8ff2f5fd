import { Injectable } from '@nestjs/common';
import type { ConsentState } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';

/** In place of a channel's id: on every channel. Not null, so that it can be part of a key. */
export const everyChannel = '00000000-0000-0000-0000-000000000000';

export interface ConsentChange {
  contactId: string;
  /** `null`: on every channel. */
  channelId: string | null;
  state: ConsentState;
  /** Who or what told it: `rest`, `import`, `webhook` … */
  source: string;
  at: Date;
  detail?: string | null;
}

export interface ConsentRow extends Omit<ConsentChange, 'detail'> {
  detail: string | null;
}

export interface ConsentHistoryRow extends ConsentRow {
  id: string;
  recordedAt: Date;
}

const columns = (t: string) => `
  ${t}.contact_id as "contactId", nullif(${t}.channel_id, '${everyChannel}') as "channelId", ${t}.state, ${t}.source, ${t}.at, ${t}.detail`;

/**
 * The state of contact `c` on a channel, as an SQL expression: what was told for the channel, unless an opt-out from every channel is as
 * late or later. `channel` is a placeholder. By the primary key of contact_consents.
 */
export const consentOn = (contact: string, channel: string): string => `
  (select case
       when o.state = 'opted_out' or (g.state = 'opted_out' and g.at >= coalesce(o.at, g.at)) then 'opted_out'
       else coalesce(o.state, g.state) end
     from (select 1) x
     left join contact_consents o on o.contact_id = ${contact} and o.channel_id = ${channel}
     left join contact_consents g on g.contact_id = ${contact} and g.channel_id = '${everyChannel}')`;

@Injectable()
export class ConsentsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Keeps the changes and brings the states forward, in key order; of one time, the opt-out counts. Returns those that changed a state.
   * Contacts of other workspaces are left out. The contacts are to be locked, so that two changes at once see each other. OFFSET 0 holds
   * the planner to the primary keys: in tables that have just grown it would look at every contact for each change.
   */
  async record(workspaceId: string, changes: readonly ConsentChange[]): Promise<ConsentRow[]> {
    const { rows } = await this.database.query<ConsentRow>({
      name: 'consents-record',
      text: `
        with given as (
          select n.id, n.contact_id, n.channel_id, n.state, n.source, n.at, n.detail
            from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
              as n(id, contact_id, channel_id, state, source, at, detail)
            cross join lateral (
              select 1 from contacts c where c.id = n.contact_id and c.workspace_id = $1::uuid and c.erased_at is null offset 0) c
        ), kept as (
          insert into contact_consent_changes (id, workspace_id, contact_id, channel_id, state, source, at, detail)
          select id, $1::uuid, contact_id, channel_id, state, source, at, detail from given order by contact_id, channel_id, at
          on conflict do nothing
        ), latest as (
          select distinct on (contact_id, channel_id) * from given order by contact_id, channel_id, at desc, state desc
        ), before as (
          select l.contact_id, l.channel_id, k.state from latest l cross join lateral (
            select k.state from contact_consents k where k.contact_id = l.contact_id and k.channel_id = l.channel_id offset 0) k
        ), changed as (
          insert into contact_consents as k (contact_id, channel_id, workspace_id, state, source, at, detail)
          select contact_id, channel_id, $1::uuid, state, source, at, detail from latest order by contact_id, channel_id
          on conflict (contact_id, channel_id) do update
            set state = excluded.state, source = excluded.source, at = excluded.at, detail = excluded.detail
            where k.at < excluded.at or (k.at = excluded.at and k.state < excluded.state)
          returning k.*
        )
        select ${columns('n')} from changed n left join before b using (contact_id, channel_id)
         where b.state is distinct from n.state order by n.at, n.contact_id`,
      values: [
        workspaceId,
        changes.map(() => newId()),
        changes.map((one) => one.contactId),
        changes.map((one) => one.channelId ?? everyChannel),
        changes.map((one) => one.state),
        changes.map((one) => one.source),
        changes.map((one) => one.at),
        changes.map((one) => one.detail?.replaceAll('\0', '') ?? null),
      ],
    });
    return rows;
  }

  /** Who of these contacts has the state on a channel that is asked for. */
  async allowed(
    workspaceId: string,
    channelId: string,
    contactIds: readonly string[],
    needs: 'no_opt_out' | 'opt_in',
  ): Promise<string[]> {
    const state = consentOn('c.id', '$2::uuid');
    const { rows } = await this.database.query<{ id: string }>({
      name: `consents-allowed-${needs}`,
      text: `
        select c.id from unnest($3::uuid[]) as n(id) cross join lateral (
          select c.id from contacts c where c.id = n.id and c.workspace_id = $1::uuid and c.erased_at is null offset 0) c
         where ${needs === 'opt_in' ? `${state} = 'opted_in'` : `${state} is distinct from 'opted_out'`}`,
      values: [workspaceId, channelId, contactIds],
    });
    return rows.map(({ id }) => id);
  }

  async of(workspaceId: string, contactId: string): Promise<ConsentRow[]> {
    const { rows } = await this.database.query<ConsentRow>(
      `select ${columns('k')} from contact_consents k where k.workspace_id = $1 and k.contact_id = $2 order by k.channel_id`,
      [workspaceId, contactId],
    );
    return rows;
  }

  /** Newest told first. Served by contact_consent_changes_contact. */
  async history(
    workspaceId: string,
    contactId: string,
    before: string | undefined,
    limit: number,
  ): Promise<ConsentHistoryRow[]> {
    const { rows } = await this.database.query<ConsentHistoryRow>(
      `select k.id, k.recorded_at as "recordedAt", ${columns('k')} from contact_consent_changes k
        where k.workspace_id = $1 and k.contact_id = $2 and ($3::uuid is null or k.id < $3) order by k.id desc limit $4`,
      [workspaceId, contactId, before ?? null, limit],
    );
    return rows;
  }

  /** Those of the channels that are the workspace's. */
  async channels(workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    const { rows } = await this.database.query<{ id: string }>(
      `select id from channels where workspace_id = $1 and id = any($2::uuid[])`,
      [workspaceId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }
}
