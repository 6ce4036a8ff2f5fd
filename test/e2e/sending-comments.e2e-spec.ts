import { sends } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import type { Body } from './support/shop';

afterEach(closeSockets);
afterEach(closeGraphs);

function comments({ graph, account }: SendingShop<'messenger'>, count: number): string[] {
  return Array.from({ length: count }, (_, at) => {
    graph.comment(account, {
      id: `c${at}`,
      text: 'How much?',
      from: { id: `psid-${at}` },
      at: Date.now(),
      objectId: 'p1',
    });
    return `c${at}`;
  });
}

/** Answers one comment, its author alone unless otherwise asked. */
async function answer({ shop }: SendingShop, commentId: string, privately = true) {
  const answered = await fetch(`${shop.api.url}/v1/channels/${shop.channel.id}/comment-answers`, {
    method: 'POST',
    headers: { authorization: `Bearer ${shop.api.token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ commentId, text: 'Ten euros', privately }),
  });
  const { status, headers } = answered;
  return {
    status,
    type: headers.get('content-type'),
    retryAfter: headers.get('retry-after'),
    body: (await answered.json()) as Body,
  };
}

describe('answers to comments', () => {
  it('are no more than the private replies that Meta takes; who asks for more is told when to ask again', async () => {
    const desk = await openSendingShop('messenger', { callbacks: false });
    const answers = await Promise.all(comments(desk, 60).map((id) => answer(desk, id)));
    const taken = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status !== 201);
    expect(taken.length).toBeGreaterThanOrEqual(50);
    // Another falls free every 5.1 s.
    expect(taken.length).toBeLessThan(56);
    expect(desk.graph.messages.count).toBe(taken.length);
    for (const { status, type, retryAfter, body } of refused) {
      expect([status, type, body.code]).toEqual([429, 'application/problem+json; charset=utf-8', 'rate_limited']);
      expect(Number(retryAfter)).toBeGreaterThan(0);
      expect(body.detail).toContain('750');
    }
    // Answers beneath a comment are of another rate.
    expect((await answer(desk, 'c59', false)).status).toBe(201);
  });

  it('wait with the channel when Meta throttles it', async () => {
    const desk = await openSendingShop('messenger', { callbacks: false });
    const [first, ...others] = comments(desk, 6);
    const throttled = desk.graph.always(sends).fail(613);
    const { status, retryAfter, body } = await answer(desk, first!);
    expect([status, retryAfter, body.code]).toEqual([429, '1', 'rate_limited']);
    const refused = await Promise.all(others.map((id) => answer(desk, id)));
    expect(refused.map(({ status: told }) => told)).toEqual(others.map(() => 429));
    expect(throttled.hits).toBe(1);
  });
});
