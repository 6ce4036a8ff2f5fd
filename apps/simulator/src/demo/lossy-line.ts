import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Endpoint } from '../delivery';

/** Of so many webhooks, the answer to one is lost. */
const oneIn = 8;
const path = '/webhooks/meta';

/**
 * The way from Meta to the server, on which answers get lost: the server has kept the webhook, Meta sees a 503 or a broken
 * connection and delivers it again.
 */
export class LossyLine {
  readonly #endpoint: Endpoint;
  readonly #server: Server;
  #carried = 0;
  #lost = 0;

  private constructor(readonly target: URL) {
    this.#endpoint = new Endpoint(target);
    this.#server = createServer((request, response) => void this.#carry(request, response));
  }

  /** @param target the server's address. */
  static async open(target: string): Promise<LossyLine> {
    const line = new LossyLine(new URL(path, target));
    await new Promise<void>((resolve) => line.#server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${path}`;
  }

  /** Answers that did not come back. */
  get lost(): number {
    return this.#lost;
  }

  async close(): Promise<void> {
    this.#endpoint.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #carry(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('error', () => undefined);
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const signature = request.headers['x-hub-signature-256'];
    const answer = await this.#endpoint.post(Buffer.concat(chunks), signature as string | undefined);
    const loses = answer.status === 200 && ++this.#carried % oneIn === 0;
    if (loses) this.#lost++;
    if (answer.status === undefined || (loses && this.#lost % 2 === 0)) request.socket.destroy();
    else response.writeHead(loses ? 503 : answer.status).end();
  }
}
