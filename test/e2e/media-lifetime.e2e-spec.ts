import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import { InboundMediaRepository } from '../../apps/server/src/media/inbound/inbound-media.repository';
import { MediaRepository } from '../../apps/server/src/media/media.repository';
import { Media } from '../../apps/server/src/media/media.service';

// What takes a week, or happens between two steps, is shown on the database itself.
const folder = mkdtempSync(join(tmpdir(), 'switchboard-media-rows-'));
let store: OpenDatabase;
let files: MediaRepository;
let inbound: InboundMediaRepository;
let media: Media;

beforeAll(async () => {
  store = await openDatabase({ store: 'embedded', dataDir: folder, databasePool: 2 }, () => undefined);
  files = new MediaRepository(store.database);
  inbound = new InboundMediaRepository(store.database);
  media = new Media(files);
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const facts = { mimeType: 'image/png', size: 3, sha256: Buffer.alloc(32, 1), animated: null };
const run = (text: string, values: unknown[] = []) => store.database.query(text, values);

async function uploaded(workspaceId: string): Promise<string> {
  const id = newId();
  await files.begin({ id, workspaceId, filename: 'a.png', uploadedBy: newId() });
  await files.finish(workspaceId, id, facts);
  return id;
}

async function conversation(workspaceId: string) {
  const made = { id: newId(), channelId: newId(), contactId: newId() };
  await run(
    `insert into conversations (id, workspace_id, channel_id, contact_id, platform, last_message_at) values ($1, $2, $3, $4, 'whatsapp', now())`,
    [made.id, workspaceId, made.channelId, made.contactId],
  );
  const message = async () => {
    const id = newId();
    await run(
      `insert into messages (id, workspace_id, channel_id, conversation_id, contact_id, direction, author, type, content, status, status_rank, sent_at)
       values ($1, $2, $3, $4, $5, 'outbound', '{}', 'image', '{}', 'sent', 20, now())`,
      [id, workspaceId, made.channelId, made.id, made.contactId],
    );
    return id;
  };
  return { ...made, message };
}

const stateOf = async (id: string) => (await run('select state from media where id = $1', [id])).rows[0]?.state;
const age = (id: string, interval: string) =>
  run(
    `update media set used_at = now() - $2::interval, next_at = next_at - $2::interval, created_at = now() - $2::interval where id = $1`,
    [id, interval],
  );

describe('a file', () => {
  it('goes with the person it was exchanged with, and with nobody else', async () => {
    const [workspaceId, elsewhere] = [newId(), newId()];
    const [one, other] = [await conversation(workspaceId), await conversation(workspaceId)];
    const [own, shared, others] = [
      await uploaded(workspaceId),
      await uploaded(workspaceId),
      await uploaded(workspaceId),
    ];
    await files.use(workspaceId, await one.message(), [own, shared]);
    await files.use(workspaceId, await other.message(), [shared, others]);
    expect(await media.eraseOf(elsewhere, { contactId: one.contactId })).toBe(0);
    expect(await media.eraseOf(workspaceId, { contactId: one.contactId })).toBe(1);
    expect([await stateOf(own), await stateOf(shared), await stateOf(others)]).toEqual(['gone', 'stored', 'stored']);
    expect(await files.find(workspaceId, [own])).toEqual([]);
    expect(await files.ofSignedUrl(own)).toBeUndefined();
    const { rows } = await run('select filename from media where id = $1', [own]);
    expect(rows).toEqual([{ filename: null }]);
  });

  it('of another workspace is neither found, nor used, nor erased', async () => {
    const [mine, theirs] = [newId(), newId()];
    const id = await uploaded(theirs);
    const messageId = newId();
    await files.use(theirs, messageId, [id]);
    expect(await files.find(mine, [id])).toEqual([]);
    expect(await files.shownIn(mine, [messageId])).toEqual([]);
    expect(await media.eraseOf(mine, { messageIds: [messageId] })).toBe(0);
    expect(await stateOf(id)).toBe('stored');
  });

  it('that was uploaded and is in no message goes after 7 days, one that is in a message stays', async () => {
    const workspaceId = newId();
    const [sent, unsent, fresh] = [
      await uploaded(workspaceId),
      await uploaded(workspaceId),
      await uploaded(workspaceId),
    ];
    await files.use(workspaceId, newId(), [sent]);
    for (const id of [sent, unsent]) await age(id, '8 days');
    expect(await files.leaveUnused(7 * 86_400_000)).toBe(1);
    expect([await stateOf(sent), await stateOf(unsent), await stateOf(fresh)]).toEqual(['stored', 'gone', 'stored']);
    const leaving = (await files.leaving(100)).map(({ id }) => id);
    expect(leaving).toContain(unsent);
    await files.forget(leaving);
    expect([await stateOf(unsent), await stateOf(fresh)]).toEqual([undefined, 'stored']);
  });

  it('whose upload a crash has cut off goes after a day', async () => {
    const [workspaceId, id] = [newId(), newId()];
    await files.begin({ id, workspaceId, filename: null, uploadedBy: newId() });
    expect((await files.leaving(100)).map((one) => one.id)).not.toContain(id);
    await age(id, '25 hours');
    expect((await files.leaving(100)).map((one) => one.id)).toContain(id);
  });
});

describe('a file that is being fetched', () => {
  async function recorded(workspaceId: string) {
    const made = { id: newId(), workspaceId, channelId: newId(), messageId: newId(), position: 0 };
    const remote = JSON.stringify({ url: 'https://scontent.xx.fbcdn.net/1.jpg' });
    await inbound.record([{ ...made, remote, sha256: Buffer.alloc(32, 7), filename: null, mimeType: null }]);
    return made;
  }

  it('is one process’s, until that has died: then it is another’s, and the first can write no more', async () => {
    const { id, channelId } = await recorded(newId());
    const [first] = await inbound.claim(channelId, 10, 60_000);
    expect(first).toMatchObject({ id, attempts: 1, sha256: Buffer.alloc(32, 7) });
    expect(await inbound.claim(channelId, 10, 60_000)).toEqual([]);
    await age(id, '2 minutes');
    const [second] = await inbound.claim(channelId, 10, 60_000);
    expect(second).toMatchObject({ id, attempts: 2 });
    expect(await inbound.extend(first!, 60_000)).toBe(false);
    expect(await inbound.store(first!, facts)).toBe(false);
    expect(await inbound.fail(first!, 'late')).toBe(false);
    expect(await inbound.store(second!, facts)).toBe(true);
    expect(await stateOf(id)).toBe('stored');
  });

  it('and erased meanwhile is not kept, and deleted only once nobody writes it any more', async () => {
    const workspaceId = newId();
    const { id, channelId, messageId } = await recorded(workspaceId);
    const [claimed] = await inbound.claim(channelId, 10, 60_000);
    expect(await media.eraseOf(workspaceId, { messageIds: [messageId] })).toBe(1);
    expect((await files.leaving(100)).map((one) => one.id)).not.toContain(id);
    expect(await inbound.store(claimed!, facts)).toBe(false);
    expect(await inbound.isHeldByAnother(claimed!)).toBe(false);
    await age(id, '2 minutes');
    expect((await files.leaving(100)).map((one) => one.id)).toContain(id);
  });

  it('is recorded once, however often its message is', async () => {
    const { messageId, channelId, workspaceId } = await recorded(newId());
    const again = { id: newId(), workspaceId, channelId, messageId, position: 0 };
    await inbound.record([{ ...again, remote: '{}', sha256: null, filename: null, mimeType: null }]);
    expect(await inbound.claim(channelId, 10, 60_000)).toHaveLength(1);
  });
});
