import { apiScopePattern, inScope, scopeAreaOf } from './api-scopes';

describe('the area of a scope', () => {
  it.each([
    ['/v1/contacts/:id', 'contacts'],
    ['v1/contacts', 'contacts'],
    ['/v1/conversations/:id/messages', 'messages'],
    ['/v1/messages', 'messages'],
    ['/v1/webhook-deliveries?limit=1', 'webhooks'],
    ['/v1/mentions', 'webhooks'],
    ['/v1//api-keys/', 'api-keys'],
    ['/messages', 'messages'],
    ['/', ''],
    ['', ''],
    ['/v1', ''],
  ])('of %s is %j', (path, area) => {
    expect(scopeAreaOf(path)).toBe(area);
  });
});

describe('scopes', () => {
  it('that are left out allow what the role allows, and none allow nothing', () => {
    expect(inScope(undefined, 'contacts', 'write')).toBe(true);
    expect(inScope([], 'contacts', 'read')).toBe(false);
  });

  it('allow what they name and nothing else: writing is not reading', () => {
    expect(inScope(['contacts:write'], 'contacts', 'write')).toBe(true);
    expect(inScope(['contacts:write'], 'contacts', 'read')).toBe(false);
    expect(inScope(['contacts:read'], 'contacts', 'write')).toBe(false);
    expect(inScope(['contacts:read'], 'contact', 'read')).toBe(false);
    expect(inScope(['contacts:read'], '', 'read')).toBe(false);
  });

  it.each(['contacts', 'contacts:', ':read', 'contacts:all', 'Contacts:read', 'contacts:read ', 'a b:read', '*:read'])(
    'are not written %j',
    (scope) => {
      expect(apiScopePattern.test(scope)).toBe(false);
    },
  );
});
