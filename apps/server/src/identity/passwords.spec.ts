import { Passwords } from './passwords';

describe('passwords', () => {
  const passwords = new Passwords();
  beforeAll(() => passwords.onModuleInit());

  it('are hashed as dearly as OWASP asks', async () => {
    expect(await passwords.hash('correct horse')).toMatch(/^\$argon2id\$v=19\$m=19456,(t=2,p=1|p=1,t=2)\$/);
  });

  it('match themselves alone, however they were typed', async () => {
    const hash = await passwords.hash('caf\u00e9 con leche');
    expect(await passwords.verify(hash, 'cafe\u0301 con leche')).toBe(true);
    expect(await passwords.verify(hash, 'cafe con leche')).toBe(false);
  });

  it('of nobody match nothing', async () => {
    expect(await passwords.verify(undefined, '')).toBe(false);
    expect(await passwords.verify(null, 'anything')).toBe(false);
  });
});
