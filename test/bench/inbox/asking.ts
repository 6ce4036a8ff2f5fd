import { Client } from 'undici';
import { monotonic } from '../figures/clock';
import { VoidRun } from '../measurement';
import type { Question, Request } from './question-kinds';
import type { Shop } from './shop';

/** One person who asks a server over one keep-alive connection. */
export class Asker {
  private readonly client: Client;

  constructor(
    url: string,
    private readonly token: string,
    readonly shop: Shop,
  ) {
    this.client = new Client(url, { pipelining: 1, bodyTimeout: 0, headersTimeout: 0 });
  }

  /**
   * Asks and checks the answer. Returns milliseconds until its last byte was here.
   * @throws VoidRun where the answer is not exactly what it has to be
   */
  async ask({ what, request }: Question, n: number): Promise<number> {
    const asked = request(this.shop, n);
    const started = monotonic();
    const { statusCode, text } = await this.send(asked);
    const took = monotonic() - started;
    try {
      if (statusCode !== 200) throw new Error(`status ${statusCode}`);
      asked.check(JSON.parse(text) as never);
    } catch (error) {
      throw new VoidRun(`${what} (${asked.path}): ${(error as Error).message}; answered ${text.slice(0, 300)}`);
    }
    return took;
  }

  async send({ method, path, body }: Omit<Request, 'check'>): Promise<{ statusCode: number; text: string }> {
    const { statusCode, body: answer } = await this.client.request({
      method,
      path,
      headers: {
        authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    });
    return { statusCode, text: await answer.text() };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
