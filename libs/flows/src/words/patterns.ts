import { RE2JS, RE2Set } from 're2js';
import { Kept } from '../kept';

export const longestPattern = 500;
/** Characters of a text that a pattern is held against. */
export const longestForPattern = 5_000;
/** Instructions that a pattern may come to: with the text, what a match costs at most. `x{1000}` has a thousand. */
const mostInstructions = 600;
/** Bytes that one pattern may keep of the texts it has seen, to be faster the next time. */
const mostMemory = 256 * 1024;

const compiled = new Kept<Compiled>(500);

interface Compiled {
  set: RE2Set;
  /** Instructions. */
  size: number;
}

/** Why a pattern cannot be used; null where it can. */
export function patternProblem(pattern: string): string | null {
  try {
    compile(pattern);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether the text has a match. Takes time in proportion to the text, whatever the pattern. Throws where the pattern is none. */
export function hasMatch(pattern: string, text: string): boolean {
  return compile(pattern).set.match(text.slice(0, longestForPattern)).length > 0;
}

/** What a match against so long a text may cost at most: instructions, each at each character. Throws where the pattern is none. */
export function patternWork(pattern: string, length: number): number {
  return compile(pattern).size * Math.min(length, longestForPattern);
}

function compile(pattern: string): Compiled {
  if (pattern.length > longestPattern) {
    throw new Error(`it has ${pattern.length} characters, and may have ${longestPattern}`);
  }
  return compiled.of(pattern, compileNew);
}

function compileNew(pattern: string): Compiled {
  const size = RE2JS.compile(pattern).programSize();
  if (size > mostInstructions) {
    throw new Error(`it comes to ${size} instructions, and may come to ${mostInstructions}; let it repeat less`);
  }
  const set = new RE2Set(RE2Set.UNANCHORED, 0, mostMemory);
  set.add(pattern);
  set.compile();
  return { set, size };
}
