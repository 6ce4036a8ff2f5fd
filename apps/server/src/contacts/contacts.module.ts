import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { AttributesController } from './attributes/attributes.controller';
import { AttributesRepository } from './attributes/attributes.repository';
import { ContactAttributes } from './attributes/attributes.service';
import { ConsentsController } from './consents/consents.controller';
import { ConsentsRepository } from './consents/consents.repository';
import { ContactConsents } from './consents/contact-consents.service';
import { ContactBook } from './contact-book.service';
import { ContactDirectory } from './contact-directory.service';
import { ContactRecordsRepository } from './contact-records.repository';
import { ContactsController } from './contacts.controller';
import { ContactsGateway } from './contacts.gateway';
import { ContactsRepository } from './contacts.repository';
import { ContactLinks } from './merging/contact-links.service';
import { ContactMerging } from './merging/contact-merging.service';
import { ConversationMoves } from './merging/conversation-moves.repository';
import { LinksRepository } from './merging/links.repository';
import { MergesController } from './merging/merges.controller';
import { MergesRepository } from './merging/merges.repository';
import { ItemContactsRepository } from './personal-data/item-contacts.repository';
import { ContactSegments } from './segments/contact-segments.service';
import { SegmentsController } from './segments/segments.controller';
import { SegmentsRepository } from './segments/segments.repository';
import { TagsController } from './tags/tags.controller';
import { TagsRepository } from './tags/tags.repository';
import { ContactTags } from './tags/tags.service';

@Module({
  imports: [ChannelsModule],
  controllers: [
    AttributesController,
    ConsentsController,
    ContactsController,
    MergesController,
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
    ContactLinks,
    ContactMerging,
    ContactRecordsRepository,
    ContactSegments,
    ContactTags,
    ContactsGateway,
    ContactsRepository,
    ConversationMoves,
    ItemContactsRepository,
    LinksRepository,
    MergesRepository,
    SegmentsRepository,
    TagsRepository,
  ],
  exports: [ContactConsents, ContactDirectory, ContactSegments],
})
export class ContactsModule {}
