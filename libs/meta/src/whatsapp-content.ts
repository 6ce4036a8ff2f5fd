import type { AttachmentContent, MessageContent, MetaErrorContent } from './items';
import { asId, asList, asNumber, asObject, asText, type JsonObject } from './reading';

type ContentReader = (body: JsonObject, type: string) => MessageContent;

/** The types that are messages in a conversation, with how their body reads. That of `contacts` is a list. */
const readers = new Map<string, ContentReader>([
  ['text', (body) => ({ text: asText(body.body) })],
  ['image', media],
  ['video', media],
  ['audio', media],
  ['document', media],
  ['sticker', media],
  // History tells of media by this, and brings them later.
  ['media_placeholder', () => ({})],
  ['location', location],
  ['contacts', (body) => ({ structured: body })],
  ['interactive', interactive],
  [
    'button',
    (body) => ({ text: asText(body.text), reply: { payload: asText(body.payload), title: asText(body.text) } }),
  ],
  ['order', (body) => ({ text: asText(body.text), structured: body })],
  ['unsupported', (body) => ({ structured: body })],
  ['unknown', (body) => ({ structured: body })],
]);

/** Meta's word for what the message is; taken from the body it carries where the word is left out. */
export function typeOf(message: JsonObject): string | undefined {
  const type = asText(message.type);
  if (type !== undefined) return type;
  for (const known of readers.keys()) if (message[known] !== undefined) return known;
  return undefined;
}

/** What a message says, or `undefined` for a type that is no message in a conversation. */
export function contentOf(message: JsonObject, type: string | undefined): MessageContent | undefined {
  const read = type === undefined ? undefined : readers.get(type);
  if (type === undefined || read === undefined) return undefined;
  const body = message[type];
  const content = typeof body === 'object' && body !== null ? read(body as JsonObject, type) : {};
  if (message.referral !== undefined) content.referral = message.referral;
  if (message.context !== undefined) addContext(content, asObject(message.context));
  if (message.errors !== undefined) content.errors = errorsOf(message.errors);
  return content;
}

function addContext(content: MessageContent, context: JsonObject | undefined): void {
  if (context?.forwarded === true) content.forwarded = 'once';
  if (context?.frequently_forwarded === true) content.forwarded = 'often';
  const product = asObject(context?.referred_product);
  if (product === undefined) return;
  content.product = { catalogId: asId(product.catalog_id), retailerId: asId(product.product_retailer_id) };
}

export function errorsOf(errors: unknown): MetaErrorContent[] | undefined {
  const read: MetaErrorContent[] = [];
  for (const value of asList(errors)) {
    const error = asObject(value);
    if (error === undefined) continue;
    read.push({
      code: asNumber(error.code),
      subcode: asNumber(error.error_subcode),
      title: asText(error.title),
      message: asText(error.message),
      details: asText(asObject(error.error_data)?.details) ?? asText(error.details),
    });
  }
  return read.length === 0 ? undefined : read;
}

function media(body: JsonObject, type: string): MessageContent {
  const attachment: AttachmentContent = {
    type,
    id: asId(body.id),
    url: asText(body.url),
    mimeType: asText(body.mime_type),
    sha256: asText(body.sha256),
    filename: asText(body.filename),
    caption: asText(body.caption),
    voice: body.voice === true ? true : undefined,
  };
  return { attachments: [attachment] };
}

function location(body: JsonObject): MessageContent {
  const place: AttachmentContent = {
    type: 'location',
    url: asText(body.url),
    title: asText(body.name),
    caption: asText(body.address),
    latitude: asNumber(body.latitude),
    longitude: asNumber(body.longitude),
  };
  return { attachments: [place] };
}

function interactive(body: JsonObject): MessageContent {
  const picked = asObject(body.button_reply) ?? asObject(body.list_reply);
  if (picked !== undefined) {
    const title = asText(picked.title);
    return { text: title, reply: { payload: asId(picked.id), title, description: asText(picked.description) } };
  }
  const form = asObject(body.nfm_reply);
  if (form !== undefined) return { text: asText(form.body), reply: { title: asText(form.name) }, structured: form };
  return { structured: body };
}
