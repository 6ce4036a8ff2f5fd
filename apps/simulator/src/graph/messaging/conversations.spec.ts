import { instagramChat, messengerChat } from '../../cast';
import * as instagram from '../../forms/instagram';
import * as messenger from '../../forms/messenger';
import { Bench, ids, igsid, psid, refusal, tokens } from '../graph.fixture';

describe('the history of a page', () => {
  let bench: Bench;
  const chat = messengerChat({ account: { id: ids.page }, customer: { id: psid } });
  beforeEach(async () => {
    bench = new Bench();
    bench.page();
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  it('is read conversation by conversation, message by message, latest first', async () => {
    for (let index = 0; index < 3; index++) bench.pageMessage('Hi', `80${index}`);
    const at = (second: number) => ({ at: bench.clock.at + second * 1_000 });
    bench.graph.hears([
      messenger.text(chat, 'third', { id: 'm_3', ...at(3) }),
      messenger.text(chat, 'first', { id: 'm_1', ...at(1) }),
      messenger.echo(chat, 'second', { id: 'm_2', ...at(2) }),
      messenger.image(chat, undefined, { id: 'm_4', ...at(4) }),
    ]);

    const list = await bench.get(`${ids.page}/conversations?fields=id,updated_time,participants&limit=2`, tokens.page);
    expect(list.body.data).toHaveLength(2);
    const [latest] = list.body.data;
    expect(latest).toMatchObject({
      updated_time: '2026-10-01T09:00:04+0000',
      participants: { data: [{ id: psid }, { id: ids.page }] },
    });
    const rest = await fetch(list.body.paging.next).then((response) => response.json());
    expect(rest).toMatchObject({ data: [expect.anything(), expect.anything()] });
    expect((rest as { paging: object }).paging).not.toHaveProperty('next');

    const first = await bench.get(
      `${latest.id}/messages?fields=message,from,created_time,attachments&limit=3`,
      tokens.page,
    );
    expect(first.body.data.map(({ id }: { id: string }) => id)).toEqual(['m_4', 'm_3', 'm_2']);
    expect(first.body.data[0].attachments.data).toEqual([
      { image_data: expect.objectContaining({ url: expect.any(String) }) },
    ]);
    expect(first.body.data[2]).toMatchObject({ message: 'second', from: { id: ids.page } });
    const second = await bench.get(
      `${latest.id}/messages?fields=message&after=${first.body.paging.cursors.after}`,
      tokens.page,
    );
    expect(second.body.data).toEqual([{ id: 'm_1', message: 'first' }]);
    expect((await bench.get('m_1?fields=message,from', tokens.page)).body).toMatchObject({
      message: 'first',
      from: { id: psid },
    });
  });

  it('brings messages along with their conversations', async () => {
    bench.graph.hears(['one', 'two', 'three'].map((text) => messenger.text(chat, text)));

    const fields = 'messages.limit(2){message}';
    const { data } = (await bench.get(`${ids.page}/conversations?fields=${fields}&limit=5`, tokens.page)).body;

    expect(data[0].messages.data).toHaveLength(2);
    const next = await fetch(data[0].messages.paging.next).then((response) => response.json());
    expect(next).toMatchObject({ data: [expect.anything()] });
  });

  it('holds what was sent through the API, and not what was taken back', async () => {
    const item = bench.pageMessage();
    const { body } = await bench.pageSend({ recipient: { id: psid }, message: { text: 'Hello' } });
    bench.graph.hears(messenger.deleted(chat, item.messageId as string));

    const [{ id }] = (await bench.get(`${ids.page}/conversations?user_id=${psid}`, tokens.page)).body.data;
    const { data } = (await bench.get(`${id}?fields=messages{message}`, tokens.page)).body.messages;

    expect(data).toEqual([{ id: body.message_id, message: 'Hello' }]);
  });

  it('may be read twice a second', async () => {
    bench.page({ conversationsPerSecond: undefined });
    const read = () => bench.get(`${ids.page}/conversations`, tokens.page);

    expect([(await read()).status, (await read()).status]).toEqual([200, 200]);
    expect(refusal(await read())).toEqual([400, 613, 1893015]);
    bench.clock.pass(1_000);
    expect((await read()).status).toBe(200);
  });
});

describe('the history of an Instagram account', () => {
  it('tells the words of the latest twenty messages only', async () => {
    const bench = new Bench();
    bench.instagram();
    const chat = instagramChat({ account: { id: ids.instagram }, customer: { id: igsid, username: 'ada' } });
    const at = (index: number) => bench.clock.at + index;
    bench.graph.hears(
      Array.from({ length: 25 }, (_, index) => instagram.text(chat, `${index}`, { id: `a${index}`, at: at(index) })),
    );
    await bench.graph.listen();

    const [{ id }] = (await bench.get('me/conversations?platform=instagram', tokens.instagram)).body.data;
    const { data } = (await bench.get(`${id}/messages?fields=message,created_time`, tokens.instagram)).body;

    expect(data).toHaveLength(25);
    expect(data.filter((message: object) => 'message' in message)).toHaveLength(20);
    expect((await bench.get('a5?fields=message', tokens.instagram)).body).toEqual({ id: 'a5', message: '5' });
    expect(refusal(await bench.get('a4?fields=message', tokens.instagram))).toEqual([400, 100, undefined]);
    await bench.graph.close();
  });
});
