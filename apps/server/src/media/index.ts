export { InboundMedia } from './inbound/inbound-media.service';
export { MediaModule } from './media.module';
export { type ErasedMedia, Media } from './media.service';
export { MediaViews } from './media-views';
export { MediaForSending, MediaNotSendable } from './sending/media-for-sending.service';
