import ipaddr from 'ipaddr.js';

/**
 * Whether an address is none of the public internet: loopback, private, link-local (where clouds keep the credentials of the machine),
 * carrier-grade NAT, multicast, reserved … What is no address counts as private.
 */
export function isPrivateAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return true;
  return !isPublic(ipaddr.parse(address));
}

function isPublic(address: ipaddr.IPv4 | ipaddr.IPv6): boolean {
  if (address.kind() === 'ipv4') return address.range() === 'unicast';
  const six = address as ipaddr.IPv6;
  if (six.isIPv4MappedAddress()) return isPublic(six.toIPv4Address());
  // NAT64: the last four bytes are the IPv4 address that is reached.
  if (six.range() === 'rfc6052') return isPublic(new ipaddr.IPv4(six.toByteArray().slice(12)));
  // All that is routed is of 2000::/3; what else there is (site-local, a network's own NAT64 64:ff9b:1::/48) leads inside.
  return six.range() === 'unicast' && six.parts[0]! >> 13 === 1;
}
