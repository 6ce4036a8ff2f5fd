import { service } from './support/services';
import { Shop } from './support/shop';

jest.setTimeout(120_000);

describe('when PostgreSQL fails, or everything', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await Shop.open();
  });
  afterAll(() => shop?.close());

  it.each(['fast', 'immediate'] as const)('everything flows on after a restart of PostgreSQL (%s)', (mode) =>
    shop.plays((day) => day.suffers(`a restart of PostgreSQL (${mode})`, () => service('restart', 'postgres', mode))),
  );

  it('everything that was acknowledged is there after all was killed and started again', () =>
    shop.plays((day) =>
      day.suffers('all was killed', async () => {
        const { processes } = shop.topology;
        await Promise.all([
          ...processes.map((one) => one.stop('SIGKILL')),
          service('stop', 'redis', 'immediate'),
          service('stop', 'postgres', 'immediate'),
        ]);
        await Promise.all([service('start', 'redis'), service('start', 'postgres')]);
        await Promise.all(processes.map((one) => one.start()));
      }),
    ));
});
