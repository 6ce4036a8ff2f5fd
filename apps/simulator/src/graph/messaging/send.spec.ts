import { instagramChat, messengerChat } from '../../cast';
import * as instagram from '../../forms/instagram';
import * as messenger from '../../forms/messenger';
import type { Fields } from '../check';
import { Bench, hours, ids, igsid, psid, refusal, tokens } from '../graph.fixture';

const url = 'https://example.org/vase.jpg';
const template = (payload: Fields) => ({ attachment: { type: 'template', payload } });
const postback = { type: 'postback', title: 'Yes', payload: 'Y' };
const quickReplies = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ content_type: 'text', title: `${index}`, payload: `${index}` }));

describe('a page', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    const page = bench.page();
    bench.pageMessage();
    bench.graph.customer(page, { id: psid, name: 'Ada Lovelace', profilePic: url });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const send = (message: Fields, more: Fields = {}) =>
    bench.pageSend({ recipient: { id: psid }, messaging_type: 'RESPONSE', message, ...more });

  it.each([
    ['text', { text: 'x'.repeat(2_000), metadata: 'send-1' }],
    ['text', { text: 'Which?', quick_replies: quickReplies(13) }],
    ['image', { attachment: { type: 'image', payload: { url } } }],
    ['file', { attachment: { type: 'file', payload: { url } } }],
    ['template/generic', template({ template_type: 'generic', elements: [{ title: 'Vase', buttons: [postback] }] })],
    ['template/button', template({ template_type: 'button', text: 'Sure?', buttons: [postback] })],
    ['template/media', template({ template_type: 'media', elements: [{ media_type: 'image', url }] })],
  ])('sends %s', async (kind, message) => {
    const { status, body } = await send(message);

    expect(status).toBe(200);
    expect(body).toEqual({ recipient_id: psid, message_id: expect.stringMatching(/^m_/) });
    expect(bench.graph.messages.all()).toMatchObject([
      { id: body.message_id, kind, recipient: psid, accountId: ids.page },
    ]);
  });

  it.each([
    ['2,001 characters', { text: 'x'.repeat(2_001) }],
    ['nothing', {}],
    ['fourteen quick replies', { text: 'Which?', quick_replies: quickReplies(14) }],
    ['text and attachment', { text: 'x', attachment: { type: 'image', payload: { url } } }],
    ['an unknown attachment', { attachment: { type: 'image', payload: { attachment_id: '1' } } }],
    ['eleven cards', template({ template_type: 'generic', elements: Array(11).fill({ title: 'x' }) })],
    ['four buttons', template({ template_type: 'button', text: 'x', buttons: Array(4).fill(postback) })],
    ['metadata of 1,001 characters', { text: 'x', metadata: 'x'.repeat(1_001) }],
  ])('does not send %s', async (_, message) => {
    expect(refusal(await send(message)).slice(0, 2)).toEqual([400, 100]);
    expect(bench.graph.messages.count).toBe(0);
  });

  it('takes the Send API’s parameters in the query too', async () => {
    const query = new URLSearchParams({
      ...{
        recipient: JSON.stringify({ id: psid }),
        message: JSON.stringify({ text: 'hi' }),
        access_token: tokens.page,
      },
    });

    expect((await bench.call('POST', `me/messages?${query}`, undefined)).status).toBe(200);
    expect(JSON.stringify(bench.graph.messages.all())).not.toContain(tokens.page);
  });

  it('answers for 24 hours, for seven days as a human agent, and never by an ended tag', async () => {
    bench.clock.pass(hours(24));

    expect(refusal(await send({ text: 'late' }))).toEqual([400, 10, 2018278]);
    const human = { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' };
    expect((await send({ text: 'late' }, human)).status).toBe(200);
    expect(refusal(await send({ text: 'x' }, { messaging_type: 'MESSAGE_TAG', tag: 'ACCOUNT_UPDATE' }))).toEqual([
      400,
      100,
      undefined,
    ]);
    bench.clock.pass(hours(6 * 24));
    expect(refusal(await send({ text: 'late' }, human))).toEqual([400, 10, 2018278]);
  });

  it('needs the permission for the human agent tag', async () => {
    bench.page({ humanAgent: false });
    bench.pageMessage('again');

    expect(refusal(await send({ text: 'x' }, { messaging_type: 'MESSAGE_TAG', tag: 'HUMAN_AGENT' }))).toEqual([
      403, 10, 2018336,
    ]);
  });

  it('does not reach strangers and those who left', async () => {
    bench.graph.customer(bench.page(), { id: psid, unreachable: true });

    expect(refusal(await send({ text: 'x' }))).toEqual([400, 551, 1545041]);
    expect(refusal(await bench.pageSend({ recipient: { id: '99' }, message: { text: 'x' } }))).toEqual([
      400, 100, 2018001,
    ]);
    expect(refusal(await bench.pageSend({ message: { text: 'x' } }))[1]).toBe(100);
  });

  it('shows typing, marks seen and reacts', async () => {
    const act = (sender_action: string, payload?: Fields) =>
      bench.pageSend({ recipient: { id: psid }, sender_action, payload });

    await act('typing_on');
    expect((await act('mark_seen')).body).toEqual({ recipient_id: psid });
    await act('react', { message_id: `m_Hello${psid}`, reaction: 'love' });
    expect(refusal(await act('react', { message_id: 'm_other', reaction: 'love' }))[1]).toBe(100);

    expect(bench.graph.signals.map(({ kind }) => kind)).toEqual(['typing_on', 'mark_seen']);
    expect(bench.graph.messages.all()).toMatchObject([{ kind: 'reaction', recipient: psid }]);
  });

  it('uploads an attachment once and sends it by id', async () => {
    const attachment = { type: 'image', payload: { url, is_reusable: true } };
    const { body } = await bench.call('POST', `${ids.page}/message_attachments`, tokens.page, {
      message: { attachment },
    });

    const payload = { attachment_id: body.attachment_id };

    expect((await send({ attachment: { type: 'image', payload } })).status).toBe(200);
  });

  it('answers a comment in private once, within seven days, and in public', async () => {
    const chat = messengerChat({
      now: bench.clock.now,
      account: { id: ids.page },
      customer: { id: '55', name: 'Grace' },
    });
    bench.graph.hears(messenger.comment(chat, 'How much?', { id: '7_1', postId: `${ids.page}_7` }));
    bench.graph.hears(messenger.comment(chat, 'And this?', { id: '7_2', postId: `${ids.page}_7` }));
    const reply = (comment_id: string) => bench.pageSend({ recipient: { comment_id }, message: { text: '20 €' } });

    expect((await reply('7_1')).body).toMatchObject({ recipient_id: '55' });
    expect(refusal(await reply('7_1'))).toEqual([400, 10900, undefined]);
    bench.clock.pass(hours(7 * 24) + 1_000);
    expect(refusal(await reply('7_2'))).toEqual([400, 10903, undefined]);
    expect(refusal(await reply('7_3'))).toEqual([400, 100, 33]);
    const { body } = await bench.call('POST', '7_2/comments', tokens.page, { message: 'It is 20 €.' });
    expect((await bench.get('7_2/comments', tokens.page)).body.data).toMatchObject([
      { id: body.id, message: 'It is 20 €.' },
    ]);
    expect((await bench.get('7_1?fields=message,from,created_time', tokens.page)).body).toMatchObject({
      ...{
        id: '7_1',
        message: 'How much?',
        from: { id: '55', name: 'Grace' },
        created_time: '2026-10-01T09:00:00+0000',
      },
    });
    expect(bench.graph.messages.all().map(({ kind }) => kind)).toEqual(['text', 'comment_reply']);
  });

  it('reads profiles, unless they are hidden or not its own', async () => {
    expect((await bench.get(`${psid}?fields=name,profile_pic`, tokens.page)).body).toEqual({
      ...{ id: psid, name: 'Ada Lovelace', profile_pic: url },
    });
    bench.graph.customer(bench.page(), { id: '77', profileHidden: true });
    expect(refusal(await bench.get('77', tokens.page))).toEqual([400, 100, 2018218]);
    bench.graph.page({ id: '2', token: 'other' });
    expect(refusal(await bench.get(psid, 'other'))).toEqual([400, 100, 33]);
    expect(bench.graph.calls('GET customer')).toBe(2);
  });

  it('has apps subscribe to fields it knows', async () => {
    const subscribe = (fields: string) =>
      bench.call('POST', `${ids.page}/subscribed_apps?subscribed_fields=${fields}`, tokens.page);

    expect(refusal(await subscribe('messages,poems'))).toEqual([400, 100, undefined]);
    expect(refusal(await subscribe(''))).toEqual([400, 100, undefined]);
    await subscribe('messages,message_echoes');
    const { data } = (await bench.get(`${ids.page}/subscribed_apps`, tokens.page)).body;
    expect(data).toMatchObject([{ subscribed_fields: ['messages', 'message_echoes'] }]);
    await bench.call('DELETE', `${ids.page}/subscribed_apps`, tokens.page);
    expect((await bench.get(`${ids.page}/subscribed_apps`, tokens.page)).body.data).toEqual([]);
  });
});

describe('an Instagram account', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = new Bench();
    const account = bench.instagram();
    bench.instagramMessage();
    bench.graph.customer(account, { id: igsid, name: 'Ada', username: 'ada.l', profilePic: url });
    await bench.graph.listen();
  });
  afterEach(() => bench.graph.close());

  const send = (message: Fields) => bench.instagramSend({ recipient: { id: igsid }, message });

  it('counts a text in bytes', async () => {
    expect((await send({ text: 'é'.repeat(500) })).body).toEqual({
      recipient_id: igsid,
      message_id: expect.any(String),
    });
    expect(refusal(await send({ text: 'é'.repeat(501) }))).toEqual([400, 100, undefined]);
  });

  it('sends attachments, hearts and quick replies', async () => {
    await send({ attachment: { type: 'video', payload: { url } } });
    await send({ attachment: { type: 'like_heart' } });
    await send({ text: 'Which?', quick_replies: quickReplies(2) });

    expect(bench.graph.messages.all().map(({ kind }) => kind)).toEqual(['video', 'like_heart', 'text']);
  });

  it('reads profiles with consent only', async () => {
    expect((await bench.get(`${igsid}?fields=name,username,profile_pic`, tokens.instagram)).body).toEqual({
      ...{ id: igsid, name: 'Ada', username: 'ada.l', profile_pic: url },
    });
    bench.graph.customer(bench.instagram(), { id: '77', profileHidden: true });
    expect(refusal(await bench.get('77', tokens.instagram))).toEqual([403, 230, undefined]);
  });

  it('answers comments in private and in public, live ones while the broadcast goes on', async () => {
    const account = bench.instagram();
    const chat = instagramChat({ account: { id: ids.instagram }, customer: { id: '55', username: 'grace' } });
    bench.graph.hears([
      instagram.comment(chat, 'Nice', { id: '171', mediaId: '181', at: bench.clock.at }),
      instagram.liveComment(chat, 'Hello', { id: '172', mediaId: '182', at: bench.clock.at }),
    ]);
    bench.graph.post(account, { id: '182', broadcasting: false });
    const reply = (comment_id: string) =>
      bench.instagramSend({ recipient: { comment_id }, message: { text: 'Thanks' } });

    expect((await reply('171')).body).toMatchObject({ recipient_id: '55' });
    expect(refusal(await reply('172'))).toEqual([400, 10903, undefined]);
    const { body } = await bench.call('POST', '171/replies?message=Thank+you', tokens.instagram);
    expect((await bench.get('171/replies?fields=text,username', tokens.instagram)).body.data).toEqual([
      { id: body.id, text: 'Thank you', username: 'clay.table' },
    ]);
    expect((await bench.get('181?fields=media_type,owner', tokens.instagram)).body).toMatchObject({
      media_type: 'IMAGE',
    });
  });

  it('reads the words of a mention, which the webhook does not bring', async () => {
    bench.page();
    const account = bench.instagram({ id: '17900', login: 'facebook', pageId: ids.page });
    bench.graph.post(account, { id: '18', caption: 'With @clay.table', username: 'ada.l' });
    const from = { id: igsid, username: 'ada.l' };
    bench.graph.comment(account, { id: '17', text: 'Look, @clay.table', from, at: bench.clock.at, objectId: '18' });

    const comment = 'mentioned_comment.comment_id(17){text,timestamp,username,media{permalink}}';
    expect((await bench.get(`17900?fields=${comment}`, tokens.instagram)).body).toEqual({
      id: '17900',
      mentioned_comment: {
        id: '17',
        text: 'Look, @clay.table',
        timestamp: '2026-10-01T09:00:00+0000',
        username: 'ada.l',
        media: { id: '18', permalink: 'https://www.instagram.com/p/18/' },
      },
    });
    const media = 'mentioned_media.media_id(18){caption,username}';
    expect((await bench.get(`17900?fields=${media}`, tokens.instagram)).body.mentioned_media).toEqual({
      ...{ id: '18', caption: 'With @clay.table', username: 'ada.l' },
    });
    const unknown = await bench.get('17900?fields=mentioned_media.media_id(19){caption}', tokens.instagram);
    expect(refusal(unknown)[1]).toBe(100);
  });

  it('with Facebook Login is reached through its page', async () => {
    bench.page();
    bench.instagram({ id: '17900', login: 'facebook', pageId: ids.page });
    bench.graph.hears(
      instagram.text(instagramChat({ now: bench.clock.now, account: { id: '17900' }, customer: { id: '44' } }), 'Hi'),
    );

    const { body } = await bench.pageSend({ recipient: { id: '44' }, message: { text: 'Hello' } });

    expect(bench.graph.messages.get(body.message_id)).toMatchObject({ platform: 'instagram', accountId: '17900' });
    const { data } = (await bench.get(`${ids.page}/conversations?platform=instagram&fields=message_count`, tokens.page))
      .body;
    expect(data).toMatchObject([{ message_count: 2 }]);
    expect((await bench.get(`${ids.page}?fields=instagram_business_account`, tokens.page)).body).toMatchObject({
      instagram_business_account: { id: '17900' },
    });
  });
});
