import type { MediaSource } from './content';

/** What stands above the text. Lists and product lists take text only. */
export type Header =
  | { type: 'text'; text: string }
  | { type: 'image' | 'video'; media: MediaSource }
  | { type: 'document'; media: MediaSource; filename?: string };

/** `id` comes back in the webhook when the button is tapped (Messenger and Instagram call it payload). */
export type Button =
  | { type: 'reply'; id: string; title: string }
  | { type: 'url'; url: string; title: string }
  | { type: 'phone'; phone: string; title: string };

/** WhatsApp's reply buttons; Messenger's and Instagram's button template. */
export interface ButtonsContent {
  type: 'buttons';
  text: string;
  header?: Header;
  footer?: string;
  buttons: Button[];
}

export interface ListContent {
  type: 'list';
  text: string;
  header?: Header;
  footer?: string;
  /** The label that opens the list. */
  button: string;
  sections: ListSection[];
}

export interface ListSection {
  title?: string;
  rows: { id: string; title: string; description?: string }[];
}

/** A button that opens a URL. */
export interface CtaUrlContent {
  type: 'cta_url';
  text: string;
  header?: Header;
  footer?: string;
  button: string;
  url: string;
}

/** A button that opens a WhatsApp Flow, named by `flowId` or `flowName`. */
export interface FlowContent {
  type: 'flow';
  text: string;
  header?: Header;
  footer?: string;
  button: string;
  flowId?: string;
  flowName?: string;
  /** Comes back with the answers. */
  flowToken?: string;
  mode?: 'draft' | 'published';
  action?: 'navigate' | 'data_exchange';
  /** First screen, for `navigate`. */
  screen?: string;
  /** Input of the first screen. */
  data?: Readonly<Record<string, unknown>>;
}

export interface ProductContent {
  type: 'product';
  text?: string;
  footer?: string;
  catalogId: string;
  productRetailerId: string;
}

export interface ProductListContent {
  type: 'product_list';
  header: Header;
  text: string;
  footer?: string;
  catalogId: string;
  sections: { title?: string; productRetailerIds: string[] }[];
}

/** Asks the customer for where they are. */
export interface LocationRequestContent {
  type: 'location_request';
  text: string;
}
