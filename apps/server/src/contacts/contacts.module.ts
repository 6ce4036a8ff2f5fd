import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ItemEffectsModule } from '../item-effects';
import { AttributesController } from './attributes/attributes.controller';
import { AttributesRepository } from './attributes/attributes.repository';
import { ContactAttributes } from './attributes/attributes.service';
import { ConsentsController } from './consents/consents.controller';
import { ConsentsRepository } from './consents/consents.repository';
import { ContactConsents } from './consents/contact-consents.service';
import { CustomerPreferences } from './consents/preferences.service';
import { ContactBook } from './contact-book.service';
import { ContactDirectory } from './contact-directory.service';
import { ContactExportController } from './contact-export.controller';
import { ContactRecordsRepository } from './contact-records.repository';
import { ContactsController } from './contacts.controller';
import { ContactsGateway } from './contacts.gateway';
import { ContactsRepository } from './contacts.repository';
import { IdentityChanges } from './identity-changes.service';
import { ImportProcessor } from './imports/import.processor';
import { ImportBatch } from './imports/import-batch.service';
import { ImportFiles } from './imports/import-files.service';
import { ImportWorkRepository } from './imports/import-work.repository';
import { ImportedContactsRepository } from './imports/imported-contacts.repository';
import { Importer } from './imports/importer.service';
import { ImportsController } from './imports/imports.controller';
import { ImportsRepository } from './imports/imports.repository';
import { ContactImports } from './imports/imports.service';
import { ContactLinks } from './merging/contact-links.service';
import { ContactMerging } from './merging/contact-merging.service';
import { ConversationMoves } from './merging/conversation-moves.repository';
import { LinksRepository } from './merging/links.repository';
import { MergesController } from './merging/merges.controller';
import { MergesRepository } from './merging/merges.repository';
import { ContactErasure } from './personal-data/contact-erasure.service';
import { ErasedPeople } from './personal-data/erased-people.service';
import { ErasuresRepository } from './personal-data/erasures.repository';
import { ItemContactsRepository } from './personal-data/item-contacts.repository';
import { ItemErasure } from './personal-data/item-erasure.service';
import { ItemPeople } from './personal-data/item-people.service';
import { PersonalDataController } from './personal-data/personal-data.controller';
import { PersonalDataRepository } from './personal-data/personal-data.repository';
import { PersonalDataCopy } from './personal-data/personal-data-copy.service';
import { PersonalDataSources } from './personal-data/personal-data-sources';
import { PersonalItemsRepository } from './personal-data/personal-items.repository';
import { ContactProfiles } from './profiles/contact-profiles.service';
import { ProfileReading } from './profiles/profile-reading.service';
import { ProfilesController } from './profiles/profiles.controller';
import { ProfilesRepository } from './profiles/profiles.repository';
import { ContactSegments } from './segments/contact-segments.service';
import { SegmentsController } from './segments/segments.controller';
import { SegmentsRepository } from './segments/segments.repository';
import { TagsController } from './tags/tags.controller';
import { TagsRepository } from './tags/tags.repository';
import { ContactTags } from './tags/tags.service';

@Module({
  imports: [ChannelsModule, ItemEffectsModule],
  controllers: [
    AttributesController,
    ConsentsController,
    ContactExportController,
    ContactsController,
    ImportsController,
    MergesController,
    PersonalDataController,
    ProfilesController,
    SegmentsController,
    TagsController,
  ],
  providers: [
    AttributesRepository,
    ConsentsRepository,
    ContactAttributes,
    ContactBook,
    ContactConsents,
    ContactDirectory,
    ContactErasure,
    ContactImports,
    ContactLinks,
    ContactMerging,
    ContactRecordsRepository,
    ContactSegments,
    ContactTags,
    ContactsGateway,
    ContactsRepository,
    ConversationMoves,
    CustomerPreferences,
    ErasedPeople,
    ErasuresRepository,
    IdentityChanges,
    ImportBatch,
    ImportFiles,
    ImportProcessor,
    ImportWorkRepository,
    ImportedContactsRepository,
    Importer,
    ImportsRepository,
    ItemContactsRepository,
    ItemErasure,
    ItemPeople,
    LinksRepository,
    MergesRepository,
    PersonalDataCopy,
    PersonalDataRepository,
    PersonalDataSources,
    PersonalItemsRepository,
    ContactProfiles,
    ProfileReading,
    ProfilesRepository,
    SegmentsRepository,
    TagsRepository,
  ],
  exports: [
    ContactBook,
    ContactConsents,
    ContactDirectory,
    ContactImports,
    ContactSegments,
    ErasedPeople,
    IdentityChanges,
    ItemErasure,
    ItemPeople,
    PersonalDataSources,
  ],
})
export class ContactsModule {}
