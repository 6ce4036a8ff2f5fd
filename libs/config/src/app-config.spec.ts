import { ConfigurationError, type Environment, readSettings } from './app-config';

const secret = 'x'.repeat(40);
const key = Buffer.alloc(32).toString('base64');
const shared = {
  DATABASE_URL: 'postgres://localhost/x',
  REDIS_URL: 'redis://localhost',
  JWT_SECRET: secret,
  ENCRYPTION_KEY: key,
};

function problems(environment: Environment): string[] {
  try {
    readSettings(environment);
    return [];
  } catch (error) {
    return (error as ConfigurationError).problems;
  }
}

describe('the configuration', () => {
  it('needs nothing: everything embedded in one process', () => {
    expect(readSettings({})).toMatchObject({
      port: 3000,
      roles: ['api', 'gateway', 'worker'],
      accessTokenTtl: 900_000,
    });
  });

  it('is frozen', () => {
    expect(Object.isFrozen(readSettings({}))).toBe(true);
  });

  it.each<[string, Environment]>([
    ['PORT', { PORT: 'http' }],
    ['PORT', { PORT: '70000' }],
    ['ROLES', { ROLES: 'api,wroker' }],
    ['ROLES', { ROLES: ',' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
    ['REDIS_URL', { ...shared, REDIS_URL: 'localhost:6379' }],
    ['ENCRYPTION_KEY', { ENCRYPTION_KEY: 'short' }],
    ['ACCESS_TOKEN_TTL', { ACCESS_TOKEN_TTL: '15 minutes' }],
    ['AUTH_ISSUERS', { AUTH_ISSUERS: '{' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
  ])('that is wrong in %s is refused by that name', (name, environment) => {
    const told = problems(environment);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(name);
  });

  it('never repeats a value, which may be a secret', () => {
    const told = problems({
      JWT_SECRET: 'hunter2',
      ENCRYPTION_KEY: 'hunter2',
      DATABASE_URL: 'hunter2://u:hunter2@h/d',
    });
    expect(told).toHaveLength(3);
    expect(told.join()).not.toContain('hunter2');
  });

  it('tells all that is wrong at once', () => {
    expect(problems({ PORT: 'x', LOG_LEVEL: 'y', ROLES: 'z' })).toHaveLength(3);
  });

  it.each<[string, Environment]>([
    ['REDIS_URL needs DATABASE_URL', { REDIS_URL: 'redis://localhost', JWT_SECRET: secret, ENCRYPTION_KEY: key }],
    ['several processes need Redis', { ROLES: 'api' }],
    ['several processes need Redis', { ROLES: 'worker', DATABASE_URL: 'postgres://localhost/x' }],
    ['JWT_SECRET must be set', { ...shared, JWT_SECRET: undefined }],
    ['ENCRYPTION_KEY must be set', { ...shared, ENCRYPTION_KEY: undefined }],
    ['go together', { META_APP_ID: '1' }],
    ['MEDIA_S3_SECRET_ACCESS_KEY go together', { MEDIA_S3_BUCKET: 'media', MEDIA_S3_ACCESS_KEY_ID: '1' }],
    ['MEDIA_S3_BUCKET must name', { MEDIA_S3_ENDPOINT: 'https://s3.example.com' }],
  ])('that contradicts itself says: %s', (sentence, environment) => {
    expect(problems(environment).join()).toContain(sentence);
  });

  it('of several processes is accepted with both stores and shared secrets', () => {
    expect(problems({ ...shared, ROLES: 'gateway' })).toEqual([]);
  });
});
