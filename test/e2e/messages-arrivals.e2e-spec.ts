import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import { ReadStateRepository } from '../../apps/server/src/messages/read-state.repository';
import { unreadCounts } from '../../apps/server/src/messages/unread-board';

/** On a database of its own, in which messages may be an hour old. */
describe('somebody who joins a workspace', () => {
  const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
  let open: OpenDatabase;
  let readState: ReadStateRepository;

  beforeAll(async () => {
    open = await openDatabase({ store: 'embedded', dataDir: folder, databasePool: 1 }, () => undefined);
    readState = new ReadStateRepository(open.database);
  });
  afterAll(async () => {
    await open?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sql = (text: string, values: unknown[] = []) => open.database.query(text, values);

  async function workspaceOf() {
    const [workspaceId, channelId, appId] = [randomUUID(), randomUUID(), randomUUID()];
    await sql(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
    await sql(
      `insert into meta_apps (id, app_id, name, secrets, verify_token_hash) values ($1::uuid, $1::text, 'App', '', '')`,
      [appId],
    );
    await sql(
      `insert into channels (id, workspace_id, platform, external_id, meta_app_id, name) values ($1::uuid, $2, 'messenger', $1::text, $3, 'Page')`,
      [channelId, workspaceId, appId],
    );
    return { workspaceId, channelId };
  }
  type Shop = Awaited<ReturnType<typeof workspaceOf>>;

  async function conversationOf({ workspaceId, channelId }: Shop) {
    const [id, contactId] = [randomUUID(), randomUUID()];
    await sql(
      `insert into conversations (id, workspace_id, channel_id, contact_id, platform, last_message_at) values ($1, $2, $3, $4, 'messenger', now())`,
      [id, workspaceId, channelId, contactId],
    );
    return { id, channelId, contactId };
  }

  /** Messages of the customer that were taken in so long ago. */
  async function receives(
    { workspaceId, channelId }: Shop,
    conversation: { id: string; contactId: string },
    count: number,
    ago = '0 s',
  ) {
    for (let n = 0; n < count; n += 1) {
      await sql(
        `with counted as (
           update conversations set inbound_count = inbound_count + 1 where id = $1 returning inbound_count
         ), summed as (
           insert into channel_counters as c (channel_id, workspace_id, inbound_count) values ($2, $3, 1)
           on conflict (channel_id) do update set inbound_count = c.inbound_count + 1
         )
         insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, direction, author, type, content, status,
           status_rank, inbound_seq, sent_at, created_at)
         select $4, $3, $2, $1, $5, 'inbound', '{}', 'text', '{}', 'received', 0, inbound_count, now(), now() - $6::interval from counted`,
        [conversation.id, channelId, workspaceId, newId(), conversation.contactId, ago],
      );
    }
  }

  async function joins({ workspaceId }: Shop, userId: string) {
    await open.database.transaction(async () => {
      await sql('insert into users (id) values ($1) on conflict do nothing', [userId]);
      await sql(`insert into memberships (workspace_id, user_id, role) values ($1, $2, 'agent')`, [
        workspaceId,
        userId,
      ]);
      await readState.startRead(workspaceId, userId);
    });
  }

  const unread = async ({ workspaceId }: Shop, userId: string) =>
    unreadCounts(await readState.unread([{ workspaceId, userId }])).total;
  async function reads(userId: string, conversation: { id: string; channelId: string; contactId: string }) {
    const { rows } = await sql('select inbound_count from conversations where id = $1', [conversation.id]);
    const inboundCount = rows[0].inbound_count as number;
    return readState.moveUser(userId, { ...conversation, inboundCount }, inboundCount);
  }

  it('has read what came before, and what comes then counts once, whatever was written of it', async () => {
    const [shop, stranger] = [await workspaceOf(), await workspaceOf()];
    const [old, recent, both] = [await conversationOf(shop), await conversationOf(shop), await conversationOf(shop)];
    const theirs = await conversationOf(stranger);
    await receives(shop, old, 5, '1 hour');
    await receives(shop, recent, 2);
    await receives(shop, both, 3, '1 hour');
    await receives(shop, both, 1);
    await receives(stranger, theirs, 4);
    const [user, other] = [randomUUID(), randomUUID()];
    await joins(shop, user);
    await joins(stranger, other);
    expect([await unread(shop, user), await unread(stranger, other)]).toEqual([0, 0]);

    // A conversation that was still then costs nothing.
    const { rows } = await sql('select conversation_id as id from read_positions where user_id = $1', [user]);
    expect(rows.map(({ id }) => id).sort()).toEqual([recent.id, both.id].sort());

    for (const conversation of [old, recent, both]) await receives(shop, conversation, 2);
    expect(await unread(shop, user)).toBe(6);
    for (const [conversation, left] of [
      [old, 4],
      [both, 2],
      [recent, 0],
    ] as const) {
      expect(await reads(user, conversation)).toBe(2);
      expect(await reads(user, conversation)).toBe(0);
      expect(await unread(shop, user)).toBe(left);
    }
    expect(await unread(stranger, other)).toBe(0);
  });

  it('again, after they had left, has read what came meanwhile too', async () => {
    const shop = await workspaceOf();
    const [read, untouched] = [await conversationOf(shop), await conversationOf(shop)];
    await receives(shop, untouched, 3, '1 hour');
    const user = randomUUID();
    await joins(shop, user);
    await receives(shop, read, 2);
    await reads(user, read);
    await sql('delete from memberships where user_id = $1', [user]);
    for (const conversation of [read, untouched]) await receives(shop, conversation, 4);
    await joins(shop, user);
    expect(await unread(shop, user)).toBe(0);
    for (const conversation of [read, untouched]) await receives(shop, conversation, 1);
    expect(await unread(shop, user)).toBe(2);
    for (const conversation of [read, untouched]) expect(await reads(user, conversation)).toBe(1);
    expect(await unread(shop, user)).toBe(0);
  });

  it('has read messages at their first sign-in only: a member from the beginning reads each for themselves', async () => {
    const shop = await workspaceOf();
    const user = randomUUID();
    await joins(shop, user);
    const conversation = await conversationOf(shop);
    await receives(shop, conversation, 3);
    expect(await unread(shop, user)).toBe(3);
    expect(await reads(user, conversation)).toBe(3);
    expect(await unread(shop, user)).toBe(0);
  });
});
