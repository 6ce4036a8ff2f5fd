import { defaultAccounts } from '../cast';
import type { SimulatorCounts } from '../simulator';
import { allRefused, registration, wrongSecret } from './report';

const counts = (given: Partial<SimulatorCounts>) => ({ unauthorised: 0, acknowledged: 0, ...given }) as SimulatorCounts;

describe('a receiver that knows another secret', () => {
  it('is told from one that refuses now and then', () => {
    expect(allRefused(counts({ unauthorised: 2 }))).toBe(false);
    expect(allRefused(counts({ unauthorised: 3 }))).toBe(true);
    expect(allRefused(counts({ unauthorised: 30, acknowledged: 1 }))).toBe(false);
    expect(wrongSecret(counts({ unauthorised: 3 }))).toContain('--secret is not');
    expect(wrongSecret(counts({ unauthorised: 3, acknowledged: 6 }))).toContain('--instagram-secret');
  });
});

describe('the accounts that are played for', () => {
  it('can be registered with the calls that are told', () => {
    const told = registration(new URL('http://127.0.0.1:3000/webhooks/meta'), defaultAccounts);
    const bodies = [...told.matchAll(/-d '(.*)'$/gm)].map(([, body]) => JSON.parse(body!));
    expect(bodies).toMatchObject(defaultAccounts.map(({ platform, id }) => ({ platform, externalId: id })));
    expect(bodies.filter(({ businessAccountId }) => businessAccountId)).toHaveLength(1);
    expect(told).toContain('http://127.0.0.1:3000/v1/channels');
  });
});
