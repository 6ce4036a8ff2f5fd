import { createServer } from 'node:net';
import { type AppConfig, ConfigurationError } from '@switchboard/config';

/** What keeps a server from listening, as its operator is told it; `undefined` for any other error. */
export function listenProblem(error: unknown): string | undefined {
  const { code, syscall, port, address, hostname } = (error ?? {}) as NodeJS.ErrnoException & {
    port?: number;
    address?: string;
    hostname?: string;
  };
  if (syscall === 'getaddrinfo')
    return `HOST ${hostname} has no address. Set HOST to an address of this machine, or 0.0.0.0.`;
  if (code === 'EADDRINUSE')
    return `PORT ${port} on ${address} is in use by another process. Stop that, or set PORT (0 takes a free one).`;
  if (code === 'EACCES' && port) return `PORT ${port} may not be used by this user. Set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL')
    return `HOST ${address} is no address of this machine. Set HOST to one that is, or 0.0.0.0.`;
  return undefined;
}

/** Tries the address before anything is made: a first start is done once. @throws ConfigurationError */
export async function checkListenAddress({ host, port }: Pick<AppConfig, 'host' | 'port'>): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ host, port }, resolve);
    });
  } catch (error) {
    const problem = listenProblem(error);
    throw problem ? new ConfigurationError([problem]) : error;
  }
  await new Promise((resolve) => probe.close(resolve));
}
