import { createHmac } from 'node:crypto';

/** Posts webhooks as Meta does: raw bytes, signed. */
export class WebhookSender {
  constructor(
    readonly urls: string[],
    readonly secret: string,
  ) {}

  /** Sends a body and returns the status. `api` picks one of several processes. */
  async send(body: unknown, api = 0, secret = this.secret): Promise<number> {
    return this.sendRaw(Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)), api, secret);
  }

  async sendRaw(bytes: Buffer, api = 0, secret = this.secret): Promise<number> {
    const answer = await fetch(`${this.urls[api % this.urls.length]}/webhooks/meta`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': `sha256=${createHmac('sha256', secret).update(bytes).digest('hex')}`,
      },
      body: new Uint8Array(bytes),
    });
    await answer.arrayBuffer();
    return answer.status;
  }

  /** @throws unless it was acknowledged. */
  async deliver(body: unknown, api = 0): Promise<void> {
    const status = await this.send(body, api);
    if (status !== 200) throw new Error(`The webhook was answered ${status}`);
  }
}
