import { RE2JS } from 're2js';
import { Kept } from '../kept';
import { longest } from './fold';

const compiled = new Kept<RE2JS>(500);
export const longestPattern = 500;

/** Why a pattern cannot be used; null where it can. */
export function patternProblem(pattern: string): string | null {
  if (pattern.length > longestPattern) return `it has ${pattern.length} characters, and may have ${longestPattern}`;
  try {
    compile(pattern);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Whether the text has a match. Takes time in proportion to the text, whatever the pattern. Throws where the pattern is none. */
export function hasMatch(pattern: string, text: string): boolean {
  return compile(pattern).test(text.slice(0, longest));
}

function compile(pattern: string): RE2JS {
  if (pattern.length > longestPattern) throw new Error(`a pattern may have ${longestPattern} characters`);
  return compiled.of(pattern, () => RE2JS.compile(pattern));
}
