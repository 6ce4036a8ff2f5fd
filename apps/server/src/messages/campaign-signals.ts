import { Injectable } from '@nestjs/common';

/** A message of a campaign whose state has moved. */
export interface MovedCampaignMessage {
  campaignId: string;
  messageId: string;
}

/** Somebody wrote whom a campaign was the last to write to. */
export interface CampaignAnswer {
  campaignId: string;
  contactId: string;
  at: Date;
}

/** Called in the transaction in which it happens: what is written belongs to it, and whoever fails undoes it all. */
export interface CampaignListener {
  moved(messages: readonly MovedCampaignMessage[]): Promise<void>;
  answered(answers: readonly CampaignAnswer[]): Promise<void>;
}

/** Tells whoever counts them what becomes of messages that campaigns wrote. */
@Injectable()
export class CampaignSignals implements CampaignListener {
  private listener?: CampaignListener;

  listen(listener: CampaignListener): void {
    this.listener = listener;
  }

  async moved(messages: readonly MovedCampaignMessage[]): Promise<void> {
    if (messages.length > 0) await this.listener?.moved(messages);
  }

  async answered(answers: readonly CampaignAnswer[]): Promise<void> {
    if (answers.length > 0) await this.listener?.answered(answers);
  }
}
