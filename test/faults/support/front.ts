import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

/**
 * One address before several processes, as a load balancer gives them: a connection goes to the first that takes it, and breaks with
 * it. It can be cut like a network.
 */
export class Front {
  private readonly server: Server;
  private readonly clients = new Set<Socket>();
  private mended = true;
  private turn = 0;

  /** @param balance `next`: begins with another process for each connection; `first`: always with the first named. */
  constructor(
    private readonly processes: readonly { url: string }[],
    private readonly balance: 'first' | 'next' = 'first',
  ) {
    this.server = createServer((client) => this.take(client));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async open(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  /** Breaks every connection and takes none until `mend`. */
  cut(): void {
    this.mended = false;
    for (const client of this.clients) client.destroy();
  }

  mend(): void {
    this.mended = true;
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private take(client: Socket): void {
    client.on('error', () => undefined);
    if (!this.mended) {
      client.destroy();
      return;
    }
    this.clients.add(client);
    client.on('close', () => this.clients.delete(client));
    const from = this.balance === 'next' ? this.turn++ % this.processes.length : 0;
    this.join(client, [...this.processes.slice(from), ...this.processes.slice(0, from)]);
  }

  private join(client: Socket, [first, ...others]: readonly { url: string }[]): void {
    if (!first) {
      client.destroy();
      return;
    }
    const upstream = connect(Number(new URL(first.url).port), '127.0.0.1');
    let joined = false;
    upstream.on('connect', () => {
      joined = true;
      client.pipe(upstream).pipe(client);
      client.on('close', () => upstream.destroy());
      if (client.destroyed) upstream.destroy();
    });
    upstream.on('error', () => undefined);
    upstream.on('close', () => {
      if (joined || client.destroyed) client.destroy();
      else this.join(client, others);
    });
  }
}
