import type { WebhookItem } from '@switchboard/meta';
import type { IncomingItem } from './incoming-item';
import { Ownership } from './ownership';

const channel = {
  id: 'channel',
  workspaceId: 'workspace',
  platform: 'whatsapp' as const,
  externalId: '106',
  businessAccountId: '900',
  metaAppId: 'app',
};
const item = (change: Partial<IncomingItem> = {}): IncomingItem => ({
  id: 'item',
  dedupKey: 'key',
  deliveryId: 1,
  metaAppId: 'app',
  receivedAt: new Date(0),
  path: 'entry[0]',
  platform: 'whatsapp',
  accountId: '106',
  businessAccountId: '900',
  field: 'messages',
  kind: 'message',
  raw: '{}',
  item: {} as WebhookItem,
  ...change,
});
const ownership = new Ownership([channel]);

describe('whose an item is', () => {
  it("is the channel's of its account", () => {
    expect(ownership.settle(item())).toMatchObject({
      state: 'processed',
      workspaceId: 'workspace',
      channelId: 'channel',
    });
  });

  it("is the channel's of its business account where Meta names no number", () => {
    expect(ownership.settle(item({ accountId: null, field: 'account_update' }))).toMatchObject({
      state: 'processed',
      channelId: 'channel',
    });
  });

  it('is nobody’s when another Meta app’s secret signed it', () => {
    expect(ownership.settle(item({ metaAppId: 'other' }))).toMatchObject({
      state: 'quarantined',
      workspaceId: null,
      channelId: null,
      reason: expect.stringContaining('another Meta app'),
    });
  });

  it('waits for a channel that is not registered yet, and says how to register it', () => {
    expect(ownership.settle(item({ accountId: '107' }))).toMatchObject({
      state: 'unowned',
      workspaceId: null,
      reason: expect.stringContaining('POST /v1/channels'),
    });
  });

  it('is the channel’s even when it could not be read, so that its workspace sees it in quarantine', () => {
    expect(ownership.settle(item({ item: undefined, reason: 'no id' }))).toMatchObject({
      state: 'quarantined',
      workspaceId: 'workspace',
      reason: 'no id',
    });
  });

  it('does not confuse platforms: the same id elsewhere is another account', () => {
    expect(ownership.settle(item({ platform: 'messenger' })).state).toBe('unowned');
  });
});
