import fc from 'fast-check';
import { readPage } from '../graph';
import { accountReads, readAccount, readSubscription, subscribedFields, throughputOf } from './account';
import { readConversations } from './conversation-page';
import { readProfile } from './profile';
import { readListedTemplate } from './template-page';
import { readFreshToken, readTokenEnd } from './token-life';

describe('what the Graph API says of an account', () => {
  it('of WhatsApp: number, quality, limits', () => {
    const body = {
      id: '106540352242922',
      display_phone_number: '+1 555-0100',
      verified_name: 'Clay & Table',
      quality_rating: 'GREEN',
      throughput: { level: 'HIGH' },
      messaging_limit_tier: 'TIER_10K',
      status: 'CONNECTED',
      is_on_biz_app: false,
    };
    expect(readAccount('whatsapp', 'facebook', body)).toEqual({
      id: '106540352242922',
      details: {
        displayPhone: '+1 555-0100',
        verifiedName: 'Clay & Table',
        quality: 'GREEN',
        tier: 'TIER_10K',
        throughput: 'HIGH',
        coexistence: false,
        phoneStatus: 'CONNECTED',
      },
    });
  });

  it('names the account that the token is of, by the id that webhooks use', () => {
    expect(readAccount('messenger', 'facebook', { id: '1', name: 'Shop' })).toEqual({
      id: '1',
      details: { name: 'Shop' },
    });
    const behindPage = { id: '1', name: 'Shop', instagram_business_account: { id: '17' } };
    expect(readAccount('instagram', 'facebook', behindPage)).toEqual({ id: '17', details: { pageId: '1' } });
    const own = { id: '998', user_id: '17', username: 'clay.table' };
    expect(readAccount('instagram', 'instagram', own)).toEqual({ id: '17', details: { username: 'clay.table' } });
  });

  it('a page is proven by its own token alone: it is read as me', () => {
    expect(accountReads('messenger', 'facebook', '1').map(({ path }) => path)).toEqual(['me']);
    expect(accountReads('whatsapp', 'facebook', 'a/b')[0]!.path).toBe('a%2Fb');
  });

  it.each([
    [{}, 80],
    [{ throughput: 'STANDARD' }, 80],
    [{ throughput: 'HIGH' }, 1000],
    [{ throughput: 'HIGH', coexistence: true }, 20],
  ])('%j may send %i a second', (details, perSecond) => {
    expect(throughputOf(details)).toBe(perSecond);
  });

  it('the fewer fields are among the more', () => {
    for (const platform of ['messenger', 'instagram'] as const) {
      const [all, messages] = subscribedFields(platform, platform === 'messenger' ? 'facebook' : 'instagram');
      expect(all).toEqual(expect.arrayContaining(messages!));
    }
  });

  it('an app that is subscribed is found by its id', () => {
    const body = { data: [{ id: '7', subscribed_fields: ['feed'] }, { id: '8' }] };
    expect(readSubscription(body, '7')).toEqual(['feed']);
    expect(readSubscription(body, '8')).toEqual([]);
    expect(readSubscription(body, '9')).toBeUndefined();
  });
});

describe('a token', () => {
  it('ends when Meta says, never, or nobody knows', () => {
    expect(readTokenEnd({ data: { expires_at: 1_800_000_000 } })).toBe(1_800_000_000_000);
    expect(readTokenEnd({ data: { expires_at: 0 } })).toBeNull();
    expect(readTokenEnd({ data: {} })).toBeUndefined();
  });

  it('is renewed for the seconds told', () => {
    expect(readFreshToken({ access_token: 'IGAA1', expires_in: 60 })).toEqual({ token: 'IGAA1', livesMs: 60_000 });
    expect(readFreshToken({ expires_in: 60 })).toBeUndefined();
  });
});

describe('a profile', () => {
  it('has a name, whole or in parts, and a picture only at a web address', () => {
    expect(readProfile({ first_name: 'Ada', last_name: 'L', profile_pic: 'https://cdn/x' })).toEqual({
      name: 'Ada L',
      username: null,
      pictureUrl: 'https://cdn/x',
    });
    expect(readProfile({ name: 'A\0da', username: 'ada', profile_pic: 'javascript:alert(1)' })).toEqual({
      name: 'Ada',
      username: 'ada',
      pictureUrl: null,
    });
  });
});

describe('a conversation of the past', () => {
  it('tells who wrote what, when, and to whom', () => {
    const page = { id: '1', name: 'Shop' };
    const ada = { id: '77', name: 'Ada' };
    const body = {
      data: [
        {
          id: 't_1',
          updated_time: '2026-11-21T18:00:05+0000',
          messages: {
            data: [
              {
                id: 'm_2',
                created_time: '2026-11-21T18:00:05+0000',
                from: page,
                to: { data: [ada] },
                message: '',
                attachments: { data: [{ image_data: { url: 'https://cdn/x' } }] },
                reply_to: { mid: 'm_1' },
              },
              { id: 'm_1', created_time: '2026-11-21T18:00:00+0000', from: ada, to: { data: [page] }, message: 'Hi' },
              { id: 'm_0', created_time: '2026-11-20T18:00:00+0000' },
            ],
            paging: { cursors: { after: 'older' }, next: 'https://graph.facebook.com/…' },
          },
        },
        { id: 't_2' },
      ],
    };
    const { threads, after } = readConversations(body, new Set(['1']));
    expect(after).toBeUndefined();
    expect(threads).toHaveLength(1);
    const [{ messages, ...thread }] = threads as [(typeof threads)[number]];
    expect(thread).toEqual({ id: 't_1', updatedAt: Date.UTC(2026, 10, 21, 18, 0, 5), after: 'older' });
    expect(messages.map(({ messageId, effect }) => [messageId, effect?.direction, effect?.type])).toEqual([
      ['m_2', 'outbound', 'image'],
      ['m_1', 'inbound', 'text'],
      ['m_0', undefined, undefined],
    ]);
    expect(messages[0]!.effect).toMatchObject({ customer: { userId: '77' }, replyToMessageId: 'm_1' });
    expect(messages[1]!.effect).toMatchObject({ customer: { userId: '77' }, content: { text: 'Hi' } });
  });
});

it('anything else the Graph API may answer is read without a throw', () => {
  fc.assert(
    fc.property(fc.anything(), (body) => {
      for (const platform of ['whatsapp', 'messenger', 'instagram'] as const) readAccount(platform, 'facebook', body);
      readAccount('instagram', 'instagram', body);
      readSubscription(body, '1');
      readTokenEnd(body);
      readFreshToken(body);
      readProfile(body);
      readListedTemplate(body);
      readConversations(body, new Set());
      readConversations({ data: [{ id: '1', updated_time: '2026-01-01T00:00:00+0000', messages: body }] }, new Set());
      readConversations(
        { data: [{ id: '1', updated_time: '2026-01-01T00:00:00+0000', messages: { data: [body] } }] },
        new Set(),
      );
      readPage(body);
    }),
  );
});
