import { Client } from 'pg';
import { v7 as uuid } from 'uuid';
import { accountOf, type World, workspaceOf } from '../world';

/** A user as a client signs in. */
export interface SeededUser {
  id: string;
  workspaceId: string;
  email: string;
}

/** Writes the world's workspaces, users and channels into a database that the server has already set up. */
export async function seed(databaseUrl: string, world: World): Promise<SeededUser[]> {
  const workspaces = Array.from({ length: world.workspaces }, (_, index) => ({
    id: uuid(),
    account: accountOf(index),
  }));
  const users = Array.from({ length: world.users }, (_, index) => ({
    id: uuid(),
    workspaceId: workspaces[workspaceOf(world, index)]!.id,
    email: `agent${index}@example.com`,
  }));
  await using(databaseUrl, async (client) => {
    const workspaceIds = workspaces.map(({ id }) => id);
    const userIds = users.map(({ id }) => id);
    await client.query(`insert into workspaces (id, name) select id, 'Shop' from unnest($1::uuid[]) as n(id)`, [
      workspaceIds,
    ]);
    await client.query('insert into workspace_heads (workspace_id) select unnest($1::uuid[])', [workspaceIds]);
    await client.query('insert into users (id, email) select * from unnest($1::uuid[], $2::text[])', [
      userIds,
      users.map(({ email }) => email),
    ]);
    await client.query(
      `insert into memberships (user_id, workspace_id, role) select *, 'agent' from unnest($1::uuid[], $2::uuid[])`,
      [userIds, users.map(({ workspaceId }) => workspaceId)],
    );
    const accounts = workspaces.map(({ account }) => account);
    await client.query(
      `insert into channels (id, workspace_id, platform, external_id, business_account_id, meta_app_id, name)
       select n.*, (select id from meta_apps), 'Counter'
         from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[]) n`,
      [
        accounts.map(() => uuid()),
        workspaceIds,
        accounts.map(({ platform }) => platform),
        accounts.map(({ id }) => id),
        accounts.map((account) => (account.platform === 'whatsapp' ? account.businessAccountId : null)),
      ],
    );
  });
  return users;
}

/** As autovacuum would have done by and by: without it PostgreSQL would plan for tables that were empty. */
export async function vacuum(databaseUrl: string): Promise<void> {
  await using(databaseUrl, (client) => client.query('vacuum analyze'));
}

/** What the database holds of a run, counted. */
export async function stored(databaseUrl: string): Promise<{ deliveries: number; pending: number; messages: number }> {
  const { rows } = await using(databaseUrl, (client) =>
    client.query<{ deliveries: number; pending: number; messages: number }>(
      `select (select count(*) from webhook_deliveries)::int as deliveries,
              (select count(*) from webhook_pending)::int as pending,
              (select count(*) from messages)::int as messages`,
    ),
  );
  return rows[0]!;
}

/** The conversation of each customer, by the platform's id of the customer. */
export async function conversationsByCustomer(databaseUrl: string): Promise<Map<string, string>> {
  const { rows } = await using(databaseUrl, (client) =>
    client.query<{ value: string; id: string }>(
      'select i.value, c.id from contact_identities i join conversations c on c.contact_id = i.contact_id',
    ),
  );
  return new Map(rows.map(({ value, id }) => [value, id]));
}

async function using<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
