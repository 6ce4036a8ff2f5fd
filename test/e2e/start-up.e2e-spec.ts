import { Redis } from 'ioredis';
import { redisNowhere, refused, server, shared } from './support/start-up';
import { world } from './support/world';

/** Only over services can processes meet in one database; `standalone/start-up` has what is refused wherever it is started. */
const byTopology: Record<string, ReturnType<typeof refused>[]> = {
  embedded: [
    refused(
      'a PORT that is taken',
      { PORT: new URL(world.apis[0]!).port },
      /^PORT \d+ on 127\.0\.0\.1 is in use by another process/,
    ),
  ],
  postgres: [
    refused(
      'a second process without Redis',
      { DATABASE_URL: world.databaseUrl },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
    refused(
      'a process with Redis beside one without',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: process.env.REDIS_URL },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
  ],
  cluster: [
    refused(
      'a process without Redis beside those with it',
      { DATABASE_URL: world.databaseUrl },
      /^DATABASE_URL is in use .*REDIS_URL/,
    ),
    refused(
      'Redis that cannot be reached',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: redisNowhere },
      /^REDIS_URL: Redis could not be reached/,
    ),
    refused(
      'another ENCRYPTION_KEY than the secrets were stored with',
      { ...shared, DATABASE_URL: world.databaseUrl, REDIS_URL: process.env.REDIS_URL, ROLES: 'worker' },
      /ENCRYPTION_KEY/,
    ),
    { what: 'Redis that may throw entries away is warned about, and the process runs', check: warnedOfEviction },
  ],
};

async function warnedOfEviction(): Promise<void> {
  const { REDIS_URL } = process.env;
  const redis = new Redis(REDIS_URL!);
  const [, before] = (await redis.config('GET', 'maxmemory-policy')) as [string, string];
  const secrets = { JWT_SECRET: world.jwtSecret, ENCRYPTION_KEY: world.encryptionKey };
  const another = server({ ...secrets, ROLES: 'worker', DATABASE_URL: world.databaseUrl, REDIS_URL });
  try {
    await redis.config('SET', 'maxmemory-policy', 'allkeys-lru');
    await another.start();
    const warning = another.log.find((line) => line.includes('maxmemory-policy'));
    expect(JSON.parse(warning!)).toMatchObject({
      level: 40,
      msg: expect.stringMatching(/^REDIS_URL: maxmemory-policy is allkeys-lru.*noeviction/),
    });
  } finally {
    await redis.config('SET', 'maxmemory-policy', before);
    await another.stop();
    redis.disconnect();
  }
}

describe('a start with', () => {
  it.each(byTopology[world.topology]!)('$what', ({ check }) => check());
});
