import { storedJson } from './stored-json';

it.each([
  ['a NUL', 'a\0b', 'a\ufffdb'],
  ['half a character, of either half', 'a\ud800b\udfff', 'a\ufffdb\ufffd'],
  ['a whole one', '😀', '😀'],
  ['what only looks so', '\\u0000 \\\\ud800 "\\" \u0001', '\\u0000 \\\\ud800 "\\" \u0001'],
])('keeps %s as far as PostgreSQL can', (_, given, kept) => {
  expect(JSON.parse(storedJson({ [given]: [given] }))).toEqual({ [kept]: [kept] });
});
