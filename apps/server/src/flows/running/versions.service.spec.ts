import type { FlowsRepository } from '../flows.repository';
import { FlowVersions } from './versions.service';

it('where more versions are in use than are kept, one that is missing does not drop those that are there', async () => {
  const read: string[][] = [];
  const repository = {
    versionsById: async (ids: string[]) => {
      read.push(ids);
      return ids.map((id) => ({ id }));
    },
  } as never as FlowsRepository;
  const versions = new FlowVersions(repository);
  const ids = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => `${from + index}`);
  expect((await versions.of(ids(0, 2_000))).size).toBe(2_000);
  await versions.of(ids(2_000, 2_100));
  await versions.of(ids(100, 2_100));
  expect(read.map(({ length }) => length)).toEqual([2_000, 100]);
});
