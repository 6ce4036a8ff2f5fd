import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { AnswerReader } from './answer-reader';

/** Keep-alive connections with one request under way on each, as Meta's are. Raw sockets: the machine's cores are the server's. */
export class Connections {
  private readonly sockets: Socket[] = [];
  private readonly idle: Socket[] = [];
  private closing = false;
  /** Answers by status code. */
  readonly statuses: Record<number, number> = {};

  private constructor(private readonly answered: () => void) {}

  /** `answered` is called for each answer, when its connection is idle again. */
  static async open(port: number, count: number, answered: () => void): Promise<Connections> {
    const connections = new Connections(answered);
    await Promise.all(Array.from({ length: count }, () => connections.add(port)));
    return connections;
  }

  get hasIdle(): boolean {
    return this.idle.length > 0;
  }

  get underWay(): number {
    return this.sockets.length - this.idle.length;
  }

  send(request: Buffer): void {
    this.idle.pop()!.write(request);
  }

  close(): void {
    this.closing = true;
    for (const socket of this.sockets) socket.destroy();
  }

  private async add(port: number): Promise<void> {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    const reader = new AnswerReader();
    socket.on('data', (chunk) => {
      const status = reader.read(chunk);
      if (status === undefined) return;
      this.statuses[status] = (this.statuses[status] ?? 0) + 1;
      this.idle.push(socket);
      this.answered();
    });
    socket.on('error', (error) => this.lost(error.message));
    socket.on('close', () => this.lost('closed'));
    this.sockets.push(socket);
    this.idle.push(socket);
  }

  /** A connection that ends takes an answer with it: the figures would be of something else. */
  private lost(reason: string): void {
    if (!this.closing) throw new Error(`The server dropped a connection (${reason}).`);
  }
}
