import { messengerChat } from '../cast';
import * as messenger from './messenger';

const at = Date.UTC(2026, 9, 1, 9, 0, 0, 250);

describe('Messenger messages', () => {
  const chat = messengerChat({ customer: { id: '9876543210987654' }, account: { id: '349489628480201' } });
  const fromCustomer = { sender: { id: '9876543210987654' }, recipient: { id: '349489628480201' } };

  it('carry sender, recipient, milliseconds and text', () => {
    const item = messenger.text(chat, 'Olá 👋', { id: 'm_1', at });

    expect(item.element).toEqual({ ...fromCustomer, timestamp: at, message: { mid: 'm_1', text: 'Olá 👋' } });
    expect(item).toMatchObject({ messageId: 'm_1', sentAt: at, customer: { userId: '9876543210987654' } });
  });

  it.each([
    ['image', messenger.image(chat), 'image', { url: expect.stringContaining('https://') }],
    ['video', messenger.video(chat), 'video', { url: expect.stringContaining('https://') }],
    ['audio', messenger.audio(chat), 'audio', { url: expect.stringContaining('https://') }],
    ['file', messenger.file(chat, 'bill.pdf'), 'file', { url: expect.stringContaining('bill.pdf') }],
    ['location', messenger.location(chat, 12.34, 43.21), 'location', { coordinates: { lat: 12.34, long: 43.21 } }],
    ['sticker', messenger.sticker(chat), 'image', expect.objectContaining({ sticker_id: expect.any(Number) })],
    ['fallback', messenger.attachment(chat, 'fallback', null, 'a link'), 'fallback', null],
  ])('%s is an attachment', (kind, item, type, payload) => {
    expect(item.kind).toBe(kind);
    expect(item.element.message).toMatchObject({
      mid: expect.stringMatching(/^m_[\w-]{80,}$/),
      attachments: [{ type, payload }],
    });
  });

  it('quick replies and postbacks bring their payload', () => {
    expect(messenger.quickReply(chat, 'Red', 'COLOUR_RED').element.message).toMatchObject({
      text: 'Red',
      quick_reply: { payload: 'COLOUR_RED' },
    });
    expect(messenger.postback(chat, 'Get started', 'START')).toMatchObject({
      effect: { kind: 'message', type: 'postback', text: 'Get started' },
      element: { postback: { title: 'Get started', payload: 'START', mid: expect.stringMatching(/^m_/) } },
    });
  });

  it('name the message they answer', () => {
    expect(messenger.text(chat, 'yes', { replyTo: 'm_0' }).element.message).toMatchObject({ reply_to: { mid: 'm_0' } });
  });

  it('stand under standby while another app owns the thread', () => {
    expect(messenger.text(chat, 'hi', { standby: true }).place).toEqual({ in: 'standby' });
    expect(messenger.text(chat, 'hi').place).toEqual({ in: 'messaging' });
  });

  it('echoes go the other way round', () => {
    const item = messenger.echo(chat, 'Hello', { appId: '1517776481860111', metadata: 'ours' });

    expect(item.element).toMatchObject({
      sender: fromCustomer.recipient,
      recipient: fromCustomer.sender,
      message: { is_echo: true, app_id: 1517776481860111, metadata: 'ours', text: 'Hello' },
    });
    expect(item.customer).toEqual({ userId: '9876543210987654' });
    expect(item.effect).toMatchObject({ kind: 'message', direction: 'outbound' });
  });

  it('deletions repeat the mid, yet are facts of their own', () => {
    const said = messenger.text(chat, 'oops');
    const item = messenger.deleted(chat, said.messageId as string);

    expect(item.element.message).toEqual({ mid: said.messageId, is_deleted: true });
    expect(item.effect).toEqual({ kind: 'deletion', by: 'customer' });
    expect(item.id).not.toBe(said.id);
  });
});

describe('Messenger watermarks', () => {
  const chat = messengerChat();

  it('tell up to when all was delivered or read', () => {
    const delivered = messenger.delivered(chat, 1000, ['m_1']);
    const read = messenger.read(chat, 1000);

    expect(delivered.element).toMatchObject({ delivery: { mids: ['m_1'], watermark: 1000 } });
    expect(delivered.element).not.toHaveProperty('timestamp');
    expect(delivered.effect).toEqual({ kind: 'watermark', status: 'delivered', watermark: 1000 });
    expect(read.element).toMatchObject({ read: { watermark: 1000 }, timestamp: read.sentAt });
    expect(read.effect).toEqual({ kind: 'watermark', status: 'read', watermark: 1000 });
  });
});

describe('Messenger reactions, referrals and comments', () => {
  const chat = messengerChat();

  it('reactions are given and taken back', () => {
    const given = messenger.reaction(chat, 'm_1', 'love');
    const taken = messenger.reaction(chat, 'm_1');

    expect(given.element.reaction).toEqual({ mid: 'm_1', action: 'react', reaction: 'love', emoji: '❤' });
    expect(taken.element.reaction).toEqual({ mid: 'm_1', action: 'unreact' });
    expect(taken.effect).toEqual({ kind: 'reaction', emoji: undefined });
    expect(given.id).not.toBe(taken.id);
  });

  it('referrals name the link', () => {
    expect(messenger.referral(chat, 'autumn')).toMatchObject({
      effect: { kind: 'notice' },
      element: { referral: { ref: 'autumn', source: 'SHORTLINK', type: 'OPEN_THREAD' } },
    });
  });

  it('comments are changes of the feed', () => {
    const postId = `${chat.account.id}_900767076685784`;
    const item = messenger.comment(chat, 'Lovely', { postId, id: '900767076685784_1', at });

    expect(item.place).toEqual({ in: 'changes', field: 'feed' });
    expect(item.element).toEqual({
      item: 'comment',
      verb: 'add',
      comment_id: '900767076685784_1',
      post_id: postId,
      parent_id: postId,
      from: { id: chat.customer.id, name: chat.customer.name },
      created_time: Math.floor(at / 1000),
      message: 'Lovely',
    });
    expect(messenger.comment(chat, '', { postId, verb: 'remove' }).element).not.toHaveProperty('message');
  });

  it('mentions name the post or comment, and say what it says only where Meta does', () => {
    const bare = messenger.mention(chat, { postId: '5_1', commentId: '1_2', at });
    const told = messenger.mention(chat, { postId: '5_1', text: 'Thanks, shop', at });

    expect(bare.place).toEqual({ in: 'changes', field: 'mention' });
    expect(bare.element).toEqual({
      ...{ item: 'comment', verb: 'add', post_id: '5_1', comment_id: '1_2', created_time: Math.floor(at / 1000) },
    });
    expect(told.element).toMatchObject({ item: 'post', message: 'Thanks, shop', from: { id: chat.customer.id } });
  });
});
