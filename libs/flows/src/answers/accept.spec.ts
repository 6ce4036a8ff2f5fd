import type { Expected } from '../definition';
import { accept, type Message } from './accept';

const message = (text: string | null, more: Partial<Message> = {}): Message => ({
  ...{ kind: 'message' as const, text, payload: null, type: 'text', content: { text } },
  ...more,
});
const answerTo = (expected: Expected, given: Message | string): unknown => {
  const accepted = accept(expected, typeof given === 'string' ? message(given) : given);
  return accepted.ok ? accepted.answer : `NOT: ${accepted.reason}`;
};

it.each<[Expected, string, unknown]>([
  [{ as: 'text' }, '  Ana  ', 'Ana'],
  [{ as: 'text' }, '  ', 'NOT: no text'],
  [{ as: 'text', least: 3 }, '👍👍', 'NOT: shorter than 3 characters'],
  [{ as: 'text', most: 2 }, '👍👍', '👍👍'],
  [{ as: 'text', most: 2 }, 'abc', 'NOT: longer than 2 characters'],
  [{ as: 'text', pattern: '^[A-Z]{2}\\d+$' }, 'AB12', 'AB12'],
  [{ as: 'text', pattern: '^[A-Z]{2}\\d+$' }, 'ab12', 'NOT: not of the pattern'],

  [{ as: 'number' }, '1,5', 1.5],
  [{ as: 'number' }, '-3.25', -3.25],
  [{ as: 'number' }, '1 234,50', 1234.5],
  [{ as: 'number' }, '1.234,50', 1234.5],
  [{ as: 'number' }, '1,234.50', 1234.5],
  [{ as: 'number' }, '1,234,567', 1234567],
  [{ as: 'number' }, '1.234.56', 'NOT: no number'],
  [{ as: 'number' }, '1,500', 1.5],
  [{ as: 'number', whole: true }, '1,500', 1500],
  [{ as: 'number', whole: true }, '1.5', 'NOT: no whole number'],
  [{ as: 'number' }, '٣٫٥', 'NOT: no number'],
  [{ as: 'number' }, '٣', 3],
  [{ as: 'number' }, '3 apples', 'NOT: no number'],
  [{ as: 'number' }, '1e3', 'NOT: no number'],
  [{ as: 'number', least: 1, most: 5 }, '6', 'NOT: more than 5'],
  [{ as: 'number', least: 1, most: 5 }, '0', 'NOT: less than 1'],
  [{ as: 'number', least: 1, most: 5 }, '5', 5],

  [{ as: 'email' }, 'Ana.Diaz+x@Mail.Example.COM', 'Ana.Diaz+x@mail.example.com'],
  [{ as: 'email' }, 'It is ana@example.com.', 'ana@example.com'],
  [{ as: 'email' }, 'ana@example.com or bo@example.com', 'NOT: no e-mail address'],
  [{ as: 'email' }, 'ana@example', 'NOT: no e-mail address'],
  [{ as: 'email' }, 'ana at example.com', 'NOT: no e-mail address'],
  [{ as: 'email' }, 'ana..b@example.com', 'NOT: no e-mail address'],
  [{ as: 'email' }, 'ana@münchen.example', 'ana@münchen.example'],

  [{ as: 'phone' }, '+34 600 11 12 22', '34600111222'],
  [{ as: 'phone' }, '0034-600.111.222', '34600111222'],
  [{ as: 'phone' }, '+49 (0)30 123456', '4930123456'],
  [{ as: 'phone' }, '(600) 111 222', '600111222'],
  [{ as: 'phone' }, '12345', 'NOT: no phone number'],
  [{ as: 'phone' }, 'call 600111222', 'NOT: no phone number'],
  [{ as: 'phone' }, '1234567890123456', 'NOT: no phone number'],

  [{ as: 'date' }, '2030-05-03', '2030-05-03'],
  [{ as: 'date' }, '2030/5/3', '2030-05-03'],
  [{ as: 'date' }, '3.5.2030', '2030-05-03'],
  [{ as: 'date' }, '03/05/2030', '2030-05-03'],
  [{ as: 'date' }, '5/31/2030', '2030-05-31'],
  [{ as: 'date' }, '3 May 2030', '2030-05-03'],
  [{ as: 'date' }, 'May 3rd, 2030', '2030-05-03'],
  [{ as: 'date' }, '3 de mayo de 2030', '2030-05-03'],
  [{ as: 'date' }, '3. März 2030', '2030-03-03'],
  [{ as: 'date' }, '1er février 2030', '2030-02-01'],
  [{ as: 'date' }, '2030-02-29', 'NOT: no date'],
  [{ as: 'date' }, '31.4.2030', 'NOT: no date'],
  [{ as: 'date' }, 'tomorrow', 'NOT: no date'],
  [{ as: 'date' }, '3.5.30', 'NOT: no date'],

  [{ as: 'location' }, 'Madrid', 'NOT: no location'],
  [{ as: 'file' }, 'a file', 'NOT: no file'],
])('%j takes %s', (expected, text, answer) => {
  expect(answerTo(expected, text)).toEqual(answer);
});

const choice: Expected = {
  as: 'choice',
  of: [
    { id: 'yes', words: ['Sí', 'of course', '👍'] },
    { id: 'no', words: [] },
  ],
};

it.each<[string | null, string | null, unknown]>([
  ['Yes', 'yes', 'yes'],
  [null, 'no', 'no'],
  ['si', null, 'yes'],
  ['SÍ!', null, 'yes'],
  [' Of  Course… ', null, 'yes'],
  ['👍', null, 'yes'],
  ['No', null, 'no'],
  ['no way', null, 'NOT: none of the choices'],
  ['', null, 'NOT: none of the choices'],
  ['yes', 'other', 'yes'],
])('a choice by its id or its words: %s (%s)', (text, payload, answer) => {
  expect(answerTo(choice, message(text, { payload }))).toBe(answer);
});

describe('what is attached', () => {
  const attached = (...attachments: object[]) => message(null, { type: 'image', content: { attachments } });
  const place = { type: 'location', latitude: 40.4, longitude: -3.7, title: 'Sol', caption: 'Madrid' };

  it('is a location', () => {
    expect(answerTo({ as: 'location' }, attached(place))).toEqual({
      latitude: 40.4,
      longitude: -3.7,
      name: 'Sol',
      address: 'Madrid',
    });
    expect(answerTo({ as: 'location' }, attached({ type: 'location', latitude: '40' }))).toBe('NOT: no location');
  });

  it('is a file of the kinds that are asked for', () => {
    const image = { type: 'image', id: '1', mimeType: 'image/png' };
    expect(answerTo({ as: 'file' }, attached(place, image))).toEqual(image);
    expect(answerTo({ as: 'file', types: ['document', 'video'] }, attached(image))).toBe('NOT: no document or video');
    expect(answerTo({ as: 'file', types: ['document'] }, attached({ type: 'file', url: 'u' }))).toEqual({
      type: 'file',
      url: 'u',
    });
  });

  it.each([null, 'text', { attachments: {} }, { attachments: [null, 3, {}] }])('is nothing in %j', (content) => {
    expect(answerTo({ as: 'file' }, message(null, { content }))).toBe('NOT: no file');
  });
});

it('takes anything, as it came', () => {
  const content = { attachments: [] };
  expect(answerTo({ as: 'any' }, message(null, { type: 'sticker', payload: 'p', content }))).toEqual({
    type: 'sticker',
    text: null,
    payload: 'p',
    content,
  });
});
