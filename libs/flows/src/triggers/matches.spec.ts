import type { Trigger } from '../definition';
import type { Happening, Match } from '../happening';
import { matches, startersOf } from './matches';

const at = Date.parse('2030-01-31T20:00:00Z');
const message = (text: string | null, more: object = {}): Happening => ({
  ...{ on: 'message' as const, text, payload: null, first: false, referral: null, at },
  ...more,
});
const office = { timeZone: 'UTC', days: [{ day: 4, from: '09:00', to: '18:00' }] };

it.each<[Trigger, Happening, Match]>([
  [{ on: 'message' }, message('hi'), 'any'],
  [{ on: 'message' }, message(null), 'any'],
  [{ on: 'message', keywords: ['price'] }, message('What is the PRICE?'), 'specific'],
  [{ on: 'message', keywords: ['price'] }, message('priceless'), 'none'],
  [{ on: 'message', keywords: ['price'] }, message('my_price'), 'none'],
  [{ on: 'message', keywords: ['canción'] }, message('La CANCION!'), 'specific'],
  [{ on: 'message', keywords: ['opening hours'] }, message('the opening\n hours?'), 'specific'],
  [{ on: 'message', keywords: ['营业时间'] }, message('请问你们的营业时间是'), 'specific'],
  [{ on: 'message', keywords: ['हाँ'] }, message('हाँ जी'), 'specific'],
  [{ on: 'message', keywords: ['हूँ'] }, message('हाँ जी'), 'none'],
  [{ on: 'message', keywords: ['👍'] }, message('ok👍'), 'specific'],
  [{ on: 'message', keywords: ['c++'] }, message('I like C++.'), 'specific'],
  [{ on: 'message', keywords: ['stop', 'go'] }, message('go'), 'specific'],
  [{ on: 'message', keywords: ['price'] }, message(null), 'none'],
  [{ on: 'message', keywords: ['menu'], match: 'exact' }, message(' Menú! '), 'specific'],
  [{ on: 'message', keywords: ['menu'], match: 'exact' }, message('the menu'), 'none'],
  [{ on: 'message', keywords: ['order'], match: 'start' }, message('Order 17'), 'specific'],
  [{ on: 'message', keywords: ['order'], match: 'start' }, message('orders'), 'none'],
  [{ on: 'message', keywords: ['order'], match: 'start' }, message('my order'), 'none'],
  [{ on: 'message', pattern: '(?i)order #\\d+' }, message('My ORDER #12'), 'specific'],
  [{ on: 'message', pattern: 'order #\\d+' }, message('order #x'), 'none'],
  [{ on: 'message', pattern: '(unclosed' }, message('(unclosed'), 'none'],
  [{ on: 'message', first: true }, message('hi', { first: true }), 'specific'],
  [{ on: 'message', first: true }, message('hi'), 'none'],
  [{ on: 'message', outsideHours: office }, message('hi'), 'specific'],
  [{ on: 'message', outsideHours: office }, message('hi', { at: at - 4 * 3_600_000 }), 'none'],
  [{ on: 'message', outsideHours: { ...office, timeZone: 'Mars' } }, message('hi'), 'none'],
  [{ on: 'message', referral: true }, message('hi', { referral: '' }), 'specific'],
  [{ on: 'message', referral: true }, message('hi'), 'none'],
  [{ on: 'message', referral: ['ad1'] }, message('hi', { referral: 'ad1' }), 'specific'],
  [{ on: 'message', referral: ['ad1'] }, message('hi', { referral: 'ad2' }), 'none'],
  [{ on: 'message', button: true }, message('Yes', { payload: 'yes' }), 'specific'],
  [{ on: 'message', button: ['no'] }, message('Yes', { payload: 'yes' }), 'none'],
  [{ on: 'message', button: true }, message('Yes'), 'none'],
  [{ on: 'message', first: true, keywords: ['hi'] }, message('hi'), 'none'],
  [{ on: 'postback' }, { on: 'postback', payload: 'x' }, 'specific'],
  [{ on: 'postback', payloads: ['y'] }, { on: 'postback', payload: 'x' }, 'none'],
  [{ on: 'comment' }, { on: 'comment', postId: 'p', commentId: 'c', text: null }, 'specific'],
  [
    { on: 'comment', posts: ['p'], keywords: ['link'] },
    { on: 'comment', postId: 'p', commentId: 'c', text: 'Link!' },
    'specific',
  ],
  [{ on: 'comment', posts: ['q'] }, { on: 'comment', postId: 'p', commentId: 'c', text: 'Link!' }, 'none'],
  [{ on: 'comment', pattern: '^\\d$' }, { on: 'comment', postId: 'p', commentId: 'c', text: 'Link!' }, 'none'],
  [{ on: 'contact_tagged', tags: ['VIP'] }, { on: 'contact_tagged', tags: ['new', 'vip'] }, 'specific'],
  [{ on: 'contact_tagged', tags: ['vip'] }, { on: 'contact_tagged', tags: ['new'] }, 'none'],
  [{ on: 'conversation_assigned' }, { on: 'conversation_assigned', user: 'u' }, 'specific'],
  [{ on: 'conversation_assigned', users: ['v'] }, { on: 'conversation_assigned', user: 'u' }, 'none'],
  [{ on: 'campaign_replied', campaigns: ['k'] }, { on: 'campaign_replied', campaign: 'k' }, 'specific'],
  [{ on: 'story_mention' }, { on: 'story_mention' }, 'specific'],
  [{ on: 'contact_created' }, { on: 'contact_created' }, 'specific'],
  [{ on: 'conversation_opened' }, { on: 'conversation_closed' }, 'none'],
  [{ on: 'conversation_closed' }, { on: 'conversation_closed' }, 'specific'],
  [{ on: 'order_created' }, { on: 'order_created' }, 'specific'],
  [{ on: 'api' }, { on: 'api' }, 'specific'],
  [{ on: 'api' }, { on: 'flow' }, 'none'],
  [{ on: 'schedule', timeZone: 'UTC', at: '09:00' }, { on: 'schedule' }, 'specific'],
])('%j takes %j: %s', (trigger, happening, match) => {
  expect(matches(trigger, happening)).toBe(match);
});

it('starts the specific ones, and those that take any message where there is none', () => {
  const any = { id: 'any', triggers: [{ on: 'message' } as const] };
  const price = { id: 'price', triggers: [{ on: 'message' }, { on: 'message', keywords: ['price'] }] as Trigger[] };
  const other = { id: 'other', triggers: [{ on: 'api' } as const] };
  const idsFor = (text: string) => startersOf([any, price, other], message(text)).map(({ flow }) => flow.id);
  expect(idsFor('the price')).toEqual(['price']);
  expect(startersOf([any, price], message('the price'))[0]!.trigger).toEqual({ on: 'message', keywords: ['price'] });
  expect(idsFor('hello')).toEqual(['any', 'price']);
  expect(startersOf([other], message('hello'))).toEqual([]);
});

it.each([
  ['^(a+)+$', 'none'],
  ['(a|aa)+$', 'none'],
  ['(.*)*x', 'none'],
  ['((a{1,30}){1,30})$', 'none'],
])('no pattern tries one way after the other: %s', (pattern, match) => {
  expect(matches({ on: 'message', pattern }, message(`${'a'.repeat(4_000)}!`))).toBe(match);
});
