import { type CampaignData, type CampaignReason, type RoomName, rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import type { CampaignRow } from './campaign-row';
import { countsOf, failuresOf, type Tally } from './progress/tally';

type Told = Pick<CampaignRow, 'id' | 'workspaceId' | 'channelId' | 'name' | 'status'>;

export const campaignAudience = ({ id, workspaceId, channelId }: Told): RoomName[] => [
  rooms.workspace(workspaceId),
  rooms.channel(channelId),
  rooms.campaign(id),
];

/** @param ratePerSecond messages that left in a second, lately */
export function campaignData(campaign: Told, tally: Tally, ratePerSecond = 0): CampaignData {
  const { id: campaignId, channelId, name, status } = campaign;
  const counts = countsOf(tally);
  const rate = status === 'running' ? ratePerSecond : 0;
  return {
    ...{ campaignId, channelId, name, status, counts, failures: failuresOf(tally) },
    ratePerSecond: Math.round(rate * 10) / 10,
    etaSeconds: rate > 0 ? Math.ceil((counts.pending + counts.queued) / rate) : null,
  };
}

type Plain =
  | 'campaign.started'
  | 'campaign.progressed'
  | 'campaign.resumed'
  | 'campaign.completed'
  | 'campaign.cancelled';

export function campaignEvent(type: Plain, campaign: Told, tally: Tally, ratePerSecond = 0): NewEvent {
  const { workspaceId } = campaign;
  return {
    type,
    workspaceId,
    audience: campaignAudience(campaign),
    data: campaignData(campaign, tally, ratePerSecond),
  };
}

export function stoppedEvent(
  type: 'campaign.paused' | 'campaign.failed',
  campaign: Told,
  tally: Tally,
  reason: CampaignReason,
): NewEvent {
  const data = { ...campaignData(campaign, tally), reason };
  return { type, workspaceId: campaign.workspaceId, audience: campaignAudience(campaign), data };
}

export function scheduledEvent(campaign: Told, startsAt: Date): NewEvent {
  const data = { ...campaignData(campaign, {}), startsAt: startsAt.toISOString() };
  return { type: 'campaign.scheduled', workspaceId: campaign.workspaceId, audience: campaignAudience(campaign), data };
}
