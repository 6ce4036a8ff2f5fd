import { instagramChat } from '../cast';
import * as instagram from './instagram';

describe('Instagram messages', () => {
  const chat = instagramChat({ customer: { id: '5614879045272581' }, account: { id: '17841452691600098' } });

  it('have ids that decode to Meta’s record', () => {
    const mid = instagram.text(chat, 'ciao').messageId as string;
    const plain = Buffer.from(mid.replaceAll('ZA', 'Z').replaceAll('ZD', '='), 'base64').toString('latin1');

    expect(mid).toMatch(/^aWdf[A-Za-z0-9+/]+$/);
    expect(plain).toMatch(/^ig_dm_item:1:IGMessageID:17841452691600098:\d+:\d+$/);
  });

  it.each([
    ['image', instagram.image(chat), 'image'],
    ['video', instagram.video(chat), 'video'],
    ['audio', instagram.audio(chat), 'audio'],
    ['ig_reel', instagram.reel(chat, 'How we glaze'), 'ig_reel'],
    ['story_mention', instagram.storyMention(chat), 'story_mention'],
    ['like_heart', instagram.attachment(chat, 'like_heart', {}), 'like_heart'],
  ])('%s is an attachment', (kind, item, type) => {
    expect(item).toMatchObject({
      kind,
      effect: { kind: 'message', direction: 'inbound', type },
      element: { message: { attachments: [{ type }] } },
    });
  });

  it('answers to a story name the story', () => {
    const item = instagram.storyReply(chat, 'wow');
    const { message } = item.element as { message: Record<string, unknown> };

    expect(message).toMatchObject({ text: 'wow', reply_to: { story: { id: expect.stringMatching(/^\d+$/) } } });
  });

  it('echoes go the other way round and name no app', () => {
    const { element, effect } = instagram.echo(chat, 'Hello');

    expect(element).toMatchObject({
      sender: { id: '17841452691600098' },
      recipient: { id: '5614879045272581' },
      message: { is_echo: true, text: 'Hello' },
    });
    expect(element.message).not.toHaveProperty('app_id');
    expect(effect).toMatchObject({ direction: 'outbound' });
  });

  it('are seen by message, not by watermark', () => {
    const item = instagram.seen(chat, 'aWdf1');

    expect(item.element).toMatchObject({ read: { mid: 'aWdf1' } });
    expect(item).toMatchObject({ messageId: 'aWdf1', effect: { kind: 'seen' } });
  });

  it('lose reaction and emoji when a reaction is taken back', () => {
    expect(instagram.reaction(chat, 'aWdf1', '❤️').element.reaction).toEqual({
      mid: 'aWdf1',
      action: 'react',
      reaction: 'love',
      emoji: '❤️',
    });
    expect(instagram.reaction(chat, 'aWdf1').element.reaction).toEqual({ mid: 'aWdf1', action: 'unreact' });
  });

  it('postbacks, quick replies, deletions and referrals have the form they share with Messenger', () => {
    expect(instagram.postback(chat, 'Prices?', 'P').element.postback).toMatchObject({ title: 'Prices?', payload: 'P' });
    expect(instagram.quickReply(chat, 'Red', 'R').element.message).toMatchObject({ quick_reply: { payload: 'R' } });
    expect(instagram.deleted(chat, 'aWdf1').element.message).toEqual({ mid: 'aWdf1', is_deleted: true });
    expect(instagram.referral(chat, 'bio').element.referral).toMatchObject({ source: 'IGME-SOURCE-LINK' });
  });
});

describe('Instagram comments and mentions', () => {
  const chat = instagramChat({ customer: { id: '1', username: 'clay.table' } });

  it('comments bring text, author and media', () => {
    const item = instagram.comment(chat, 'Lovely', {
      id: '17',
      mediaId: '18',
      parentId: '16',
      mediaProductType: 'REELS',
    });

    expect(item.place).toEqual({ in: 'changes', field: 'comments' });
    expect(item.element).toEqual({
      id: '17',
      parent_id: '16',
      from: { id: '1', username: 'clay.table' },
      media: { id: '18', media_product_type: 'REELS' },
      text: 'Lovely',
    });
  });

  it('come flat as well, and with the id spelled the other way', () => {
    const item = instagram.comment(chat, 'Lovely', { id: '17', form: 'flat', idName: 'comment_id' });

    expect(item.place).toEqual({ in: 'flat', field: 'comments' });
    expect(item.element).toMatchObject({ comment_id: '17' });
    expect(item.element).not.toHaveProperty('id');
  });

  it('live comments have a field of their own', () => {
    const item = instagram.liveComment(chat, 'Hello from Osaka');

    expect(item.place).toEqual({ in: 'changes', field: 'live_comments' });
    expect(item.element).toMatchObject({ media: { media_product_type: 'LIVE' } });
  });

  it('mentions are ids only', () => {
    expect(instagram.mention(chat, { mediaId: '18' }).element).toEqual({ media_id: '18' });
    expect(instagram.mention(chat, { mediaId: '18', commentId: '17' }).element).toEqual({
      media_id: '18',
      comment_id: '17',
    });
  });
});
