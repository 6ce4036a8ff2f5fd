import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { type DataSubject, PersonalDataSources } from '../contacts';
import { ConversionsRepository } from './conversions/conversions.repository';

/** What campaigns keep of a person: that they were a recipient, why it failed, and what they did since. The counts stay. */
@Injectable()
export class CampaignData implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly conversions: ConversionsRepository,
    private readonly sources: PersonalDataSources,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      name: 'campaigns',
      read: (subject) => this.read(subject),
      erase: (subject) => this.erase(subject),
    });
    this.sources.register({
      name: 'conversions',
      read: (subject) => this.readConversions(subject),
      erase: ({ workspaceId, contactIds }) => this.conversions.erase(workspaceId, contactIds),
    });
  }

  /** Served by campaign_recipients_contact. */
  private async *read({ workspaceId, contactIds }: DataSubject): AsyncIterable<unknown> {
    const { rows } = await this.database.query(
      `select r.campaign_id as "campaignId", c.name, r.state, r.reason, r.message_id as "messageId", r.queued_at as "queuedAt", r.row, r.error,
              r.replied_at as "repliedAt"
         from campaign_recipients r join campaigns c on c.id = r.campaign_id
        where r.workspace_id = $1 and r.contact_id = any($2::uuid[]) order by r.campaign_id`,
      [workspaceId, contactIds],
    );
    yield* rows;
  }

  private async *readConversions({ workspaceId, contactIds }: DataSubject): AsyncIterable<unknown> {
    yield* await this.conversions.ofContacts(workspaceId, contactIds);
  }

  private async erase({ workspaceId, contactIds }: DataSubject): Promise<void> {
    await this.database.query(
      `update campaign_recipients set error = null, time_zone = null, row = null, phone_prefix = null where workspace_id = $1 and contact_id = any($2::uuid[])`,
      [workspaceId, contactIds],
    );
  }
}
