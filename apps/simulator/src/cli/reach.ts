import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { UsageError } from './options';
import { isPrivateAddress } from './private-host';

/** Throws UsageError unless the receiver answers a connection and, without `allowRemote`, lies on this machine or its private network. */
export async function checkReceiver(url: URL, allowRemote: boolean): Promise<void> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await lookup(host, { all: true }).catch(() => []);
  if (addresses.length === 0) throw new UsageError(`The host of --url, ${host}, has no address: check its spelling.`);
  const remote = addresses.find(({ address }) => !isPrivateAddress(address));
  if (remote && !allowRemote) {
    throw new UsageError(
      `--url leads to ${remote.address}, outside this machine and its private network: give --allow-remote if that is meant.`,
    );
  }
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  if (!(await answers(host, port))) {
    throw new UsageError(`Nothing answers at ${url.host}: start the receiver, or set --url to where it listens.`);
  }
}

function answers(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 5_000 });
    const end = (answered: boolean) => {
      socket.destroy();
      resolve(answered);
    };
    socket.once('connect', () => end(true));
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
  });
}
