import type { Desk } from '../../support/desk';
import { until } from '../../support/until';

// biome-ignore lint/suspicious/noExplicitAny: a test checks bodies by what they hold
type Body = any;

export interface RunningCampaign {
  desk: Desk;
  id: string;
}

/** Waits until so many messages were received. */
export const received = (desk: Desk, count: number, ms?: number): Promise<unknown> =>
  until(
    () => desk.graph.messages.count >= count,
    `${count} messages were received (so far ${desk.graph.messages.count})`,
    ms,
  );

/**
 * Waits until every recipient has come to rest, and compares what the campaign says with what they received.
 * @param perSecond what Meta allows the number
 */
export async function judge(
  { desk, id }: RunningCampaign,
  recipients: number,
  perSecond: number,
  patienceMs = 90_000,
): Promise<{ failed: number }> {
  const { api } = desk.tenant;
  const ended = ({ counts, status }: Body) =>
    status === 'completed' && counts.pending + counts.queued + counts.unknown === 0;
  await until(
    async () => ended((await api.get(`/v1/campaigns/${id}`)).body),
    'every recipient has come to rest',
    patienceMs,
  );
  // Receipts come for as long as they do: what is counted and what is listed agree once they have.
  const agreed = async (): Promise<Body[] | undefined> => {
    const { counts, status } = (await api.get(`/v1/campaigns/${id}`)).body;
    const listed = await api.all(`/v1/campaigns/${id}/recipients`);
    const { total, replied: _, ...states } = counts as Record<string, number>;
    const same = Object.entries(states).every(([state, n]) => listed.filter((one) => one.state === state).length === n);
    return status === 'completed' && same && total === listed.length ? listed : undefined;
  };
  const all = await until(agreed, 'the campaign has ended and counted all of them', patienceMs);
  expect(all).toHaveLength(recipients);

  expect(desk.graph.messages.repeated()).toEqual([]);
  const sent = desk.graph.messages.all();
  expect(new Set(sent.map(({ recipient }) => recipient)).size).toBe(sent.length);
  const failed = all.filter(({ state }) => state === 'failed');
  expect(failed.map(({ error }) => error.reason)).toEqual(failed.map(() => 'outcome_unknown'));
  // What failed, nobody received; whatever did not, somebody did.
  const messages = all.filter(({ state }) => state !== 'failed').map(({ messageId }) => messageId);
  expect(sent.map(({ callbackData }) => callbackData).toSorted()).toEqual(messages.toSorted());
  expect(desk.graph.messages.busiestSecond()).toBeLessThanOrEqual(perSecond);
  return { failed: failed.length };
}
