import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newId, type OpenDatabase, openDatabase } from '@switchboard/database';
import { InvitationsRepository } from '../../apps/server/src/identity/invitations.repository';

const day = 86_400_000;
const folder = mkdtempSync(join(tmpdir(), 'switchboard-'));
let store: OpenDatabase;
let invitations: InvitationsRepository;

beforeAll(async () => {
  const settings = { store: 'embedded', dataDir: folder, databasePool: 2 } as const;
  store = await openDatabase(settings, () => undefined);
  invitations = new InvitationsRepository(store.database);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A workspace with invitations of so many milliseconds of life each; a negative one has expired. */
async function workspaceWith(lives: number[]) {
  const workspaceId = newId();
  await store.database.query('insert into workspaces (id, name) values ($1, $2)', [workspaceId, 'Test']);
  const made = [];
  for (const [at, life] of lives.entries()) {
    const tokenHash = randomBytes(32);
    const given = { id: newId(), workspaceId, email: `${at}@example.com`, role: 'agent', tokenHash, life } as const;
    made.push({ tokenHash, ...(await invitations.add({ ...given, channelIds: null, invitedBy: newId() })) });
  }
  const states = async () => (await invitations.list(workspaceId, undefined, undefined, 10)).map(({ state }) => state);
  return { workspaceId, made, states };
}

describe('an invitation that is over', () => {
  it('opens nothing once it has expired', async () => {
    const { made, states } = await workspaceWith([-1, day]);
    expect(await states()).toEqual(['open', 'expired']);
    expect(await invitations.byToken(made[0]!.tokenHash)).toBeUndefined();
    expect(await invitations.claim(made[0]!.tokenHash, newId())).toBeUndefined();
    expect((await invitations.byToken(made[1]!.tokenHash))?.id).toBe(made[1]!.id);
  });

  it('is deleted 30 days after it has expired, used, taken back or neither, and no other', async () => {
    const { workspaceId, made, states } = await workspaceWith([-31 * day, -31 * day, -29 * day, day, day]);
    await invitations.revoke(workspaceId, made[0]!.id);
    await invitations.claim(made[3]!.tokenHash, newId());
    expect(await invitations.prune(30 * day)).toBe(2);
    expect(await states()).toEqual(['open', 'accepted', 'expired']);
    expect(await invitations.prune(30 * day)).toBe(0);
  });
});
