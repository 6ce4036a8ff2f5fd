import type { ItemEffect, WebhookItem } from '@switchboard/meta';
import { peopleNamed } from './named-people';

const at = Date.UTC(2026, 9, 1);
const item = (effect: ItemEffect): WebhookItem => ({
  ...{ path: 'entry[0]', accountId: 'page', field: 'any', dedupKey: 'key', raw: {} },
  effect,
});
const scopeOf = (platform: 'whatsapp' | 'messenger' | 'instagram') => ({
  ...{ workspaceId: 'workspace', channelId: 'channel' },
  platform,
});
const named = (effect: ItemEffect, platform: Parameters<typeof scopeOf>[0] = 'whatsapp') =>
  peopleNamed(item(effect), scopeOf(platform)).map((person) =>
    person.map(({ scopeId, kind, value }) => `${scopeId} ${kind} ${value}`),
  );
const status = { kind: 'status', messageId: 'wamid.1', status: 'read', at } as const;
const comment = { kind: 'comment', commentId: '1', verb: 'add', live: false, at } as const;

describe('an item names', () => {
  it('the recipient of a status, by both ids', () => {
    expect(named({ ...status, customer: { waId: '34600', userId: 'ES.1' } })).toEqual([
      ['workspace wa_user_id ES.1', 'workspace wa_id 34600'],
    ]);
  });

  it('a message where it names nobody', () => {
    expect(named({ ...status, customer: {} })).toEqual([['channel message_id wamid.1']]);
  });

  it('who wrote in public, by id and username, and never the account itself', () => {
    const from = { id: '7', username: 'ana.l' };
    expect(named({ ...comment, from, own: false }, 'instagram')).toEqual([
      ['channel igsid 7', 'channel username ana.l'],
    ]);
    expect(named({ ...comment, from: { id: '7', name: 'Ana' }, own: false }, 'messenger')).toEqual([
      ['channel psid 7'],
    ]);
    expect(named({ ...comment, from: { id: 'page' }, own: true }, 'messenger')).toEqual([]);
    expect(named({ ...comment, own: false }, 'messenger')).toEqual([]);
  });

  it('somebody by the ids of before and after a change', () => {
    const change = { kind: 'identity_change', change: 'number', at } as const;
    expect(named({ ...change, customer: { waId: '2' }, previous: { waId: '1' } })).toEqual([
      ['workspace wa_id 2', 'workspace wa_id 1'],
    ]);
  });

  it('every member of a group on their own', () => {
    const group = { kind: 'group', at, added: [{ waId: '1' }], removed: [{ waId: '2' }], failed: [] } as const;
    expect(named(group as unknown as ItemEffect)).toEqual([['workspace wa_id 1'], ['workspace wa_id 2']]);
  });

  it('a lead, and whoever it is about while somebody else answers', () => {
    expect(named({ kind: 'lead', leadId: '44', at }, 'messenger')).toEqual([['channel lead_id 44']]);
    const told = { ...status, customer: { waId: '34600' } };
    expect(named({ kind: 'standby', told })).toEqual([['workspace wa_id 34600']]);
    expect(named({ kind: 'standby' })).toEqual([]);
    expect(named({ kind: 'notice' })).toEqual([]);
  });

  it('nobody by what an index might refuse', () => {
    expect(named({ ...comment, from: { id: '7'.repeat(201) }, own: false }, 'messenger')).toEqual([]);
    expect(named({ ...comment, from: { id: '7\0' }, own: false }, 'messenger')).toEqual([]);
  });
});
