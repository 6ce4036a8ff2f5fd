import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { SeededUser } from '../stores/seed';

export interface CampaignWorld {
  owner: SeededUser;
  channel: { id: string; externalId: string; businessAccountId: string };
}

/** Fills a database that the server has set up with a workspace, its number, and so many customers whose window is open. */
export async function seedCustomers(databaseUrl: string, customers: number): Promise<CampaignWorld> {
  const workspaceId = randomUUID();
  const owner = { id: randomUUID(), workspaceId, email: 'owner@campaign.example' };
  const channel = { id: randomUUID(), externalId: '900000000000001', businessAccountId: '800000000000001' };
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const at = Date.now() - 3_600_000;
  const id = (kind: number) =>
    `(lpad(to_hex(${at} + n), 12, '0') || '7000800${kind}' || lpad(to_hex(n), 12, '0'))::uuid`;
  const each = `from generate_series(1, ${customers}) as n`;
  try {
    await client.query(`set synchronous_commit = off`);
    await client.query(`insert into workspaces (id, name) values ($1, 'Campaigns')`, [workspaceId]);
    await client.query(`insert into workspace_heads (workspace_id) values ($1)`, [workspaceId]);
    await client.query(`insert into users (id, email) values ($1, $2)`, [owner.id, owner.email]);
    await client.query(`insert into memberships (user_id, workspace_id, role) values ($1, $2, 'owner')`, [
      owner.id,
      workspaceId,
    ]);
    await client.query(
      `insert into channels (id, workspace_id, platform, external_id, business_account_id, meta_app_id, name)
       values ($1, $2, 'whatsapp', $3, $4, (select id from meta_apps), 'Shop')`,
      [channel.id, workspaceId, channel.externalId, channel.businessAccountId],
    );
    await client.query(
      `insert into contacts (id, workspace_id, name, phone) select ${id(1)}, $1, 'Customer ' || n, (49150000000 + n)::text ${each}`,
      [workspaceId],
    );
    await client.query(
      `insert into contact_identities (scope_id, kind, value, contact_id) select $1, 'wa_id', (49150000000 + n)::text, ${id(1)} ${each}`,
      [workspaceId],
    );
    await client.query(
      `insert into conversations (id, workspace_id, channel_id, contact_id, platform, last_message_at, last_inbound_at)
       select ${id(2)}, $1, $2, ${id(1)}, 'whatsapp', now(), now() ${each}`,
      [workspaceId, channel.id],
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
  return { owner, channel };
}
