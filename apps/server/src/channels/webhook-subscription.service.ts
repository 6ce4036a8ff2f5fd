import { Injectable } from '@nestjs/common';
import { GraphError, readSubscription, subscribedFields } from '@switchboard/meta';
import type { ChannelAccount } from './channel-access.service';
import { ChannelGraph } from './channel-graph.service';
import { ChannelsRepository } from './channels.repository';

const timeoutMs = 10_000;

/** Tells Meta to post an account's webhooks to its app, and no longer. */
@Injectable()
export class WebhookSubscription {
  constructor(
    private readonly graph: ChannelGraph,
    private readonly channels: ChannelsRepository,
  ) {}

  /** Safe to repeat. @throws GraphError */
  async make(account: ChannelAccount): Promise<void> {
    const node = nodeOf(account);
    // A number whose business account nobody has named is subscribed by whoever set it up.
    if (node === undefined) return;
    const path = `${encodeURIComponent(node)}/subscribed_apps`;
    if (account.platform === 'whatsapp') {
      await this.graph.call(account, { method: 'POST', path, timeoutMs });
      return;
    }
    // Naming fields replaces those subscribed before, and a page may serve two channels, or another use of the app.
    const { body } = await this.graph.call(account, { method: 'GET', path, timeoutMs });
    const known = readSubscription(body, account.appId) ?? [];
    const choices = subscribedFields(account.platform, account.login);
    for (const [index, fields] of choices.entries()) {
      const wanted = [...new Set([...known, ...fields])].join(',');
      try {
        await this.graph.call(account, { method: 'POST', path, query: { subscribed_fields: wanted }, timeoutMs });
        return;
      } catch (error) {
        if (index === choices.length - 1 || !mayDoWithLess(error)) throw error;
      }
    }
  }

  /** False where another channel lives by the same subscription, which stays. @throws GraphError */
  async remove(account: ChannelAccount, metaAppId: string): Promise<boolean> {
    const node = nodeOf(account);
    if (node === undefined) return false;
    const { id, platform, businessAccountId, externalId, details } = account;
    const named = platform === 'whatsapp' ? businessAccountId : (details.pageId ?? externalId);
    const accounts = named === null ? [] : [named];
    if (await this.channels.sharesSubscription({ id, metaAppId, accounts })) return false;
    const path = `${encodeURIComponent(node)}/subscribed_apps`;
    await this.graph.call(account, { method: 'DELETE', path, timeoutMs });
    return true;
  }
}

/** What is subscribed: a business account, a page, or an Instagram account with a login of its own. */
function nodeOf({ platform, login, externalId, businessAccountId, details }: ChannelAccount): string | undefined {
  if (platform === 'whatsapp') return businessAccountId ?? undefined;
  if (platform === 'messenger') return externalId;
  return login === 'instagram' ? 'me' : details.pageId;
}

const mayDoWithLess = (error: unknown): boolean =>
  error instanceof GraphError && (error.errorClass === 'permission' || error.errorClass === 'invalid');
