import { Injectable, Logger } from '@nestjs/common';
import { GraphError } from '@switchboard/meta';
import { ChannelAccess, type ChannelAccount, ChannelGraph, inboxNode } from '../../channels';
import { Outcomes } from './outcomes.service';
import { type UnknownMessage, UnsettledRepository } from './unsettled.repository';

/** Meta allows two reads of conversations a second and account; every 2 s no more than this are made of all. */
const most = 4;
/** Meta's clock and ours need not agree, and a message stands in its history when it was taken, not when we asked. */
const clockSkewMs = 60_000;

interface ListedMessage {
  id?: unknown;
  message?: unknown;
  created_time?: unknown;
  from?: { id?: unknown };
}

/**
 * Searches the history that Messenger and Instagram keep for messages whose outcome is unknown. Meta's history does not say what we called
 * a message: one by the account, of the same text, not older than our call and not known here as another, is it, where there is only
 * one.
 */
@Injectable()
export class UnknownLookup {
  private readonly logger = new Logger(UnknownLookup.name);

  constructor(
    private readonly unsettled: UnsettledRepository,
    private readonly outcomes: Outcomes,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
  ) {}

  async run(): Promise<number> {
    let found = 0;
    for (const unknown of await this.unsettled.toLookUp(most)) {
      const platformMessageId = await this.find(unknown).catch((error: unknown) => {
        if (!(error instanceof GraphError)) throw error;
        this.logger.warn(
          `Whether Meta has message ${unknown.messageId} could not be looked up (${error.message}); it stays unknown for now.`,
        );
        return undefined;
      });
      if (platformMessageId === undefined) continue;
      const { messageId, channelId, contactId, rate } = unknown;
      await this.outcomes.apply([
        { messageId, channelId, contactId, rate, outcome: { kind: 'sent', platformMessageId } },
      ]);
      found += 1;
    }
    return found;
  }

  private async find(unknown: UnknownMessage): Promise<string | undefined> {
    const account = await this.access.account(unknown.channelId);
    const customer = unknown.request.to.userId;
    if (!account?.target || customer === undefined) return undefined;
    const { body } = await this.graph.call<{ data?: { messages?: { data?: ListedMessage[] } }[] }>(account, {
      method: 'GET',
      path: `${encodeURIComponent(inboxNode(account))}/conversations`,
      query: {
        platform: account.platform,
        user_id: customer,
        fields: 'messages.limit(20){id,message,created_time,from}',
      },
      timeoutMs: 10_000,
    });
    const since = unknown.sentAt.getTime() - clockSkewMs;
    const candidates = (body.data ?? [])
      .flatMap(({ messages }) => messages?.data ?? [])
      .filter((one) => isOurs(one, account) && Date.parse(String(one.created_time)) >= since)
      .filter(({ message }) => String(message ?? '') === (unknown.text ?? ''))
      .map(({ id }) => String(id));
    const known = await this.unsettled.known(account.id, candidates);
    const unclaimed = candidates.filter((id) => !known.has(id));
    // Asked after the history: what it lists may be another of the same words that is being sent now.
    if (unclaimed.length !== 1 || (await this.unsettled.hasTwin(unknown))) return undefined;
    return unclaimed[0];
  }
}

function isOurs({ id, from }: ListedMessage, account: ChannelAccount): boolean {
  return typeof id === 'string' && [account.externalId, inboxNode(account)].includes(String(from?.id));
}
