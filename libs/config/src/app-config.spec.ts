import { ConfigurationError, doubtful, type Environment, readSettings } from './app-config';

const secret = 'x'.repeat(40);
const key = Buffer.alloc(32).toString('base64');
const workspace = '0192f0c4-5d1e-7c3a-9b57-0c2f6a1e8d44';
const metaApp = { META_APP_ID: '1', META_APP_SECRETS: 'x'.repeat(32), META_VERIFY_TOKEN: 'x'.repeat(8) };
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
    ['TRUST_PROXY', { TRUST_PROXY: 'foo' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['TRUST_PROXY', { TRUST_PROXY: '127.0.0.1,10.0.0.0/99' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/8/8' }],
    ['TRUST_PROXY', { TRUST_PROXY: '10.0.0.0/' }],
    ['META_APP_ID', { ...metaApp, META_APP_ID: 'a b' }],
    ['META_APP_SECRETS', { ...metaApp, META_APP_SECRETS: ',' }],
    ['META_APP_SECRETS', { ...metaApp, META_APP_SECRETS: 'a,b' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'foo' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://a.example,https://b.example/app' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://a.example/' }],
    ['CORS_ORIGINS', { CORS_ORIGINS: 'https://' }],
    ['ACCESS_TOKEN_TTL', { ACCESS_TOKEN_TTL: '1ms' }],
    ['ACCESS_TOKEN_TTL', { ACCESS_TOKEN_TTL: '1m' }],
    ['REFRESH_TOKEN_TTL', { REFRESH_TOKEN_TTL: '0s' }],
    ['REFRESH_TOKEN_REUSE_INTERVAL', { REFRESH_TOKEN_REUSE_INTERVAL: '6m' }],
    ['AUTHENTICATE_TIMEOUT', { AUTHENTICATE_TIMEOUT: '0ms' }],
    ['AUTHENTICATE_TIMEOUT', { AUTHENTICATE_TIMEOUT: '30d' }],
    ['SHUTDOWN_TIMEOUT', { SHUTDOWN_TIMEOUT: '30d' }],
    ['EVENT_RETENTION', { EVENT_RETENTION: '0d' }],
    ['EVENT_LOG_BYTES', { EVENT_LOG_BYTES: '999999' }],
    ['EVENT_LOG_BYTES', { EVENT_LOG_BYTES: '20GB' }],
    ['EVENT_LOG_BYTES', { EVENT_LOG_BYTES: '100000000000001' }],
    ['WEBHOOK_RETENTION', { WEBHOOK_RETENTION: '0d' }],
    ['OWNER_EMAIL', { OWNER_EMAIL: 'ann@example..com' }],
    ['OWNER_PASSWORD', { OWNER_PASSWORD: ' '.repeat(12) }],
    ['OWNER_PASSWORD', { OWNER_PASSWORD: ' correct horse' }],
    ['OWNER_PASSWORD', { OWNER_PASSWORD: 'x'.repeat(257) }],
    ['FIRST_WORKSPACE_ID', { FIRST_WORKSPACE_ID: '00000000-0000-0000-0000-000000000000' }],
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

  it('tells all that is wrong at once, what does not go together included', () => {
    expect(problems({ PORT: 'x', LOG_LEVEL: 'y', ROLES: 'z' })).toHaveLength(3);
    expect(problems({ PORT: 'x', META_APP_ID: '1' })).toEqual([
      expect.stringContaining('PORT'),
      expect.stringContaining('go together'),
    ]);
  });

  it('does not call missing what is there and wrong', () => {
    const wrong = { ...shared, DATABASE_URL: 'mysql://x', JWT_SECRET: 'short', ROLES: 'api,wroker' };
    expect(problems(wrong).map((problem) => problem.split(' ')[0])).toEqual(['ROLES', 'DATABASE_URL', 'JWT_SECRET']);
  });

  it('tells everything that is wrong with any of the issuers', () => {
    const good = { issuer: 'https://a.example', audience: 'x', algorithm: 'HS256', secret, workspaces: [workspace] };
    const told = problems({
      AUTH_ISSUERS: JSON.stringify([
        good,
        { ...good, audience: '', secret: 'short', highestRole: 'owner' },
        { ...good, issuer: 'https://b.example', algorithm: 'RS256', highestrole: 'admin', claims: { rolle: 'r' } },
      ]),
    });
    expect(told).toEqual([
      'AUTH_ISSUERS [1].audience must be a non-empty string.',
      'AUTH_ISSUERS [1].secret must have at least 32 characters.',
      'AUTH_ISSUERS [1].highestRole must be admin, agent or viewer.',
      expect.stringContaining('AUTH_ISSUERS [2].highestrole is not known; use issuer, audience,'),
      'AUTH_ISSUERS [2].jwksUrl must start with https://.',
      expect.stringContaining('AUTH_ISSUERS [2].claims.rolle is not known'),
      expect.stringContaining('AUTH_ISSUERS names an issuer twice'),
    ]);
    expect(readSettings({ AUTH_ISSUERS: JSON.stringify([good]) }).authIssuers).toMatchObject([
      { ...good, highestRole: 'agent', roles: {}, claims: { subject: 'sub' } },
    ]);
  });

  it('says where app secrets come from, not how to make one up', () => {
    const [told] = problems({ ...metaApp, META_APP_SECRETS: 'a,b' });
    expect(told).toContain('dashboard');
    expect(told).not.toContain('openssl');
  });

  it('takes origins as browsers send them', () => {
    const CORS_ORIGINS = 'HTTPS://App.Example.com:443, http://localhost:5173, capacitor://localhost';
    expect(readSettings({ CORS_ORIGINS }).corsOrigins).toEqual([
      'https://app.example.com',
      'http://localhost:5173',
      'capacitor://localhost',
    ]);
    expect(readSettings({ CORS_ORIGINS: '*' }).corsOrigins).toEqual(['*']);
  });

  it('takes addresses, networks and their names for proxies', () => {
    const TRUST_PROXY = '10.0.0.7,172.16.0.0/12,fd00::/8,::1,loopback';
    expect(readSettings({ TRUST_PROXY }).trustProxy).toEqual(TRUST_PROXY.split(','));
  });

  it('doubts keys of webhooks that are forgotten while Meta may repeat them', () => {
    expect(doubtful(readSettings({}))).toEqual([]);
    expect(doubtful(readSettings({ WEBHOOK_RETENTION: '5d' }))).toEqual([expect.stringMatching(/^WEBHOOK_RETENTION/)]);
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
