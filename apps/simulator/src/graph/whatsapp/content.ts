import { Check, type Fields } from '../check';
import { GraphError } from '../errors';
import { checkInteractive } from './interactive';

const complaints = {
  missing: (name: string) => GraphError.of(131008, { details: `Parameter '${name}' is mandatory` }),
  wrong: (name: string, rule: string) => GraphError.of(131009, { details: `Parameter '${name}' ${rule}` }),
};
export const check = new Check(complaints);

/** Meta words the complaints about a call's own parameters, and about a text's length, differently. */
export const param = new Check({
  missing: (name) => GraphError.of(100, { message: `The parameter ${name} is required.` }),
  wrong: (name, rule) => GraphError.of(100, { message: `Param ${name} ${rule}` }),
});

export const types = [
  ...(['text', 'template', 'image', 'video', 'audio', 'document', 'sticker'] as const),
  ...(['location', 'contacts', 'interactive', 'reaction'] as const),
];
export type MessageType = (typeof types)[number];

/** Checks what `<type>` holds and names its kind: `text`, `voice`, `interactive/list`, … Templates are checked by their own rules. */
export function checkContent(
  type: MessageType,
  given: unknown,
  hasMedia: (id: string, type: MessageType) => boolean,
): string {
  switch (type) {
    case 'text':
      param.text(param.fields(given, 'text').body, "text['body']", { max: 4_096 });
      return type;
    case 'contacts':
      for (const card of check.list(given, 'contacts', { max: 257 })) checkCard(card);
      return type;
    case 'location': {
      const { latitude, longitude } = check.fields(given, 'location');
      check.number(latitude, 'latitude', { min: -90, max: 90 });
      check.number(longitude, 'longitude', { min: -180, max: 180 });
      return type;
    }
    case 'interactive':
      return checkInteractive(check.fields(given, 'interactive'));
    case 'template':
    case 'reaction':
      check.fields(given, type);
      return type;
    default:
      return checkMedia(type, check.fields(given, type), (id) => hasMedia(id, type));
  }
}

function checkMedia(
  type: MessageType,
  { id, link, caption, filename, voice }: Fields,
  hasMedia: (id: string) => boolean,
): string {
  if ((id === undefined) === (link === undefined)) {
    throw GraphError.of(131009, { details: `Exactly one of '${type}[id]' and '${type}[link]' is needed` });
  }
  if (link !== undefined) check.url(link, `${type}[link]`);
  else if (!hasMedia(check.text(id, `${type}[id]`, { max: 100 }))) {
    throw GraphError.of(131009, { details: `Media ID ${id} not found, or of a type that cannot be sent as ${type}` });
  }
  check.optionalText(filename, 'document[filename]', { max: 240 });
  if (caption === undefined) return voice === true ? 'voice' : type;
  if (type === 'audio' || type === 'sticker') throw complaints.wrong('caption', `is not allowed for ${type}`);
  check.text(caption, `${type}[caption]`, { max: 1_024, min: 0 });
  return type;
}

function checkCard(card: unknown): void {
  const { name, phones, emails } = check.fields(card, 'contacts[]');
  const { formatted_name, ...parts } = check.fields(name, 'contacts[name]');
  check.text(formatted_name, 'contacts[name][formatted_name]', { max: 256 });
  if (Object.keys(parts).length === 0) throw complaints.missing('contacts[name][first_name]');
  for (const list of [phones, emails])
    if (list !== undefined) check.list(list, 'contacts[phones]', { min: 0, max: 20 });
}
