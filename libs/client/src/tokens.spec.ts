import { SignedOutError, SwitchboardError } from './errors';
import { claimsOf, type TokenRequest, Tokens } from './tokens';

/** A source whose answers come when the test says so. */
function source() {
  const asked: TokenRequest[] = [];
  const answers: { resolve: (token: string) => void; reject: (error: unknown) => void }[] = [];
  const tokens = new Tokens((request) => {
    asked.push(request);
    return new Promise((resolve, reject) => answers.push({ resolve, reject }));
  });
  return { tokens, asked, answers };
}

describe('the token of a client', () => {
  it('is fetched once for all who ask at the same time', async () => {
    const { tokens, asked, answers } = source();
    const both = [tokens.fetch(), tokens.fetch()];
    answers[0]!.resolve('one');
    expect(await Promise.all(both)).toEqual(['one', 'one']);
    expect(asked).toEqual([{}]);
  });

  it('that was refused is replaced once, however many were refused with it', async () => {
    const { tokens, asked, answers } = source();
    const first = tokens.fetch();
    answers[0]!.resolve('one');
    await first;
    const replacing = tokens.replace('one');
    const late = tokens.replace('one');
    await Promise.resolve();
    answers[1]!.resolve('two');
    expect(await Promise.all([replacing, late])).toEqual(['two', 'two']);
    expect(await tokens.replace('one')).toBe('two');
    expect(asked).toEqual([{}, { replace: 'one' }]);
  });

  it.each([
    ['cannot be replaced: nobody is signed in', new Error('refresh token used up'), SignedOutError],
    ['cannot be replaced for want of a network: that passes', new TypeError('fetch failed'), TypeError],
  ])('%s', async (_, thrown, kind) => {
    const tokens = new Tokens(() => Promise.reject(thrown));
    await expect(tokens.replace('one')).rejects.toBeInstanceOf(kind);
  });

  it.each([
    ['a refusal by the server: nobody is signed in', new SwitchboardError('token_revoked', 'ended'), SignedOutError],
    ['anything else: it may pass', new Error('503'), Error],
  ])('cannot be had because of %s', async (_, thrown, kind) => {
    const failing = new Tokens(() => Promise.reject(thrown)).fetch();
    await expect(failing).rejects.toBeInstanceOf(kind);
    await expect(failing).rejects.toMatchObject({ message: thrown.message });
  });

  it('says who it is for where it is a JWT', () => {
    const payload = Buffer.from(JSON.stringify({ sub: 'Zoë?>' })).toString('base64url');
    expect(claimsOf(`e30.${payload}.x`)).toEqual({ sub: 'Zoë?>' });
    for (const other of ['sbk_1234', 'a.b.c', '', `e30.${Buffer.from('7').toString('base64url')}.x`]) {
      expect(claimsOf(other)).toBeUndefined();
    }
  });
});
