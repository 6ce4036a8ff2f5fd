import { OutsideCalls } from './outside-calls.service';

it('the calls of one workspace leave places for those of others', () => {
  const calls = new OutsideCalls(undefined as never, undefined as never, undefined as never);
  const taken = (workspace: string) =>
    Array.from({ length: 100 }, () => calls.reserve(workspace)).filter(Boolean).length;
  expect([taken('a'), taken('b'), taken('c'), taken('d'), taken('e'), taken('f')]).toEqual([10, 10, 10, 10, 10, 0]);
  calls.release('a');
  expect([calls.hasPlace('b'), calls.reserve('a'), calls.reserve('f')]).toEqual([false, true, false]);
});
