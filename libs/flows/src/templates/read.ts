import { Kept } from '../kept';

/** `{{ expression | otherwise }}`; `otherwise` null where nothing is said instead. */
export interface Place {
  expression: string;
  otherwise: string | null;
}

/** A text as what stands in it; `open`: it has `{{` that nothing closes, which is read as text. */
export interface Template {
  parts: readonly (string | Place)[];
  open: boolean;
}

const kept = new Kept<Template>(2_000);

export function readTemplate(text: string): Template {
  return text.includes('{{') ? kept.of(text, readNew) : { parts: text === '' ? [] : [text], open: false };
}

/** The place that is all of the text; null where there is more, or none. */
export function onlyPlace({ parts }: Template): Place | null {
  const places = parts.filter((part) => typeof part !== 'string');
  const rest = parts.filter((part) => typeof part === 'string').join('');
  return places.length === 1 && rest.trim() === '' ? places[0]! : null;
}

function readNew(text: string): Template {
  const parts: (string | Place)[] = [];
  let from = 0;
  for (;;) {
    const begins = text.indexOf('{{', from);
    const found = begins === -1 ? null : placeAt(text, begins + 2);
    if (found === null) {
      if (from < text.length) parts.push(text.slice(from));
      return { parts, open: begins !== -1 };
    }
    if (begins > from) parts.push(text.slice(from, begins));
    parts.push(found.place);
    from = found.ends;
  }
}

/** Reads over texts in quotes and braces of objects, in which `}}` and `|` mean something else. */
function placeAt(text: string, begins: number): { place: Place; ends: number } | null {
  let quote = '';
  let depth = 0;
  for (let at = begins; at < text.length; at += 1) {
    const character = text[at]!;
    if (quote !== '') {
      if (character === '\\') at += 1;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === '{') {
      depth += 1;
    } else if (character === '}') {
      if (depth === 0 && text[at + 1] === '}') {
        return { place: { expression: text.slice(begins, at).trim(), otherwise: null }, ends: at + 2 };
      }
      depth -= 1;
    } else if (character === '|' && text[at + 1] === '|') {
      at += 1;
    } else if (character === '|') {
      const ends = text.indexOf('}}', at);
      if (ends === -1) return null;
      const place = { expression: text.slice(begins, at).trim(), otherwise: text.slice(at + 1, ends).trim() };
      return { place, ends: ends + 2 };
    }
  }
  return null;
}
