import { json } from './json';

describe('JSON for the database', () => {
  it.each([
    ['plain "text"\n', 'plain "text"\n'],
    ['a\u0000b', 'ab'],
    ['half \ud83d of it', 'half \ufffd of it'],
    ['whole 😀', 'whole 😀'],
    ['\u0001 stays', '\u0001 stays'],
    // Written out by somebody, and no escape.
    ['\\u0000 and \\\\ud800', '\\u0000 and \\\\ud800'],
  ])('%j is kept as %j, in values and in names', (given, kept) => {
    expect(JSON.parse(json({ text: given, [given]: [given] }))).toEqual({ text: kept, [kept]: [kept] });
  });
});
