import type { Expected } from '../definition';
import type { Arrival } from '../machine';
import { bare, folded } from '../words/fold';
import { hasMatch } from '../words/patterns';
import { attachmentsOf, fileIn, locationIn } from './attachments';
import { dateIn } from './dates';
import { emailIn, numberIn, phoneIn } from './values';

export type Message = Extract<Arrival, { kind: 'message' }>;

/** `reason`: in a few words, for the history of the execution. */
export type Accepted = { ok: true; answer: unknown } | { ok: false; reason: string };

/** Whether a message answers the question, and with what. */
export function accept(expected: Expected, message: Message): Accepted {
  const text = (message.text ?? '').trim();
  switch (expected.as) {
    case 'any': {
      const { type, payload, content } = message;
      return yes({ type, text: message.text, payload, content });
    }
    case 'text':
      return acceptText(expected, text);
    case 'number':
      return acceptNumber(expected, text);
    case 'email':
      return known(emailIn(text), 'no e-mail address');
    case 'phone':
      return known(phoneIn(text), 'no phone number');
    case 'date':
      return known(dateIn(text), 'no date');
    case 'location':
      return known(locationIn(attachmentsOf(message.content)), 'no location');
    case 'file':
      return known(
        fileIn(attachmentsOf(message.content), expected.types),
        `no ${(expected.types ?? ['file']).join(' or ')}`,
      );
    case 'choice':
      return known(chosen(expected.of, message), 'none of the choices');
  }
}

const yes = (answer: unknown): Accepted => ({ ok: true, answer });
const no = (reason: string): Accepted => ({ ok: false, reason });
const known = (answer: unknown, otherwise: string): Accepted => (answer === null ? no(otherwise) : yes(answer));

function acceptText({ least = 1, most, pattern }: Extract<Expected, { as: 'text' }>, text: string): Accepted {
  const length = [...text].length;
  if (text === '') return no('no text');
  if (length < least) return no(`shorter than ${least} characters`);
  if (most !== undefined && length > most) return no(`longer than ${most} characters`);
  if (pattern !== undefined && !hasMatch(pattern, text)) return no('not of the pattern');
  return yes(text);
}

function acceptNumber({ least, most, whole }: Extract<Expected, { as: 'number' }>, text: string): Accepted {
  const number = numberIn(text, whole === true);
  if (number === null) return no('no number');
  if (whole === true && !Number.isSafeInteger(number)) return no('no whole number');
  if (least !== undefined && number < least) return no(`less than ${least}`);
  if (most !== undefined && number > most) return no(`more than ${most}`);
  return yes(number);
}

function chosen(choices: { id: string; words: string[] }[], { text, payload }: Message): string | null {
  const byId = choices.find(({ id }) => id === payload);
  if (byId !== undefined) return byId.id;
  if (text === null) return null;
  const [whole, said] = [folded(text), bare(text)];
  const named = choices.find(
    ({ id, words }) => folded(id) === whole || words.some((word) => bare(word) === said || folded(word) === whole),
  );
  return named?.id ?? null;
}
