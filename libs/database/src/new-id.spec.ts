import { validate, version } from 'uuid';
import { newId } from './new-id';

describe('ids', () => {
  const ids = Array.from({ length: 20_000 }, newId);

  it('are uuids of version 7, each one only once', () => {
    expect(ids.every((id) => validate(id) && version(id) === 7)).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('sort in the order in which they were made, thousands of them in a millisecond', () => {
    expect([...ids].sort()).toEqual(ids);
  });
});
