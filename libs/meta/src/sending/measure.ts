/**
 * Lengths as Meta counts them. Meta's pages say "characters" without defining them; counted are Unicode code points, the
 * smallest of the readings: what is refused here, Meta would refuse as well. UTF-16 units would refuse a text of emoji
 * at half its allowed length. Instagram's text is the exception, stated in bytes of UTF-8.
 */
export type LengthUnit = 'characters' | 'bytes';

export function lengthOf(text: string, unit: LengthUnit): number {
  return unit === 'bytes' ? Buffer.byteLength(text) : codePoints(text);
}

function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

/** Meta states megabytes without saying whether they are decimal. Read as binary, the larger: Meta has the last word. */
export const kilobyte = 1024;
export const megabyte = 1024 * kilobyte;

export function inWords(bytes: number): string {
  if (bytes >= megabyte) return `${rounded(bytes / megabyte)} MB`;
  return bytes >= kilobyte ? `${rounded(bytes / kilobyte)} kB` : `${bytes} bytes`;
}

/** Rounded up, so that what is just over a limit does not read as the limit. */
function rounded(number: number): string {
  return String(Math.ceil(number * 100) / 100);
}
