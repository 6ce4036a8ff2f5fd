import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { profileFields, readProfile } from '@switchboard/meta';
import { BackgroundReads } from '../../channels';
import { contactAudience } from '../contact-views';
import { type DueProfile, ProfilesRepository, type ReadProfile } from './profiles.repository';

/** Reads the profiles of those who have written: Messenger's and Instagram's webhooks carry no name. */
@Injectable()
export class ProfileReading implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: ProfilesRepository,
    private readonly recorder: EventRecorder,
    private readonly reads: BackgroundReads,
  ) {}

  onModuleInit(): void {
    this.reads.register<DueProfile, ReadProfile>({
      // Served by contact_profiles_due.
      queue: {
        name: 'profiles',
        table: 'contact_profiles',
        key: ['channel_id', 'customer'],
        returning: 'contact_profiles.channel_id as "channelId", contact_profiles.customer',
      },
      describe: ({ customer }) => `Profile ${customer}`,
      ask: ({ customer }, { platform }) => ({
        path: encodeURIComponent(customer),
        query: { fields: profileFields(platform) },
      }),
      understand: ({ channelId, customer }, body) => ({ channelId, customer, ...readProfile(body) }),
      keep: (read) => this.keep(read),
      // Not asked for again before they write another time, a week later.
      putOff: (unread) => this.repository.putOff(unread),
    });
  }

  private async keep(read: readonly ReadProfile[]): Promise<void> {
    await this.database.transaction(async () => {
      const named = await this.repository.name(read);
      await this.repository.keep(read);
      await this.recorder.record(
        named.map(({ workspaceId, ...contact }): NewEvent => {
          const audience = contactAudience({ workspaceId, id: contact.id });
          return { type: 'contact.updated', workspaceId, audience, data: { contact } };
        }),
      );
    });
  }
}
