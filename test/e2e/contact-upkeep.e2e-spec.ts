import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import type { EventRecorder } from '@switchboard/events';
import { GraphError } from '@switchboard/meta';
import type { Sweep, Sweeper } from '@switchboard/queue';
import { BackgroundReadsRepository } from '../../apps/server/src/channels/background-reads.repository';
import { BackgroundReads } from '../../apps/server/src/channels/background-reads.service';
import type { ChannelAccess } from '../../apps/server/src/channels/channel-access.service';
import type { ChannelGraph } from '../../apps/server/src/channels/channel-graph.service';
import { LinksRepository } from '../../apps/server/src/contacts/merging/links.repository';
import { ErasedPeople } from '../../apps/server/src/contacts/personal-data/erased-people.service';
import { ItemContactsRepository } from '../../apps/server/src/contacts/personal-data/item-contacts.repository';
import { ItemErasure } from '../../apps/server/src/contacts/personal-data/item-erasure.service';
import { PersonalItemsRepository } from '../../apps/server/src/contacts/personal-data/personal-items.repository';
import { ProfileReading } from '../../apps/server/src/contacts/profiles/profile-reading.service';
import { ProfilesRepository } from '../../apps/server/src/contacts/profiles/profiles.repository';
import { MentionReading } from '../../apps/server/src/mentions/mention-reading.service';
import { MentionsRepository } from '../../apps/server/src/mentions/mentions.repository';

// What takes days is shown on the database itself.
const folder = mkdtempSync(join(tmpdir(), 'switchboard-contact-rows-'));
let store: OpenDatabase;
let profiles: ProfilesRepository;
let mentions: MentionsRepository;
let links: LinksRepository;
/** What Meta answers every read with. */
let answer: () => object;
/** Runs the sweep of a queue, as the server does twice a second. */
let sweep: (queue: 'profiles' | 'mentions') => Promise<unknown>;

const run = (text: string, values: unknown[] = []) => store.database.query(text, values);

beforeAll(async () => {
  store = await openDatabase({ store: 'embedded', dataDir: folder, databasePool: 2 }, () => undefined);
  const { database } = store;
  profiles = new ProfilesRepository(database);
  mentions = new MentionsRepository(database);
  links = new LinksRepository(database);
  const sweeps = new Map<string, Sweep>();
  const account = async (id: string) => ({ id, platform: 'messenger', externalId: '1', target: {}, details: {} });
  const reads = new BackgroundReads(
    new BackgroundReadsRepository(database),
    { account } as unknown as ChannelAccess,
    { call: async () => ({ body: answer() }) } as unknown as ChannelGraph,
    { register: (one: Sweep) => sweeps.set(one.name, one) } as unknown as Sweeper,
  );
  const recorder = { record: async () => undefined } as unknown as EventRecorder;
  new ProfileReading(database, profiles, recorder, reads).onModuleInit();
  const erased = new ErasedPeople(database, { encryptionKey: 'a key of this test', encryptionKeysOld: [] } as never);
  const items = new ItemErasure(new PersonalItemsRepository(database), new ItemContactsRepository(database));
  new MentionReading(database, mentions, recorder, reads, erased, items).onModuleInit();
  sweep = (queue) => sweeps.get(queue)!.run();
});

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A connected page in a workspace of its own. */
async function page(): Promise<{ workspaceId: string; channelId: string }> {
  const [workspaceId, channelId, appId] = [newId(), newId(), newId()];
  await run(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
  await run(
    `insert into meta_apps (id, app_id, name, secrets, verify_token_hash) values ($1, $1::uuid::text, 'App', '', '')`,
    [appId],
  );
  await run(
    `insert into channels (id, workspace_id, platform, external_id, meta_app_id, name) values ($1, $2, 'messenger', $1::uuid::text, $3, 'Page')`,
    [channelId, workspaceId, appId],
  );
  await run(`insert into channel_credentials (channel_id, workspace_id, token) values ($1, $2, '')`, [
    channelId,
    workspaceId,
  ]);
  return { workspaceId, channelId };
}

type Page = Awaited<ReturnType<typeof page>>;

/** Whatever waits for its time is due; a channel may be asked again then, or at another time. */
const letTimePass = async (nextAt = 'now()') => {
  await run(`update graph_rates set next_at = ${nextAt}`);
  await run('update contact_profiles set due_at = now() where due_at is not null');
  await run('update mentions set due_at = now() where due_at is not null');
};

describe('the profile of a customer', () => {
  const writes = (page: Page, customer: string) =>
    profiles.wanted([{ customer: { userId: customer }, scope: { ...page, platform: 'messenger' } }]);
  const profileOf = async ({ workspaceId }: Page, customer: string) =>
    (await profiles.ofCustomers(workspaceId, [customer]))[0] as { name: string; fetchedAt: Date } | undefined;
  const wasRead = ({ channelId }: Page, ago: string) =>
    run('update contact_profiles set fetched_at = now() - $2::interval where channel_id = $1', [channelId, ago]);

  it('is read again when they write more than 7 days after it was, in their workspace alone', async () => {
    const [ours, theirs] = [await page(), await page()];
    answer = () => ({ first_name: 'Ada', last_name: 'Lovelace' });
    for (const one of [ours, theirs]) await writes(one, '77');
    await sweep('profiles');
    for (const one of [ours, theirs]) expect((await profileOf(one, '77'))!.name).toBe('Ada Lovelace');

    answer = () => ({ first_name: 'Ada', last_name: 'King' });
    await wasRead(ours, '6 days 23 hours');
    await writes(ours, '77');
    await letTimePass();
    await sweep('profiles');
    expect((await profileOf(ours, '77'))!.name).toBe('Ada Lovelace');

    await wasRead(ours, '7 days 1 hour');
    await letTimePass();
    await sweep('profiles');
    // Nobody has written since.
    expect((await profileOf(ours, '77'))!.name).toBe('Ada Lovelace');

    await writes(ours, '77');
    await letTimePass();
    await sweep('profiles');
    expect((await profileOf(ours, '77'))!.name).toBe('Ada King');
    expect((await profileOf(theirs, '77'))!.name).toBe('Ada Lovelace');
  });
});

const throttled = () => {
  throw new GraphError('throttled', { code: 4 }, 60_000);
};
const unanswered = () => {
  throw new GraphError('ambiguous', { status: 502 });
};
/** As often as a read is tried. */
const mostAttempts = 6;

describe.each([
  [
    'a profile',
    'profiles' as const,
    (page: Page) => profiles.wanted([{ customer: { userId: '88' }, scope: { ...page, platform: 'messenger' } }]),
    'select due_at, attempts, hidden_reason as reason from contact_profiles where channel_id = $1',
  ],
  [
    'the words of a mention',
    'mentions' as const,
    (page: Page) =>
      mentions.add([
        {
          ...{ ...page, id: newId(), itemId: newId(), targetId: '9_9', mediaId: null, postId: '9_9', commentId: null },
          ...{ text: null, authorId: null, authorName: null, authorUsername: null, mentionedAt: new Date() },
        },
      ]),
    'select due_at, attempts, unreadable_reason as reason from mentions where channel_id = $1',
  ],
])('%s', (_, queue, ask, select) => {
  const stateOf = async ({ channelId }: Page) => (await run(select, [channelId])).rows[0];
  const attempt = async (given: typeof answer, times: number) => {
    answer = given;
    for (let n = 0; n < times; n++) {
      await letTimePass();
      await sweep(queue);
    }
  };

  it('that Meta only throttles is not given up: that is no attempt', async () => {
    const asked = await page();
    await ask(asked);
    await attempt(throttled, mostAttempts + 1);
    expect(await stateOf(asked)).toEqual({ due_at: expect.any(Date), attempts: 0, reason: null });
    // All attempts are left.
    await attempt(unanswered, mostAttempts - 1);
    expect(await stateOf(asked)).toMatchObject({ due_at: expect.any(Date), attempts: mostAttempts - 1 });
    await attempt(unanswered, 1);
    expect(await stateOf(asked)).toMatchObject({ due_at: null, reason: expect.stringMatching(/^ambiguous: /) });
  });

  it('that Meta throttles keeps its channel from being asked, and no other', async () => {
    const [slow, other] = [await page(), await page()];
    await ask(slow);
    await attempt(throttled, 1);
    await ask(other);
    await letTimePass("next_at - interval '30 s'");
    answer = unanswered;
    await sweep(queue);
    expect([await stateOf(slow), await stateOf(other)]).toMatchObject([{ attempts: 0 }, { attempts: 1 }]);
  });
});

describe('a pair of contacts that could not be merged', () => {
  const minute = 60_000;
  /** After how long it is tried again, having waited for `age` ms. */
  const againAfter = (age: number) =>
    store.database.transaction(async () => {
      const link = { workspaceId: newId(), contactId: newId(), otherId: newId() };
      await links.keep([link]);
      await run(`update contact_links set created_at = now() - $2::float8 * interval '1 ms' where contact_id = $1`, [
        link.contactId,
        age,
      ]);
      await links.putOff(link);
      const { rows } = await run(
        `select (extract(epoch from due_at - now()) * 1000)::float8 as ms from contact_links where contact_id = $1`,
        [link.contactId],
      );
      return rows[0].ms;
    });

  it.each([
    ['a second where it is new', 0, 1000],
    ['as long as it has waited', 10 * minute, 10 * minute],
    ['an hour at the most', 3 * 24 * 60 * minute, 60 * minute],
  ])('is tried again after %s', async (_, age, expected) => {
    expect(await againAfter(age)).toBeCloseTo(expected, 3);
  });

  it('makes room for the others, of its own workspace and of another', async () => {
    const [ours, theirs] = [newId(), newId()];
    const pair = (workspaceId: string) => ({ workspaceId, contactId: newId(), otherId: newId() });
    const [failing, next, another] = [pair(ours), pair(ours), pair(theirs)];
    await links.keep([failing, next, another]);
    await links.putOff(failing);
    // Another workspace's ids say nothing.
    await links.putOff({ ...next, workspaceId: theirs });
    const waiting = (await links.waiting(50)).map(({ contactId }) => contactId);
    expect(waiting).toEqual(expect.arrayContaining([next.contactId, another.contactId]));
    expect(waiting).not.toContain(failing.contactId);
    await run('update contact_links set due_at = now() where contact_id = $1', [failing.contactId]);
    expect((await links.waiting(50)).map(({ contactId }) => contactId)).toContain(failing.contactId);
  });
});
