import { Client } from 'pg';
import type { Tenant } from '../../support/api-client';
import type { Shop } from './shop';
import { world } from './world';

/** The bodies in which Meta sent what belongs to a channel. No endpoint shows them, so only where the test reaches the database. */
export async function bodiesOf(shop: Shop): Promise<string> {
  if (!world.databaseUrl) return '';
  const client = new Client({ connectionString: world.databaseUrl });
  await client.connect();
  const { rows } = await client
    .query(`select body from webhook_deliveries where position(convert_to($1, 'UTF8') in body) > 0`, [
      shop.channel.externalId,
    ])
    .finally(() => client.end());
  expect(rows.length).toBeGreaterThan(0);
  return JSON.stringify(rows.map(({ body }) => body.toString('utf8')));
}

/** All that REST tells of a shop. */
export async function everything(shop: Shop): Promise<string> {
  const lists = ['/v1/contacts', '/v1/conversations', '/v1/webhook-deliveries'];
  const all = await Promise.all(lists.map((path) => shop.api.all(path)));
  const messages = await Promise.all(all[1]!.map(({ id }) => shop.messagesOf(id)));
  return JSON.stringify([all, messages, await shop.log()]);
}

/** Erases a person and waits until nothing is left of them. */
export async function eraseWhole({ api, sockets }: Tenant, contactId: string): Promise<void> {
  const contacts = await sockets('/contacts');
  expect((await api.post(`/v1/contacts/${contactId}/erase`)).status).toBe(202);
  await contacts.waitFor('contact.erased');
}
