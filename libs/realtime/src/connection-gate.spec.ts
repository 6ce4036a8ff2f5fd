import { ConnectionGate, networkOf } from './connection-gate';
import { defaultLimits } from './limits';
import type { EngineConnection } from './transport';

const connection = () => ({}) as EngineConnection;
const gateOf = (perAddress: number, unauthenticated: number) =>
  new ConnectionGate({ connections: { ...defaultLimits.connections, perAddress, unauthenticated } });

describe('networkOf', () => {
  it.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['::1', '::/64'],
    ['', ''],
    ['unix', 'unix'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('a gate', () => {
  it('lets so many in from an address, other addresses none the less, and again once one has gone', () => {
    const gate = gateOf(2, 10);
    const first = connection();
    gate.opened(first, '2001:db8::1');
    gate.opened(connection(), '2001:db8::2');
    expect(gate.refusal('2001:db8::3')).toMatch(/this address/);
    expect(gate.refusal('2001:db8:0:1::3')).toBeUndefined();
    gate.closed(first);
    gate.closed(first);
    expect(gate.refusal('2001:db8::3')).toBeUndefined();
    gate.opened(connection(), '2001:db8::1');
    expect(gate.refusal('2001:db8::3')).toMatch(/this address/);
  });

  it('lets so many wait without a token, from wherever, and again once one has shown its own', () => {
    const gate = gateOf(10, 2);
    const first = connection();
    gate.opened(first, '203.0.113.1');
    gate.opened(connection(), '203.0.113.2');
    expect(gate.refusal('203.0.113.3')).toMatch(/without a token/);
    gate.authenticated(first);
    expect(gate.refusal('203.0.113.3')).toBeUndefined();
    gate.closed(first);
    gate.opened(connection(), '203.0.113.4');
    expect(gate.refusal('203.0.113.3')).toMatch(/without a token/);
  });
});
