import { Injectable } from '@nestjs/common';
import type { ContactSummary } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { CustomerProfile, CustomerRef } from '@switchboard/meta';
import type { DueRead, Unread } from '../../channels';
import type { IdentityScope } from '../contact-identities';

/** A customer whose profile is to be read. */
export interface DueProfile extends DueRead {
  customer: string;
}

export interface ReadProfile extends CustomerProfile {
  channelId: string;
  customer: string;
}

export interface StoredProfile extends CustomerProfile {
  channelId: string;
  platform: 'messenger' | 'instagram';
  customer: string;
  hiddenReason: string | null;
  fetchedAt: Date | null;
}

const columnsOf = <T>(rows: readonly T[], ...keys: (keyof T)[]): unknown[][] =>
  keys.map((key) => rows.map((row) => row[key]));

@Injectable()
export class ProfilesRepository {
  constructor(private readonly database: Database) {}

  /** These have written: who is not known is read soon, and who was read more than 7 days ago. Travels with the intake's statements. */
  async wanted(written: readonly { customer: CustomerRef; scope: IdentityScope }[]): Promise<void> {
    const asked = new Map<string, { channelId: string; customer: string; workspaceId: string }>();
    for (const { customer, scope } of written) {
      if (scope.platform === 'whatsapp' || !customer.userId) continue;
      const { channelId, workspaceId } = scope;
      asked.set(`${channelId} ${customer.userId}`, { channelId, customer: customer.userId, workspaceId });
    }
    if (asked.size === 0) return;
    await this.database.send({
      name: 'profiles-wanted',
      text: `
        insert into contact_profiles as p (channel_id, customer, workspace_id, due_at)
        select channel_id, customer, workspace_id, now() from unnest($1::uuid[], $2::text[], $3::uuid[]) as n(channel_id, customer, workspace_id)
         order by channel_id, customer
        on conflict (channel_id, customer) do update set due_at = now(), attempts = 0
         where p.due_at is null and p.fetched_at < now() - interval '7 days'`,
      values: columnsOf([...asked.values()], 'channelId', 'customer', 'workspaceId'),
    });
  }

  /**
   * Names contacts by their profiles; a name that somebody gave them stays. Before the profiles themselves, as intake locks them.
   * @returns the contacts that changed
   */
  async name(read: readonly ReadProfile[]): Promise<(ContactSummary & { workspaceId: string })[]> {
    const { rows } = await this.database.query<ContactSummary & { workspaceId: string }>({
      name: 'profiles-name',
      text: `
        with n as (
          select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as n(channel_id, customer, name, username)
        ), who as (
          select distinct on (i.contact_id) i.contact_id,
                 case when c.name is null or c.name = p.name then coalesce(n.name, c.name) else c.name end as name,
                 case when c.username is null or c.username = p.username then coalesce(n.username, c.username) else c.username end as username
            from n join contact_profiles p on p.channel_id = n.channel_id and p.customer = n.customer
            join contact_identities i on i.scope_id = n.channel_id and i.kind in ('psid', 'igsid') and i.value = n.customer
            join contacts c on c.id = i.contact_id and c.workspace_id = p.workspace_id and c.erased_at is null
           order by i.contact_id
        )
        update contacts c set name = w.name, username = w.username, updated_at = now()
          from who w where c.id = w.contact_id and (c.name, c.username) is distinct from (w.name, w.username)
        returning c.id, c.workspace_id as "workspaceId", c.name, c.username, c.phone`,
      values: columnsOf(read, 'channelId', 'customer', 'name', 'username'),
    });
    return rows;
  }

  async keep(read: readonly ReadProfile[]): Promise<void> {
    await this.database.query({
      name: 'profiles-keep',
      text: `
        update contact_profiles p set name = n.name, username = n.username, picture_url = n.picture_url, hidden_reason = null,
               fetched_at = now(), due_at = null, attempts = 0
          from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[]) as n(channel_id, customer, name, username, picture_url)
         where p.channel_id = n.channel_id and p.customer = n.customer`,
      values: columnsOf(read, 'channelId', 'customer', 'name', 'username', 'pictureUrl'),
    });
  }

  async putOff(unread: readonly Unread<DueProfile>[]): Promise<void> {
    await this.database.query({
      name: 'profiles-put-off',
      text: `
        update contact_profiles p set due_at = now() + n.again * interval '1 ms', hidden_reason = coalesce(n.reason, p.hidden_reason),
               attempts = p.attempts - n.uncounted::int, fetched_at = case when n.again is null then now() else p.fetched_at end
          from unnest($1::uuid[], $2::text[], $3::float8[], $4::text[], $5::bool[]) as n(channel_id, customer, again, reason, uncounted)
         where p.channel_id = n.channel_id and p.customer = n.customer`,
      values: [
        ...columnsOf(
          unread.map(({ due }) => due),
          'channelId',
          'customer',
        ),
        ...columnsOf(unread, 'againInMs', 'reason', 'uncounted'),
      ],
    });
  }

  /** What is known of a contact on each of its channels. Served by contact_identities_contact. */
  async of(workspaceId: string, contactId: string): Promise<StoredProfile[]> {
    const { rows } = await this.database.query<StoredProfile>({
      name: 'profiles-of',
      text: `
        select p.channel_id as "channelId", c.platform, p.customer, p.name, p.username, p.picture_url as "pictureUrl",
               p.hidden_reason as "hiddenReason", p.fetched_at as "fetchedAt"
          from contact_identities i join contact_profiles p on p.channel_id = i.scope_id and p.customer = i.value
          join channels c on c.id = p.channel_id
         where i.contact_id = $2 and i.kind in ('psid', 'igsid') and p.workspace_id = $1 order by p.channel_id, p.customer`,
      values: [workspaceId, contactId],
    });
    return rows;
  }

  async hasContact(workspaceId: string, contactId: string): Promise<boolean> {
    const { rows } = await this.database.query<{ has: boolean }>({
      name: 'profiles-has-contact',
      text: 'select exists (select 1 from contacts where workspace_id = $1 and id = $2) as has',
      values: [workspaceId, contactId],
    });
    return rows[0]!.has;
  }

  /** Served by contact_profiles_customer. */
  async ofCustomers(workspaceId: string, customers: readonly string[]): Promise<object[]> {
    const { rows } = await this.database.query<object>({
      name: 'profiles-of-customers',
      text: `
        select channel_id as "channelId", customer, name, username, picture_url as "pictureUrl", fetched_at as "fetchedAt"
          from contact_profiles where workspace_id = $1 and customer = any($2::text[])`,
      values: [workspaceId, customers],
    });
    return rows;
  }

  async erase(workspaceId: string, customers: readonly string[]): Promise<void> {
    await this.database.query({
      name: 'profiles-erase',
      text: 'delete from contact_profiles where workspace_id = $1 and customer = any($2::text[])',
      values: [workspaceId, customers],
    });
  }
}
