import fc from 'fast-check';
import { formatCursor, parseCursor } from './cursor';

const sequences = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });

describe('a cursor', () => {
  it('comes back as what it was made of', () => {
    fc.assert(
      fc.property(sequences, (sequence) => {
        expect(parseCursor(formatCursor('54d4bde47d', sequence))).toEqual({ epoch: '54d4bde47d', sequence });
      }),
    );
  });

  it('compares as text as its sequence does as a number', () => {
    fc.assert(
      fc.property(sequences, sequences, (a, b) => {
        const [first, second] = [formatCursor('epoch', a), formatCursor('epoch', b)];
        expect(first < second).toBe(a < b);
      }),
    );
  });

  it.each([
    undefined,
    null,
    42,
    '',
    '54d4bde47d',
    '54d4bde47d.12',
    '54d4bde47d.00000000000000012',
    '54d4bde47d.000000000000001x',
    'A.0000000000000001',
    "'; drop table events; --.0000000000000001",
  ])('is not read from %p', (text) => {
    expect(parseCursor(text)).toBeUndefined();
  });
});
