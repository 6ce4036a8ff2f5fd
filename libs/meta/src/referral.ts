import type { Referral } from './items';
import { asId, asObject, asText } from './reading';

/** WhatsApp's `referral` of a click-to-WhatsApp advertisement or post. */
export function whatsAppReferral(value: unknown): Referral | undefined {
  const referral = asObject(value);
  if (referral === undefined) return undefined;
  return {
    source: asText(referral.source_type),
    adId: asId(referral.source_id),
    clickId: asText(referral.ctwa_clid),
    url: asText(referral.source_url),
    headline: asText(referral.headline),
    body: asText(referral.body),
    mediaType: asText(referral.media_type),
    mediaUrl: asText(referral.image_url) ?? asText(referral.video_url) ?? asText(referral.thumbnail_url),
  };
}

/** The `referral` of Messenger and Instagram: of a link, an advertisement, a plugin. */
export function messagingReferral(value: unknown): Referral | undefined {
  const referral = asObject(value);
  if (referral === undefined) return undefined;
  const ad = asObject(referral.ads_context_data);
  return {
    source: asText(referral.source),
    type: asText(referral.type),
    ref: asText(referral.ref),
    adId: asId(referral.ad_id),
    url: asText(referral.referer_uri),
    headline: asText(ad?.ad_title),
    mediaUrl: asText(ad?.photo_url) ?? asText(ad?.video_url),
  };
}
