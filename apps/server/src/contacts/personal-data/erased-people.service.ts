import { createHmac, hkdfSync } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database } from '@switchboard/database';
import type { CustomerRef } from '@switchboard/meta';
import { type ContactIdentity, type IdentityScope, identitiesOf } from '../contact-identities';
import type { ItemIdentity } from './named-people';
import type { DataSubject } from './personal-data-sources';

type Identity = ContactIdentity | ItemIdentity;

/**
 * Knows who was erased without knowing who they were: of their ids it keeps HMACs. What Meta tells of the time before is not taken in again.
 */
@Injectable()
export class ErasedPeople {
  /** The one in use first. What was erased under an older one is known for as long as that is named. */
  private readonly keys: readonly Buffer[];

  constructor(
    private readonly database: Database,
    @Inject(APP_CONFIG) { encryptionKey, encryptionKeysOld }: Pick<AppConfig, 'encryptionKey' | 'encryptionKeysOld'>,
  ) {
    this.keys = [encryptionKey, ...encryptionKeysOld].map((key) =>
      Buffer.from(hkdfSync('sha256', key, '', 'switchboard erased people', 32)),
    );
  }

  /** Inside the transaction that erases them, while their identities are there. */
  async remember({ workspaceId, contactIds }: DataSubject): Promise<void> {
    const { rows } = await this.database.query<Identity>(
      `select scope_id as "scopeId", kind, value from contact_identities where contact_id = any($1::uuid[])
       union all
       select p.channel_id, 'username', p.username from contact_identities i
         join contact_profiles p on p.channel_id = i.scope_id and p.customer = i.value
        where i.contact_id = any($1::uuid[]) and i.kind in ('psid', 'igsid') and p.username is not null`,
      [contactIds],
    );
    await this.database.query(
      `insert into erased_identities as e (hash, workspace_id)
       select distinct decode(h, 'hex'), $1::uuid from unnest($2::text[]) as h order by 1
       on conflict (hash) do update set erased_at = excluded.erased_at`,
      [workspaceId, rows.map((identity) => hashOf(identity, this.keys[0]!))],
    );
  }

  /** When the customers were erased last, milliseconds since the epoch, in the order asked; `undefined` for whoever never was. */
  erasedAt(
    asked: readonly { customer: CustomerRef; scope: IdentityScope }[],
  ): Promise<readonly (number | undefined)[]> {
    return this.lastErased(asked.map(({ customer, scope }) => identitiesOf(customer, scope)));
  }

  /** As `erasedAt`, of people by all their ids. Served by the primary key. */
  async lastErased(people: readonly (readonly Identity[])[]): Promise<readonly (number | undefined)[]> {
    const hashes = people.map((identities) =>
      identities.flatMap((identity) => this.keys.map((key) => hashOf(identity, key))),
    );
    const distinct = [...new Set(hashes.flat())];
    if (distinct.length === 0) return people.map(() => undefined);
    const { rows } = await this.database.query<{ hash: string; at: Date }>({
      name: 'erased-people',
      text: `
        select encode(hash, 'hex') as hash, erased_at as at from erased_identities
         where hash = any(array(select decode(h, 'hex') from unnest($1::text[]) as h))`,
      values: [distinct],
    });
    const times = new Map(rows.map(({ hash, at }) => [hash, at.getTime()]));
    return hashes.map((own) => {
      const known = own.flatMap((hash) => times.get(hash) ?? []);
      return known.length === 0 ? undefined : Math.max(...known);
    });
  }

  /**
   * What a message to a customer is known again by when neither the words nor the address are kept. The one under the key in use first.
   */
  fingerprints(channelId: string, customer: string, text: string | undefined): readonly string[] {
    const said = JSON.stringify(['message', channelId, customer, text ?? null]);
    return this.keys.map((key) => createHmac('sha256', key).update(said).digest('hex'));
  }
}

const hashOf = ({ scopeId, kind, value }: Identity, key: Buffer): string =>
  createHmac('sha256', key).update(`${scopeId} ${kind} ${value}`).digest('hex');
