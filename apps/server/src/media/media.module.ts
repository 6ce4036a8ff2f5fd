import { Module } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { ChannelsModule } from '../channels';
import { InboundMediaRepository } from './inbound/inbound-media.repository';
import { InboundMedia } from './inbound/inbound-media.service';
import { MediaDownload } from './inbound/media-download';
import { MediaFetchProcessor } from './inbound/media-fetch.processor';
import { MediaFetch } from './inbound/media-fetch.service';
import { MediaRepository } from './media.repository';
import { Media } from './media.service';
import { MediaRetention } from './media-retention.service';
import { MediaUrls } from './media-urls';
import { MediaViews } from './media-views';
import { MediaForSending } from './sending/media-for-sending.service';
import { MediaUploader } from './sending/media-uploader';
import { PlatformMediaRepository } from './sending/platform-media.repository';
import { MediaFilesController } from './serving/media-files.controller';
import { MEDIA_STORAGE } from './storage/media-storage';
import { openMediaStorage } from './storage/open-storage';
import { MediaController } from './uploads/media.controller';
import { MediaUploads } from './uploads/media-uploads.service';

/** Files: those that customers send, those that are uploaded to be sent, and their URLs. */
@Module({
  imports: [ChannelsModule],
  controllers: [MediaController, MediaFilesController],
  providers: [
    { provide: MEDIA_STORAGE, inject: [APP_CONFIG], useFactory: (config: AppConfig) => openMediaStorage(config) },
    InboundMedia,
    InboundMediaRepository,
    Media,
    MediaDownload,
    MediaFetch,
    MediaFetchProcessor,
    MediaForSending,
    MediaRepository,
    MediaRetention,
    MediaUploader,
    MediaUploads,
    MediaUrls,
    MediaViews,
    PlatformMediaRepository,
  ],
  exports: [InboundMedia, Media, MediaForSending, MediaViews],
})
export class MediaModule {}
