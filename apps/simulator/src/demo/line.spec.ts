import { eventLine, shorten } from './line';
import { paints } from './paint';

const at = new Date(2026, 9, 1, 9, 5, 7);
const received = { type: 'message.received' } as const;
const plainPaint = paints(false);

describe('the line of an event', () => {
  it('has time, namespace, type, platform, who and what in columns', () => {
    const words = { platform: 'WhatsApp', who: 'Zoë Bennett', what: 'Hi there! 👋' };

    expect(eventLine(plainPaint, at, '/messages', received, words)).toBe(
      '09:05:07  /messages  message.received      WhatsApp   Zoë Bennett  Hi there! 👋',
    );
  });

  it('fits the terminal', () => {
    const words = { platform: 'Instagram', who: 'small.table', what: 'なんて素敵なんでしょう、とても好きです' };
    const line = eventLine(plainPaint, at, '/messages', received, words, 80);

    expect(line).toMatch(/small\.table {2}なんて素敵な…$/);
  });

  it('never passes on what a terminal would obey', () => {
    const words = { platform: 'Messenger', who: 'a\u001b[2J', what: 'one\r\ntwo\u2028three\u009b31m' };
    const line = eventLine(plainPaint, at, '/messages', received, words);

    expect(line).toMatch(/a \[2J {2}one two three 31m$/);
  });

  it('is coloured only where colours are wanted', () => {
    const words = { platform: 'WhatsApp', who: 'Tom', what: 'ok' };

    expect(eventLine(paints(true), at, '/messages', received, words)).toContain('\u001b[32mmessage.received');
    expect(eventLine(paints(false), at, '/messages', received, words)).not.toContain('\u001b');
  });
});

describe('shorten', () => {
  it.each([
    ['short', 5, 'short'],
    ['longer', 5, 'long…'],
    ['👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5, '👩‍👩‍👧👩‍👩‍👧…'],
    ['anything', 0, ''],
    ['anything', -3, ''],
  ])('%j to %d columns is %j', (text, width, expected) => {
    expect(shorten(text, width)).toBe(expected);
  });
});
