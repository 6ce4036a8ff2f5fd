import { Injectable } from '@nestjs/common';
import { type ChannelAlertData, type Platform, rooms } from '@switchboard/contracts';
import { EventRecorder } from '@switchboard/events';

/** Tells the people of a workspace of something about a channel that wants their attention. */
@Injectable()
export class ChannelAlerts {
  constructor(private readonly recorder: EventRecorder) {}

  /** Inside a transaction, as its last statement. */
  async tell(
    { id: channelId, platform, workspaceId }: { id: string; platform: Platform; workspaceId: string },
    alert: Omit<ChannelAlertData, 'channelId' | 'platform'>,
  ): Promise<void> {
    await this.recorder.record([
      {
        type: 'channel.alert',
        workspaceId,
        audience: [rooms.workspace(workspaceId), rooms.channel(channelId)],
        data: { channelId, platform, ...alert },
      },
    ]);
  }
}
