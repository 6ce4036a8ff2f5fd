import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ItemEffectsModule } from '../item-effects';
import { TemplateCheck } from './template-check.service';
import { TemplateEffects } from './template-effects.service';
import { TemplateNewsRepository } from './template-news.repository';
import { TemplateSyncRepository } from './template-sync.repository';
import { TemplateSync } from './template-sync.service';
import { TemplatesController } from './templates.controller';
import { TemplatesRepository } from './templates.repository';
import { Templates } from './templates.service';

/** WhatsApp's message templates. */
@Module({
  imports: [ChannelsModule, ItemEffectsModule],
  controllers: [TemplatesController],
  providers: [
    TemplateCheck,
    TemplateEffects,
    TemplateNewsRepository,
    TemplateSync,
    TemplateSyncRepository,
    Templates,
    TemplatesRepository,
  ],
  exports: [TemplateCheck],
})
export class TemplatesModule {}
