import { randomUUID } from 'node:crypto';
import type { OpenDatabase } from '@switchboard/database';
import { CampaignsRepository } from '../../apps/server/src/campaigns/campaigns.repository';
import { ProgressRepository } from '../../apps/server/src/campaigns/progress/progress.repository';
import { countsOf, type Tally } from '../../apps/server/src/campaigns/progress/tally';
import { TrialsRepository } from '../../apps/server/src/campaigns/trial/trials.repository';
import { Trials } from '../../apps/server/src/campaigns/trial/trials.service';
import { Clock } from '../../apps/server/src/clock';
import { ownStore } from './support/own-store';

class HandSetClock extends Clock {
  at = new Date('2026-11-22T10:00:00Z');
  override now(): Date {
    return this.at;
  }
}

const hour = 3_600_000;
const due = new Date('2026-11-22T14:00:00Z');
const workspaceId = randomUUID();

describe('what the rest of a campaign is sent', () => {
  let store: Awaited<ReturnType<typeof ownStore>>;
  let open: OpenDatabase;
  const clock = new HandSetClock();
  const nudged: string[] = [];

  beforeAll(async () => {
    store = await ownStore();
    open = await store.open();
  });
  afterAll(async () => {
    await open?.close();
    await store?.remove();
  });

  /** As a process has it. */
  const process = () =>
    new Trials(
      open.database,
      new TrialsRepository(open.database),
      new CampaignsRepository(open.database),
      new ProgressRepository(open.database),
      { campaignSends: (channelId: string) => void nudged.push(channelId) } as never,
      { register: () => undefined } as never,
      clock,
    );

  /** A campaign under way, its variants tried on two each, of whom B's replied, and five more who wait. */
  async function underWay(status = 'running'): Promise<{ id: string; later: string }> {
    const id = randomUUID();
    const { database } = open;
    const variants = ['A', 'B'].map((key) => ({ key, share: 50, content: {} }));
    const trial = { share: 40, decideAfterMinutes: 240, by: 'replied' };
    await database.query(
      `insert into campaigns (id, workspace_id, channel_id, name, status, audience, variants, trial, decide_at, created_by)
       values ($1, $2, $3, 'Spring', $4, '{"all":true}', $5::json, $6::json, $7, $3)`,
      [id, workspaceId, randomUUID(), status, JSON.stringify(variants), JSON.stringify(trial), due],
    );
    const later = randomUUID();
    const row = (contactId: string, variant: string, state: string, dueAt: Date) =>
      database.query(
        `insert into campaign_recipients (campaign_id, contact_id, workspace_id, variant, state, due_at) values ($1, $2, $3, $4, $5, $6)`,
        [id, contactId, workspaceId, variant, state, dueAt],
      );
    for (const variant of ['A', 'A', 'B', 'B']) await row(randomUUID(), variant, 'delivered', clock.at);
    for (let n = 0; n < 4; n += 1) await row(randomUUID(), '*', 'pending', due);
    await row(later, '*', 'pending', new Date(due.getTime() + 9 * hour));
    const of = (states: object, replied = 0) => ({ states, replied, failures: {}, exclusions: {} });
    const tally = { A: of({ delivered: 2 }), B: of({ delivered: 2 }, 1), '*': of({ pending: 5 }) } as Tally;
    await new ProgressRepository(database).start(id, tally, { left: 0, failed: 0 });
    return { id, later };
  }

  const campaign = async (id: string) =>
    (await open.database.query(`select decision, status from campaigns where id = $1`, [id])).rows[0];
  const rest = async (id: string) =>
    (
      await open.database.query(
        `select contact_id as "contactId", variant, due_at as "dueAt" from campaign_recipients where campaign_id = $1 and state = 'pending'`,
        [id],
      )
    ).rows as { contactId: string; variant: string; dueAt: Date }[];

  it('is decided when its time has come and not before, by one process, for all of them', async () => {
    clock.at = new Date(due.getTime() - 1);
    const { id, later } = await underWay();
    expect(await process().decideDue()).toBe(0);
    expect((await campaign(id)).decision).toBeNull();
    clock.at = new Date(due.getTime() + 700);
    const decided = await Promise.all(Array.from({ length: 4 }, () => process().decideDue()));
    expect(decided.toSorted()).toEqual([0, 0, 0, 1]);
    expect((await campaign(id)).decision).toEqual({ variant: 'B', by: 'rule', at: clock.at.toISOString() });
    const all = await rest(id);
    expect(all.map(({ variant }) => variant)).toEqual(Array(5).fill('B'));
    for (const { contactId, dueAt } of all)
      expect(dueAt).toEqual(contactId === later ? new Date(due.getTime() + 9 * hour) : clock.at);
    const { tally } = (await open.database.transaction(() => new ProgressRepository(open.database).lock(id)))!;
    expect([Object.keys(tally).toSorted(), countsOf(tally, 'B')]).toEqual([
      ['A', 'B'],
      expect.objectContaining({ total: 7, pending: 5, delivered: 2, replied: 1 }),
    ]);
    expect(nudged).toHaveLength(1);
  });

  it('is decided whole or not at all by a process that ends at it, and then by another', async () => {
    clock.at = new Date(due.getTime() + 1000);
    const { id } = await underWay();
    const ending = process();
    const given = jest.spyOn(TrialsRepository.prototype, 'give').mockRejectedValueOnce(new Error('the process ended'));
    expect(await ending.decideDue()).toBe(0);
    given.mockRestore();
    expect([(await campaign(id)).decision, (await rest(id)).map(({ variant }) => variant)]).toEqual([
      null,
      Array(5).fill('*'),
    ]);
    expect(await process().decideDue()).toBe(1);
    expect((await rest(id)).map(({ variant }) => variant)).toEqual(Array(5).fill('B'));
  });

  it('waits while the campaign is paused', async () => {
    clock.at = new Date(due.getTime() + 24 * hour);
    const { id } = await underWay('paused');
    expect(await process().decideDue()).toBe(0);
    await open.database.query(`update campaigns set status = 'running' where id = $1`, [id]);
    expect(await process().decideDue()).toBe(1);
  });
});
