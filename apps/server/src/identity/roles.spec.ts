import { atLeast, highestRole, isRole, lowerRole } from './roles';

describe('roles', () => {
  it('orders viewer < agent < admin < owner', () => {
    expect(atLeast('owner', 'admin')).toBe(true);
    expect(atLeast('admin', 'admin')).toBe(true);
    expect(atLeast('agent', 'admin')).toBe(false);
    expect(atLeast('viewer', 'agent')).toBe(false);
  });

  it('takes the lower of two', () => {
    expect(lowerRole('admin', 'agent')).toBe('agent');
    expect(lowerRole('viewer', 'admin')).toBe('viewer');
  });

  it('takes the highest of several, or the fallback', () => {
    expect(highestRole(['agent', 'admin', 'viewer'], 'viewer')).toBe('admin');
    expect(highestRole([], 'viewer')).toBe('viewer');
  });

  it('knows no other role', () => {
    expect(isRole('owner')).toBe(true);
    expect(isRole('root')).toBe(false);
    expect(isRole(undefined)).toBe(false);
  });
});
