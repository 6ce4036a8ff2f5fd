import { formatCursor } from '@switchboard/contracts';
import { refusal, sequenceOf } from './resume';

describe('a cursor', () => {
  it.each([
    [formatCursor('life1', 7), 7],
    [formatCursor('life2', 7), 'cursor_foreign'],
    ['life1.7', 'cursor_invalid'],
    ['life1.9999999999999999', 1e16],
    [7, 'cursor_invalid'],
    [null, 'cursor_invalid'],
    [{}, 'cursor_invalid'],
  ])('%p names %p', (cursor, named) => {
    expect(sequenceOf(cursor, 'life1')).toBe(named);
  });

  it.each([
    [0, { head: 0, floor: 0 }, undefined],
    [10, { head: 20, floor: 10 }, undefined],
    [9, { head: 20, floor: 10 }, 'cursor_expired'],
    [20, { head: 20, floor: 20 }, undefined],
    [20, { head: 20, floor: 21 }, undefined],
    [1e16, { head: 20, floor: 10 }, 'cursor_unknown'],
    [21, { head: 20, floor: 10 }, 'cursor_unknown'],
  ])('at %p in a log of %p is refused as %p', (sequence, stand, reason) => {
    expect(refusal(sequence, stand)).toBe(reason);
  });
});
