import { Injectable, type OnModuleInit } from '@nestjs/common';
import { noSuch } from '../../rest';

import { PersonalDataSources } from '../personal-data/personal-data-sources';
import { ProfilesRepository, type StoredProfile } from './profiles.repository';

/** What Messenger and Instagram told of contacts. */
@Injectable()
export class ContactProfiles implements OnModuleInit {
  constructor(
    private readonly repository: ProfilesRepository,
    private readonly sources: PersonalDataSources,
  ) {}

  onModuleInit(): void {
    const { repository } = this;
    this.sources.register({
      name: 'profiles',
      async *read({ workspaceId, values }) {
        yield* await repository.ofCustomers(workspaceId, values);
      },
      erase: ({ workspaceId, values }) => repository.erase(workspaceId, values),
    });
  }

  /** @throws NotFoundException */
  async of(workspaceId: string, contactId: string): Promise<StoredProfile[]> {
    if (await this.repository.hasContact(workspaceId, contactId)) return this.repository.of(workspaceId, contactId);
    throw noSuch('contact');
  }
}
