import type { MediaSource } from './content';

/** A WhatsApp template with the values for its variables. */
export interface TemplateContent {
  type: 'template';
  name: string;
  /** Meta's code: `en_US`, `pt_BR`, `fr`. */
  language: string;
  components?: TemplateComponent[];
}

export type TemplateComponent =
  | { type: 'header'; parameters: TemplateParameter[] }
  | { type: 'body'; parameters: TemplateParameter[] }
  | TemplateButton
  | { type: 'carousel'; cards: TemplateCard[] }
  /** When the offer ends, in milliseconds since the epoch. */
  | { type: 'limited_time_offer'; expiresAt: number };

export const templateButtonTypes = ['quick_reply', 'url', 'copy_code', 'flow', 'catalog', 'mpm', 'voice_call'] as const;
export type TemplateButtonType = (typeof templateButtonTypes)[number];

export interface TemplateButton {
  type: 'button';
  subType: TemplateButtonType;
  /** Place among the template's buttons, from 0. */
  index: number;
  parameters?: TemplateParameter[];
}

/** A card of a carousel, in the order of the list. */
export interface TemplateCard {
  components: Extract<TemplateComponent, { type: 'header' | 'body' | 'button' }>[];
}

export type TemplateParameter =
  /** `name` is needed where the template names its variables. On a URL button: what completes the URL. */
  | { type: 'text'; text: string; name?: string }
  | { type: 'currency'; fallback: string; code: string; amount1000: number; name?: string }
  | { type: 'date_time'; fallback: string; name?: string }
  | { type: 'image' | 'video'; media: MediaSource }
  | { type: 'document'; media: MediaSource; filename?: string }
  | { type: 'location'; latitude: number; longitude: number; name?: string; address?: string }
  | { type: 'product'; catalogId: string; productRetailerId: string }
  /** Comes back in the webhook when the quick reply is tapped. */
  | { type: 'payload'; payload: string }
  | { type: 'coupon_code'; couponCode: string }
  /** Of a flow, catalog or multi-product button. */
  | {
      type: 'action';
      flowToken?: string;
      flowActionData?: Readonly<Record<string, unknown>>;
      thumbnailProductRetailerId?: string;
      sections?: { title: string; productRetailerIds: string[] }[];
    };
