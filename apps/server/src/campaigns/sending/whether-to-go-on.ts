import type { CampaignReason } from '@switchboard/contracts';
import type { ChannelAccess, ChannelAccount } from '../../channels';
import type { CampaignRow } from '../campaign-row';

/** Something that concerns the whole campaign and not one recipient. */
export class CannotGoOn extends Error {
  constructor(readonly reason: CampaignReason) {
    super(reason.message);
  }
}

/** With these a campaign is slowed or pauses. */
const doubted: ReadonlySet<string | undefined> = new Set(['YELLOW', 'RED']);

/** What is kept of a channel is up to 2 s old: nothing is stopped or slowed before it was looked at again. */
export async function accountNow(access: ChannelAccess, channelId: string): Promise<ChannelAccount | undefined> {
  const kept = await access.account(channelId);
  return whyStopped(kept) || doubted.has(kept?.details.quality) ? access.currentAccount(channelId) : kept;
}

/** Nothing works on the channel until somebody acts. */
export function whyStopped(account: ChannelAccount | undefined): CampaignReason | undefined {
  if (account?.target && (account.status === 'connected' || account.status === 'reconnecting')) return undefined;
  const why = account
    ? (account.statusReason ?? `The channel ${account.name} is ${account.status}.`)
    : 'The channel does not exist any more.';
  return { code: 'channel_disconnected', message: `${why} Resume the campaign once the channel is connected.` };
}

/** Meta thinks less of the number than when the campaign began or went on: more of the same costs it its limits. */
export function worse({ qualityBefore }: CampaignRow, { details, name }: ChannelAccount): CampaignReason | undefined {
  if (details.quality !== 'RED' || qualityBefore === 'RED') return undefined;
  const message = `Meta rates the quality of ${name} RED now; people block or report what it sends. Look at the audience and the words before you resume.`;
  return { code: 'quality', message };
}

/** Values that the database refuses, a statement that is wrong, a mistake of ours: no matter of waiting. */
export const isOurs = (error: unknown): boolean =>
  error instanceof TypeError ||
  error instanceof RangeError ||
  /^(22|23|42)...$/.test(String((error as { code?: unknown }).code));

/** What keeps what is next from being sent is in it, or in this server: the same again would fail again. */
export function broken(error: Error): CampaignReason {
  return {
    code: 'internal',
    message: `What is next of it could not be sent: ${error.message} The log of the server says more.`,
  };
}
