import { ExpressionError, TooMuchWork } from '../expressions/errors';
import { evaluate, fullAllowance } from '../expressions/expression';
import { type Allowance, asText, spendOn } from '../expressions/values';
import { onlyPlace, type Place, readTemplate } from './read';
import { markedSecret, secretOf, withoutMarks } from './secrets';

/** Texts of content as they are sent: each value on one line, as Meta wants it in a template's parameters. */
export function renderContent(content: unknown, scope: object, allowance = fullAllowance()): unknown {
  return mapTexts(content, (text) => renderText(text, scope, allowance));
}

/** Text with each value on one line. */
export function renderText(text: string, scope: object, allowance = fullAllowance()): string {
  return filled(text, (place) => onOneLine(said(place, scope, allowance)));
}

/** A header or other text of a request: on one line, with the places of secrets marked. */
export function renderHeader(text: string, scope: object, allowance = fullAllowance()): string {
  return withPlaces(text, (place) => onOneLine(said(place, scope, allowance)));
}

/** Values are percent-encoded, so that none of them is more than the part of the address it stands in; nor does one lead a part up. */
export function renderUrl(url: string, scope: object, allowance = fullAllowance()): string {
  const made = withPlaces(url, (place) => encodeURIComponent(said(place, scope, allowance).toWellFormed()));
  const [path] = made.split(/[?#]/);
  if (made !== url && /\/\.{1,2}(?:\/|$)/.test(path!))
    throw new ExpressionError('a value in it is "." or "..", which leads elsewhere');
  return made;
}

/** JSON of a request. A text that is one template alone becomes its value, whatever its type. */
export function renderBody(body: unknown, scope: object, allowance = fullAllowance()): unknown {
  return mapTexts(body, (text) => {
    const only = onlyPlace(readTemplate(text));
    if (only === null || secretOf(only) !== null) return withPlaces(text, (place) => said(place, scope, allowance));
    return unmarked(valueIn(only, scope, allowance));
  });
}

function withPlaces(text: string, say: (place: Place) => string): string {
  const made = filled(
    text,
    (place) => {
      const secret = secretOf(place);
      return secret === null ? withoutMarks(say(place)) : markedSecret(secret);
    },
    withoutMarks,
  );
  return made;
}

function filled(text: string, say: (place: Place) => string, keep = (words: string): string => words): string {
  if (!text.includes('{{')) return keep(text);
  return readTemplate(text)
    .parts.map((part) => (typeof part === 'string' ? keep(part) : say(part)))
    .join('');
}

/** Throws where it has no value and nothing is said instead. */
function said(place: Place, scope: object, allowance: Allowance): string {
  const text = asText(valueIn(place, scope, allowance));
  spendOn(allowance, text ?? '');
  if (text !== null && text.trim() !== '') return text;
  if (place.otherwise !== null) return place.otherwise;
  throw new ExpressionError(
    `"${place.expression}" has no value, and nothing is said instead (as in {{ ${place.expression} | … }})`,
  );
}

function valueIn({ expression, otherwise }: Place, scope: object, allowance: Allowance): unknown {
  try {
    return evaluate(expression, scope, allowance) ?? otherwise;
  } catch (error) {
    if (otherwise !== null && error instanceof ExpressionError && !(error instanceof TooMuchWork)) return otherwise;
    throw new ExpressionError(`"${expression}": ${(error as Error).message}`);
  }
}

const onOneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();

function unmarked(value: unknown): unknown {
  return mapTexts(value, withoutMarks);
}

function mapTexts(value: unknown, map: (text: string) => unknown): unknown {
  if (typeof value === 'string') return map(value);
  if (Array.isArray(value)) return value.map((one) => mapTexts(one, map));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, map)]));
}
