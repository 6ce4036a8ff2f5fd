import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { Agent } from 'undici';
import { isPrivateAddress } from './private-address';

/** A name or address that leads into the network of the instance. */
export class PrivateAddress extends Error {
  readonly code = 'private_address';
  constructor(host: string) {
    super(`${host} leads to an address that is not public`);
  }
}

/**
 * Connections to public addresses only. The address is judged where the connection is made, so that a name cannot lead elsewhere between
 * the look and the call.
 */
export function guardedAgent(options: Agent.Options & { connect?: object } = {}): Agent {
  return new Agent({ ...options, connect: { timeout: 5000, ...options.connect, lookup: publicLookup } });
}

/** A host that is an address itself is never looked up: it is judged here. @throws PrivateAddress */
export function refusePrivateHost(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && isPrivateAddress(bare)) throw new PrivateAddress(hostname);
}

const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '');
    // One that is private among public ones is a trap, not a choice.
    if (addresses.some(({ address }) => isPrivateAddress(address))) return callback(new PrivateAddress(hostname), '');
    if (options.all) return callback(null, addresses);
    const [first] = addresses;
    callback(null, first!.address, first!.family);
  });
};
