import { Logger } from '@nestjs/common';
import { ContactErasure } from './contact-erasure.service';

it('an erasure that fails is put behind those that wait', async () => {
  jest.spyOn(Logger.prototype, 'warn').mockImplementation();
  const later = jest.fn();
  const held: string[] = [];
  const erasures = {
    running: async () => ['broken', 'whole'],
    hold: async (id: string) => {
      held.push(id);
      if (id === 'broken') throw new Error('its bodies cannot be read');
      return undefined;
    },
    later,
  };
  const database = { transaction: (work: () => unknown) => work() };
  const sweeps = new Map<string, () => Promise<number>>();
  const sweeper = { register: ({ name, run }: { name: string; run: () => Promise<number> }) => sweeps.set(name, run) };
  const given = [database, erasures, {}, {}, {}, {}, {}, {}, {}, sweeper] as unknown as ConstructorParameters<
    typeof ContactErasure
  >;
  new ContactErasure(...given).onModuleInit();
  await sweeps.get('contact-erasures')!();
  expect(held).toEqual(['broken', 'whole']);
  expect(later.mock.calls).toEqual([['broken', expect.any(Number)]]);
});
