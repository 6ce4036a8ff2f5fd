import {
  contactList,
  contactSearch,
  conversations,
  count,
  history,
  longHistory,
  messageSearch,
  type Question,
} from './question-kinds';
import { assigneeOf, channelOf, channelPlatforms, isUnread, labels, names, statusOf, usersEach, words } from './shop';

/** Where what is found grows with the size and has to be sorted: a hundred times as much may cost so much more. */
const nearlyFlat = 4;
const inList = (text: string) => `/v1/contacts?search=${encodeURIComponent(text)}`;
const inSearch = (text: string) => `/v1/search?in=contacts&q=${encodeURIComponent(text)}`;

const all: Question[] = [
  conversations('all', () => ''),
  conversations('all, any page of the latest half', () => '', undefined, true),
  conversations(
    'open',
    () => '&status=open',
    (k) => statusOf(k) === 'open',
  ),
  conversations(
    'of an assignee',
    (shop, n) => `&assignee=${shop.id('user', n % usersEach)}`,
    (k, n) => assigneeOf(k) === n % usersEach,
  ),
  conversations(
    'unassigned',
    () => '&assignee=none',
    (k) => assigneeOf(k) === undefined,
  ),
  conversations('unread', () => '&unread=true', isUnread),
  conversations(
    'of an assignee, open and unread',
    (shop, n) => `&status=open&unread=true&assignee=${shop.id('user', n % usersEach)}`,
    (k, n) => isUnread(k) && statusOf(k) === 'open' && assigneeOf(k) === n % usersEach,
  ),
  conversations(
    'of a channel',
    (shop, n) => `&channelId=${shop.id('channel', n % channelPlatforms.length)}`,
    (k, n) => channelOf(k) === n % channelPlatforms.length,
  ),
  conversations(
    'of a platform',
    () => '&platform=whatsapp',
    (k) => channelPlatforms[channelOf(k)] === 'whatsapp',
  ),
  ...Object.entries({ third: '1 in 3', fiftieth: '1 in 50', thousandth: '1 in 1,000' }).map(
    ([label, share], position) =>
      conversations(
        `with a label worn by ${share}`,
        (shop) => `&label=${shop.id('label', position)}`,
        (k) => labels[label as keyof typeof labels].holds(k),
      ),
  ),
  history,
  longHistory,
  messageSearch('a word of 3 in 4', 'order', words.order),
  messageSearch('a word of 1 in 50', 'refund', words.refund),
  messageSearch('a word of 1 in 250', 'invoice', words.invoice),
  messageSearch('a word of 1 in 250, any page', 'invoice', words.invoice, true),
  messageSearch('a word of 1 in 2,000', 'voucher', words.voucher),
  messageSearch('a word of 1 in 400,000', 'zeppelin', words.zeppelin),
  messageSearch('a word of none', 'nowhere', undefined),
  messageSearch('two words, each of 1 in 50 or more, together in 1 in 100', 'order refund', {
    sql: '',
    holds: (j) => words.order.holds(j) && words.refund.holds(j),
  }),
  messageSearch('a word of 1 in 5, in none of the latest fifth', 'promo', words.promo),
  contactList,
  contactSearch('search, a name all have', inSearch, 'guest', { sql: '', holds: () => true }),
  contactSearch('search, a name all have, begun', inList, 'gue', { sql: '', holds: () => true }),
  contactSearch('search, a name of 1 in 250', inList, 'zephyr', names.zephyr),
  contactSearch('search, a name of the oldest tenth', inList, 'legacy', names.legacy),
  contactSearch('search, a name of 1 in 40,000', inList, 'quetzal', names.quetzal),
  contactSearch('search, a name of none', inList, 'nowhere'),
  count(
    'by an attribute',
    () => ({ field: 'attribute', key: 'plan', op: 'equals', value: 'gold' }),
    (k) => k % 10 === 3,
  ),
  count(
    'by a tag',
    (shop) => ({ field: 'tag', op: 'any_of', value: [shop.id('tag', 0)] }),
    (k) => k % 20 === 1,
  ),
  count(
    'by consent',
    () => ({ field: 'consent', op: 'is', value: 'opted_in' }),
    (k) => k % 2 === 0 && k % 10 !== 0,
  ),
  count(
    'by platform',
    () => ({ field: 'platform', op: 'any_of', value: ['instagram'] }),
    (k) => channelPlatforms[channelOf(k)] === 'instagram',
  ),
  count(
    'by when they last wrote',
    () => ({ field: 'last_seen', op: 'within_days', value: 3650 }),
    () => true,
  ),
];

const sorted = [
  'label worn by 1 in 50',
  'label worn by 1 in 1,000',
  'none of the latest fifth',
  'name of 1 in 250',
  'oldest tenth',
];

export const questions: readonly Question[] = all.map((question) =>
  sorted.some((what) => question.what.includes(what)) ? { ...question, flat: nearlyFlat } : question,
);
