import { defaultAccounts } from './cast';
import type { Account, SimulatedItem } from './item';
import { shopDay } from './shop-day';

const now = () => Date.UTC(2026, 9, 1, 9);

function day(seed: number, count: number, accounts: readonly Account[] = defaultAccounts): SimulatedItem[] {
  const items: SimulatedItem[] = [];
  for (const item of shopDay({ accounts, customers: 20, seed, now })) {
    items.push(item);
    if (items.length === count) break;
  }
  return items;
}

describe('shopDay', () => {
  const items = day(1, 8_000);

  it('repeats itself for the same seed and for no other', () => {
    expect(day(1, 500)).toEqual(items.slice(0, 500));
    expect(day(2, 500)).not.toEqual(items.slice(0, 500));
  });

  it('tells each fact once', () => {
    expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
  });

  it('shows every kind of item there is', () => {
    const kinds = (platform: string) =>
      [...new Set(items.filter((item) => item.platform === platform).map((item) => item.kind))].sort();

    expect(kinds('whatsapp')).toEqual([
      ...['audio', 'button', 'button_reply', 'contacts', 'delivered', 'document', 'echo_document', 'echo_image'],
      ...['echo_revoke', 'echo_text', 'echo_voice', 'failed', 'image', 'list_reply', 'location', 'order', 'played'],
      ...['reaction', 'reaction_removed', 'read', 'revoke', 'sent', 'sticker', 'text', 'video', 'voice'],
    ]);
    expect(kinds('messenger')).toEqual([
      ...['audio', 'comment', 'deleted', 'delivered', 'echo', 'file', 'image', 'location', 'postback', 'quick_reply'],
      ...['reaction', 'reaction_removed', 'read', 'referral', 'sticker', 'text', 'video'],
    ]);
    expect(kinds('instagram')).toEqual([
      ...['audio', 'comments', 'deleted', 'echo', 'ig_reel', 'image', 'like_heart', 'live_comments', 'mentions'],
      ...['postback', 'quick_reply', 'reaction', 'reaction_removed', 'referral', 'seen', 'story_mention'],
      ...['story_reply', 'text', 'video'],
    ]);
  });

  it('speaks of no message before it was sent', () => {
    const sent = new Set<string>();
    for (const { effect, messageId, kind } of items) {
      if (effect.kind === 'message') sent.add(messageId as string);
      else if (['status', 'seen', 'reaction', 'deletion'].includes(effect.kind)) {
        expect([kind, sent.has(messageId as string)]).toEqual([kind, true]);
      }
    }
  });

  it('writes in many scripts and under many names', () => {
    const text = JSON.stringify(items);
    for (const script of ['Latin', 'Arabic', 'Devanagari', 'Hiragana', 'Han', 'Cyrillic', 'Extended_Pictographic']) {
      const property = script === 'Extended_Pictographic' ? script : `Script=${script}`;
      expect([script, new RegExp(`\\p{${property}}`, 'u').test(text)]).toEqual([script, true]);
    }
  });

  it('serves all given accounts and no other', () => {
    const second = { platform: 'messenger', id: '77' } as const;
    const served = new Set(day(1, 2_000, [...defaultAccounts, second]).map((item) => item.accountId));

    expect(served).toEqual(new Set([...defaultAccounts, second].map(({ id }) => id)));
  });

  it('refuses to play without an account or a customer', () => {
    expect(() => shopDay({ accounts: [], customers: 1, seed: 1, now }).next()).toThrow(RangeError);
    expect(() => shopDay({ accounts: defaultAccounts, customers: 0, seed: 1, now }).next()).toThrow(RangeError);
  });
});
