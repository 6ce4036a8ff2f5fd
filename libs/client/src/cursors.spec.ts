import { browserCursors, Cursors, isCovered, localStorageOf, memoryCursors } from './cursors';

const at = (sequence: number, epoch = 'abcd') => `${epoch}.${String(sequence).padStart(16, '0')}`;
const owner = { url: 'http://one', identity: 'workspace:user' };

describe('a cursor', () => {
  it.each([
    ['an earlier one', at(9), at(10), true],
    ['the same one', at(10), at(10), true],
    ['a later one', at(11), at(10), false],
    ['an earlier one of another epoch', at(9, 'efgh'), at(10), false],
  ])('covers %s: %s by %s', (_, one, other, covered) => {
    expect(isCovered(one, other)).toBe(covered);
  });
});

describe('the cursors of a client', () => {
  it('are those of one server, workspace, user and namespace', async () => {
    const cursors = new Cursors(memoryCursors());
    cursors.save(owner, '/messages', at(5));
    expect(await cursors.load(owner, '/messages')).toBe(at(5));
    expect(await cursors.load(owner, '/contacts')).toBeUndefined();
    expect(await cursors.load({ ...owner, identity: 'workspace:other' }, '/messages')).toBeUndefined();
    expect(await cursors.load({ ...owner, url: 'http://two' }, '/messages')).toBeUndefined();
  });

  it('are not taken back by a tab that lags, and are by a resync', async () => {
    const cursors = new Cursors(memoryCursors());
    cursors.save(owner, '/messages', at(5));
    cursors.save(owner, '/messages', at(4));
    expect(await cursors.load(owner, '/messages')).toBe(at(5));
    cursors.save(owner, '/messages', at(1, 'efgh'));
    expect(await cursors.load(owner, '/messages')).toBe(at(1, 'efgh'));
    cursors.save(owner, '/messages', at(7, 'efgh'));
    cursors.save(owner, '/messages', at(6, 'efgh'), true);
    expect(await cursors.load(owner, '/messages')).toBe(at(6, 'efgh'));
  });

  it('are kept in memory where the browser refuses to keep them', () => {
    const refuse = () => {
      throw new Error('SecurityError');
    };
    const cursors = browserCursors({ getItem: refuse, setItem: refuse, removeItem: refuse });
    void cursors.set('key', at(1));
    expect(cursors.get('key')).toBe(at(1));
    const forbidden = Object.defineProperty({}, 'localStorage', { get: refuse });
    expect(localStorageOf(forbidden)).toBeUndefined();
  });

  it('that cannot be kept hinder nothing', async () => {
    const cursors = new Cursors({ get: () => undefined, set: () => Promise.reject(new Error('full')) });
    expect(() => cursors.save(owner, '/messages', at(5))).not.toThrow();
  });
});
