import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A network between a client and a server that can be cut: TCP passed on byte for byte. */
export class Line {
  private readonly ends = new Set<Socket>();
  private down = false;
  private mute = false;
  /** Connections made so far. */
  connections = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: URL,
  ) {}

  static async to(url: string): Promise<Line> {
    const server = createServer();
    const line = new Line(server, new URL(url));
    server.on('connection', (socket) => line.take(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Breaks every connection; new ones can be made at once. */
  cut(): void {
    for (const end of this.ends) end.destroy();
  }

  /** Breaks every connection, and any new one. */
  goDown(): void {
    this.down = true;
    this.cut();
  }

  /** What the server answers is lost from here on, until the line comes up; nobody is told. */
  loseAnswers(): void {
    this.mute = true;
  }

  comeUp(): void {
    this.down = false;
    this.mute = false;
  }

  async close(): Promise<void> {
    this.goDown();
    this.server.close();
    await once(this.server, 'close');
  }

  private take(near: Socket): void {
    if (this.down) {
      near.destroy();
      return;
    }
    this.connections += 1;
    const far = connect(Number(this.target.port), this.target.hostname);
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      this.ends.add(end);
      end.setNoDelay(true);
      end.on('error', () => undefined);
      end.on('close', () => {
        this.ends.delete(end);
        other.destroy();
      });
      end.on('data', (chunk) => {
        if (this.mute && end === far) return;
        if (!other.destroyed) other.write(chunk);
      });
    }
  }
}
