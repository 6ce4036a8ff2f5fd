import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { ItemEffectsModule } from '../item-effects';
import { MentionReading } from './mention-reading.service';
import { MentionsController } from './mentions.controller';
import { MentionsRepository } from './mentions.repository';
import { Mentions } from './mentions.service';

/** Where pages and Instagram accounts are mentioned, and what it says there. */
@Module({
  imports: [ChannelsModule, ContactsModule, ItemEffectsModule],
  controllers: [MentionsController],
  providers: [MentionReading, Mentions, MentionsRepository],
})
export class MentionsModule {}
