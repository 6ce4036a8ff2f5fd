import type { Database } from '@switchboard/database';
import type { Sweep, Sweeper } from '@switchboard/queue';
import { ContactLinks } from './contact-links.service';
import type { ContactMerging, MergeOrder } from './contact-merging.service';
import type { ContactLink, LinksRepository } from './links.repository';

const pair = (contactId: string, otherId: string) => ({ workspaceId: 'w', contactId, otherId, apart: false });

describe('contacts that turned out to be one', () => {
  it('are merged although the pair before them cannot be, which is put off', async () => {
    const links = [pair('a', 'b'), pair('c', 'd'), { ...pair('e', 'f'), apart: true }, pair('g', 'h')];
    const [merged, done, putOff]: string[][] = [[], [], []];
    const database = { transaction: <T>(work: () => Promise<T>) => work() };
    const repository = {
      waiting: async () => links,
      done: async ({ contactId }: ContactLink) => done!.push(contactId),
      putOff: async ({ contactId }: ContactLink) => putOff!.push(contactId),
    };
    const merging = {
      merge: async ({ contactId }: MergeOrder) => {
        if (contactId === 'a') throw new Error('value out of range');
        merged!.push(contactId);
      },
    };
    let sweep: Sweep | undefined;
    const sweeper = {
      register: (given: Sweep) => {
        sweep = given;
      },
    };
    const service = new ContactLinks(
      database as unknown as Database,
      repository as unknown as LinksRepository,
      merging as unknown as ContactMerging,
      sweeper as unknown as Sweeper,
    );
    service.onModuleInit();
    expect(await sweep!.run()).toBe(links.length);
    expect([merged, done, putOff]).toEqual([['c', 'g'], ['c', 'e', 'g'], ['a']]);
  });
});
