/** Letters of scripts that are written without spaces: a word begins and ends anywhere among them. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const ofWord = /[\p{L}\p{N}\p{M}_]/u;
const around = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;
/** Of Latin, Greek and Cyrillic; vowel signs of Indian scripts are marks too, and change the word. */
const accents = /[\u0300-\u036f]/g;

/** Text as it is compared: without case and accents, each run of white space one space. At most `longest` characters are looked at. */
export function folded(text: string): string {
  return text.slice(0, longest).normalize('NFKD').replace(accents, '').toLowerCase().replace(/\s+/g, ' ').trim();
}

export const longest = 10_000;

/** Folded, and without punctuation before and behind; punctuation alone (an emoji) stays. */
export function bare(text: string): string {
  const whole = folded(text);
  return whole.replace(around, '') || whole;
}

/** Whether a folded keyword stands in a folded text as whole words. */
export function standsIn(text: string, keyword: string): boolean {
  if (keyword === '') return false;
  for (let at = text.indexOf(keyword); at !== -1; at = text.indexOf(keyword, at + 1)) {
    if (isEdge(text, at) && isEdge(text, at + keyword.length)) return true;
  }
  return false;
}

export function beginsWith(text: string, keyword: string): boolean {
  return keyword !== '' && text.startsWith(keyword) && isEdge(text, keyword.length);
}

/** Whether a word may begin or end between these two characters. */
function isEdge(text: string, at: number): boolean {
  const before = characterBefore(text, at);
  const after = at < text.length ? String.fromCodePoint(text.codePointAt(at)!) : '';
  if (!ofWord.test(before) || !ofWord.test(after)) return true;
  return unspaced.test(before) || unspaced.test(after);
}

function characterBefore(text: string, at: number): string {
  if (at === 0) return '';
  const low = text.charCodeAt(at - 1);
  const pair = low >= 0xdc00 && low <= 0xdfff && at > 1;
  return text.slice(pair ? at - 2 : at - 1, at);
}
