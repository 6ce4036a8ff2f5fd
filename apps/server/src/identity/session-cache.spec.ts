import type { Session } from './session';
import { SessionCache } from './session-cache';

const session = (id: string, expiresAt = 1000): Session => ({
  id,
  userId: 'u',
  email: null,
  workspaceId: 'w',
  role: 'agent',
  isOperator: false,
  issuedAt: 0,
  expiresAt,
});

describe('session cache', () => {
  it('gives back what was put in, until it expires', () => {
    const cache = new SessionCache(2);
    cache.set('a', session('1', 1000));
    expect(cache.get('a', 999)?.id).toBe('1');
    expect(cache.get('a', 1000)).toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('gives back until it is to be verified again, and never beyond its end', () => {
    const cache = new SessionCache(2);
    cache.set('a', session('1', 1000), 500);
    expect(cache.get('a', 499)?.id).toBe('1');
    expect(cache.get('a', 500)).toBeUndefined();
    cache.set('a', session('1', 1000), 2000);
    expect(cache.get('a', 1000)).toBeUndefined();
  });

  it('never holds more than its capacity and lets go of what was unused for longest', () => {
    const cache = new SessionCache(2);
    cache.set('a', session('1'));
    cache.set('b', session('2'));
    cache.get('a', 0);
    cache.set('c', session('3'));
    expect(cache.size).toBe(2);
    expect(cache.get('b', 0)).toBeUndefined();
    expect(cache.get('a', 0)?.id).toBe('1');
    expect(cache.get('c', 0)?.id).toBe('3');
  });

  it('replaces an entry without growing', () => {
    const cache = new SessionCache(2);
    cache.set('a', session('1'));
    cache.set('a', session('2'));
    expect(cache.size).toBe(1);
    expect(cache.get('a', 0)?.id).toBe('2');
  });
});
