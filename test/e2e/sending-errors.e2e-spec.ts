import { type PlannedCallback, type SentMessage, sends, whatsapp } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { closeGraphs, openSendingShop, type SendingShop } from './support/sending-shop';
import type { Body } from './support/shop';

afterAll(closeSockets);
afterAll(closeGraphs);

interface Refusal {
  code: number;
  subcode?: number;
  reason: string;
  mayRetry: boolean;
}

const of = (reason: string, mayRetry: boolean, ...codes: number[]): Refusal[] =>
  codes.map((code) => ({ code, reason, mayRetry }));

const text = (words: string) => ({ type: 'text', text: words });
const wordsOf = ({ code, subcode }: Refusal) => `Refused with ${code} ${subcode ?? ''}`;
const says = (words: string) => ({ ...sends, where: (params: object) => JSON.stringify(params).includes(words) });
const nameOf = ({ code, subcode, reason, mayRetry }: Refusal) =>
  `${code}${subcode === undefined ? '' : `/${subcode}`} is ${reason}, ${mayRetry ? 'worth' : 'not worth'} a retry`;

/** Of one message each; the others go on (meta-platform reference §E). */
const refusals = {
  whatsapp: [
    ...of('permission', true, 3, 10, 200, 299, 131005),
    ...of('window_closed', true, 131047),
    ...of('undeliverable', false, 131026, 130403, 131050),
    ...of('held', true, 131048, 131049, 130472),
    { code: 4, subcode: 2207051, reason: 'held', mayRetry: true },
    ...of('template', true, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069),
    ...of('invalid', false, 33, 100, 131008, 131009, 131021, 131051, 131052, 131053, 135000),
    ...of('needs_phone', false, 131062),
  ],
  messenger: [
    ...of('permission', true, 10, 200),
    { code: 10, subcode: 2018278, reason: 'window_closed', mayRetry: true },
    { code: 100, subcode: 2018001, reason: 'undeliverable', mayRetry: false },
    ...of('undeliverable', false, 551),
    ...of('invalid', false, 100),
  ],
  instagram: [
    ...of('permission', true, 10, 200),
    { code: 10, subcode: 2018278, reason: 'window_closed', mayRetry: true },
    ...of('undeliverable', false, 551),
    ...of('invalid', false, 100),
  ],
} satisfies Record<string, Refusal[]>;

const unknowns = [1, 2, 131000, 131016, 131057, 133004];

describe.each(['whatsapp', 'messenger', 'instagram'] as const)('a message that Meta refuses on %s', (platform) => {
  let desk: SendingShop;
  let failed: Map<string, Body>;
  const rows: Refusal[] = [
    ...refusals[platform],
    ...(platform === 'whatsapp' ? unknowns : [1, 2]).map((code) => ({ code, reason: 'ambiguous', mayRetry: true })),
  ];

  beforeAll(async () => {
    desk = await openSendingShop<'whatsapp' | 'messenger' | 'instagram'>(platform, { callbacks: false });
    const conversations = await desk.conversations(rows.length);
    for (const row of rows) {
      const { code, subcode } = row;
      desk.graph.next(1, says(`${wordsOf(row)}"`)).fail(code, subcode === undefined ? {} : { subcode });
    }
    const answers = await Promise.all(rows.map((row, at) => desk.send(conversations[at].id, text(wordsOf(row)))));
    expect(answers.map(({ status }) => status)).toEqual(rows.map(() => 201));
    const ended = () => desk.shop.messages.of('message.failed', 'message.unknown');
    await until(() => ended().length >= rows.length, `all ${rows.length} ended (so far ${ended().length})`);
    const histories = await Promise.all(conversations.map(({ id }: Body) => desk.shop.messagesOf(id)));
    failed = new Map(histories.flat().map((message) => [message.content.text, message]));
  });

  it.each(rows.map((row) => ({ name: nameOf(row), row })))('$name', ({ row }) => {
    const { code, subcode, reason, mayRetry } = row;
    const status = reason === 'ambiguous' ? 'unknown' : 'failed';
    const message = failed.get(wordsOf(row));
    const error = { code, reason, mayRetry, ...(subcode === undefined ? {} : { subcode }) };
    expect(message).toMatchObject({ status, error });
    expect(message.error.fbtraceId).toMatch(/./);
    const told = desk.shop.messages.of(`message.${status}`).find(({ data }) => data.messageIds.includes(message.id))!;
    expect(told.data).toMatchObject({ status, errors: [error], changed: 1 });
  });

  it('leaves the channel as it was: the next is sent', async () => {
    const conversation = await desk.conversation();
    await desk.send(conversation.id, text('And this one?'));
    await until(() => desk.graph.messages.count === 1, 'it is sent');
    const { body } = await desk.shop.api.get(`/v1/channels/${desk.shop.channel.id}`);
    expect(body.status).toBe('connected');
  });
});

describe('a failure that WhatsApp tells by status', () => {
  const rows: Refusal[] = [
    ...of('undeliverable', false, 131026, 131050),
    ...of('window_closed', true, 131047),
    ...of('held', true, 131049, 130472),
    ...of('template', true, 132015),
    ...of('invalid', false, 131053),
    // What may have been sent when a call is answered so has failed when a status says it.
    ...of('not_executed', true, 131000),
  ];
  const failure = (row: Refusal) => ({ code: row.code, title: 'Because', details: wordsOf(row) });
  const planOf = ({ body }: SentMessage): PlannedCallback[] => {
    const row = rows.find((one) => JSON.stringify(body).includes(`${wordsOf(one)}"`));
    return row ? [{ tells: 'failed', afterMs: 5, error: failure(row) }] : [];
  };

  it.each([
    ['after the answer', false],
    ['before the answer', true],
  ])('%s is kept with the message, and told once', async (_, first) => {
    const desk = await openSendingShop('whatsapp', { callbacks: { plan: planOf } });
    const conversations = await desk.conversations(rows.length);
    if (first) desk.graph.always(sends).dribble(1000);
    const answers = await Promise.all(rows.map((row, at) => desk.send(conversations[at].id, text(wordsOf(row)))));
    const told = () => desk.shop.messages.of('message.failed');
    await until(() => told().length === rows.length, 'each failed');
    const sent = () => desk.shop.messages.of('message.sent');
    await until(() => sent().length === rows.length, 'each was sent');
    if (first) {
      // The answers come now, and change nothing.
      desk.graph.calm();
      const [another] = await desk.conversations(1);
      await desk.send(another.id, text('Go on'));
      await until(() => sent().length === rows.length + 1, 'the next is sent');
      await until(() => desk.graph.messages.all().every(({ answered }) => answered), 'all answers are there');
    }
    for (const [at, row] of rows.entries()) {
      const error = { ...failure(row), message: 'Because', reason: row.reason, mayRetry: row.mayRetry };
      const { id } = answers[at]!.body;
      const message = (await desk.shop.messagesOf(conversations[at].id)).find((one) => one.id === id);
      expect(message).toMatchObject({ status: 'failed', error });
      const mine = told().filter(({ data }) => data.messageIds.includes(id));
      expect(mine.map(({ data }) => data.errors)).toEqual([[error]]);
    }
    expect(desk.graph.messages.repeated()).toEqual([]);

    const before = desk.graph.messages.count;
    const retry = () => Promise.all(answers.map(({ body }) => desk.shop.api.post(`/v1/messages/${body.id}/retry`)));
    const again = await retry();
    expect(again.map(({ status, body }) => [status, body.content])).toEqual(
      rows.map((row) => [201, { text: wordsOf(row) }]),
    );
    expect((await retry()).map(({ status }) => status)).toEqual(rows.map(() => 409));
    await until(() => desk.graph.messages.count === before + rows.length, 'each is sent once more');
  });

  it('of a message that was not sent from here is not worth a retry, and says so', async () => {
    const { shop } = await openSendingShop('whatsapp', { callbacks: false });
    const chat = shop.chat();
    const echo = shop.echo(chat, 'Said on the phone');
    await shop.receives(echo);
    const error = { code: 131049, title: 'Not delivered', details: 'Protected' };
    await shop.receives(whatsapp.status(chat, echo.messageId!, 'failed', { error }));

    const [failed] = await shop.messages.waitFor('message.failed', 1);
    expect(failed!.data.errors).toMatchObject([{ code: 131049, reason: 'held', mayRetry: false }]);
    const { messages } = await shop.onlyConversation();
    expect(messages[0]).toMatchObject({ status: 'failed', error: { code: 131049, mayRetry: false } });
    expect((await shop.api.post(`/v1/messages/${messages[0].id}/retry`)).status).toBe(409);
  });

  it('about the account (131042) stops the channel, unless it has been connected again since', async () => {
    const desk = await openSendingShop('whatsapp', {
      callbacks: {
        plan: () => [
          {
            tells: 'failed',
            afterMs: 5,
            error: { code: 131042, title: 'No valid payment', details: 'No valid payment method' },
          },
        ],
      },
    });
    const { shop } = desk;
    const channels = await shop.tenant.sockets('/channels');
    const conversation = await desk.conversation();
    const { body } = await desk.send(conversation.id, text('Unpaid'));
    const [stopped] = await channels.waitFor('channel.status_changed', 1);
    expect(stopped!.data).toMatchObject({ channelId: shop.channel.id, status: 'failed' });
    expect(stopped!.data.reason).toMatch(/No valid payment.*131042.*connect the channel again/s);
    const [failed] = await shop.messages.waitFor('message.failed', 1);
    expect(failed!.data.errors).toMatchObject([{ code: 131042, reason: 'account', mayRetry: true }]);
    const refused = async () => (await desk.send(conversation.id, text('More'))).status === 409;
    await until(refused, 'others are refused');
    // A retry too, and it can be made once the channel is back.
    expect((await shop.api.post(`/v1/messages/${body.id}/retry`)).body.code).toBe('channel_disconnected');

    const path = `/v1/channels/${shop.channel.id}/credentials`;
    expect((await shop.api.put(path, { token: desk.token, graphHost: desk.graph.url })).status).toBe(200);
    await channels.waitFor('channel.status_changed', 2);
    const chat = shop.chat();
    const late = {
      error: { code: 131042, title: 'No valid payment', details: 'No valid payment method' },
      at: Date.now() - 60_000,
    };
    await shop.receives(whatsapp.status(chat, 'wamid.EARLIER', 'failed', late));
    expect((await shop.api.post(`/v1/messages/${body.id}/retry`)).status).toBe(201);
  });
});

describe('an error about the whole channel', () => {
  it.each([
    { code: 0, reason: 'auth' },
    { code: 102, reason: 'auth' },
    { code: 190, subcode: 458, reason: 'auth' },
    { code: 190, subcode: 467, reason: 'auth' },
    ...[368, 130497, 131031, 131037, 131042, 131045, 133010].map((code) => ({ code, reason: 'account' })),
  ])('($code $subcode) stops it: nothing that waits is tried, and all is told', async ({ code, subcode, reason }) => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const channels = await desk.shop.tenant.sockets('/channels');
    const [one, other] = await desk.conversations(2);
    const refused = desk.graph.always(sends).fail(code, subcode === undefined ? {} : { subcode });
    const first = await desk.send(one.id, text('One'));
    const failed = await desk.shop.messages.waitFor('message.failed', 1);
    expect(failed[0]!.data).toMatchObject({
      messageIds: [first.body.id],
      errors: [{ code, reason, mayRetry: true, ...(subcode === undefined ? {} : { subcode }) }],
    });
    const [stopped] = await channels.waitFor('channel.status_changed', 1);
    expect(stopped!.data).toMatchObject({ channelId: desk.shop.channel.id, status: 'failed' });
    const tried = refused.hits;
    await until(async () => (await desk.send(other.id, text('Two'))).status === 409, 'others are refused');
    expect(refused.hits).toBeLessThanOrEqual(tried + 1);
    expect(desk.graph.messages.count).toBe(0);
    expect(channels.of('channel.status_changed')).toHaveLength(1);
  });
});

describe('a throttle', () => {
  it.each([4, 17, 32, 613, 80007, 130429])('(%d) has the channel wait, and everything is sent once', async (code) => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const [one, other] = await desk.conversations(2);
    desk.graph.next(1, sends).fail(code);
    await Promise.all([desk.send(one.id, text('One')), desk.send(other.id, text('Two'))]);
    await until(() => desk.graph.messages.count === 2, 'both are sent');
    expect(desk.graph.messages.repeated()).toEqual([]);
    await until(() => desk.shop.messages.of('message.sent').length === 2, 'both are told');
    expect(desk.shop.messages.of('message.failed', 'message.unknown')).toEqual([]);
  });

  it('of one recipient (131056) keeps nobody else waiting', async () => {
    const desk = await openSendingShop('whatsapp', { callbacks: false });
    const [one, other] = await desk.conversations(2);
    desk.graph.next(1, says('Slowly')).fail(131056);
    await desk.send(one.id, text('Slowly'));
    await until(() => desk.graph.messages.refused.get(131056) === 1, 'the pair is throttled');
    const after = await desk.send(one.id, text('Behind it'));
    for (const n of [1, 2, 3]) await desk.send(other.id, text(`Others ${n}`));
    await until(() => desk.graph.messages.count >= 3, 'others go on');
    expect(desk.graph.messages.all().map(({ body }) => JSON.stringify(body).includes('Others'))).toEqual([
      true,
      true,
      true,
    ]);
    await until(() => desk.graph.messages.count === 5, 'in the end all are sent');
    const [slow, behind] = desk.graph.messages.since(3);
    expect([JSON.stringify(slow!.body), JSON.stringify(behind!.body)]).toEqual([
      expect.stringContaining('Slowly'),
      expect.stringContaining(after.body.id),
    ]);
  });
});
