import { envelope, serialise, whatsapp, whatsappChat } from '@switchboard/simulator';
import { io, type Socket } from 'socket.io-client';
import { WebhookSender } from '../../support/webhook-sender';
import { type Latency, latencyOf } from '../figures/statistics';

interface Account {
  id: string;
  businessAccountId: string;
}

/** New customers who write to a number, one after the other, and how long it takes until a dashboard shows what they wrote. */
export class Inbound {
  private readonly sentAt = new Map<string, number>();
  private readonly taken: { at: number; ms: number }[] = [];
  private written = 0;
  private timer?: NodeJS.Timeout;

  private constructor(
    private readonly socket: Socket,
    private readonly sender: WebhookSender,
    private readonly account: Account,
  ) {
    socket.on('message.received', ({ data }: { data: { message: { content: { text?: string } } } }) => {
      const began = this.sentAt.get(data.message.content.text ?? '');
      if (began !== undefined) this.taken.push({ at: began, ms: performance.now() - began });
    });
  }

  static async open(url: string, token: string, appSecret: string, account: Account): Promise<Inbound> {
    const auth = { token, types: ['message.received'] };
    const socket = io(`${url}/messages`, { auth, transports: ['websocket'], forceNew: true });
    await new Promise((resolve, reject) => {
      socket.once('ready', resolve);
      socket.once('connect_error', reject);
    });
    return new Inbound(socket, new WebhookSender([url], appSecret), account);
  }

  /** Until `close`. */
  write(everyMs: number): void {
    this.timer = setInterval(() => void this.writeOne(), everyMs);
  }

  /** Of what was written from then on (performance.now()); how much of it was never shown. */
  since(from: number, until: number): Latency & { lost: number } {
    const within = (at: number) => at >= from && at < until;
    const shown = this.taken.filter(({ at }) => within(at)).map(({ ms }) => ms);
    const sent = [...this.sentAt.values()].filter(within).length;
    return { ...latencyOf(Float64Array.from(shown)), lost: sent - shown.length };
  }

  close(): void {
    clearInterval(this.timer);
    this.socket.close();
  }

  private async writeOne(): Promise<void> {
    this.written += 1;
    const words = `Question ${this.written}`;
    const chat = whatsappChat({ seed: 1_000_000 + this.written, account: this.account, now: Date.now } as never);
    const [{ body }] = envelope([whatsapp.text(chat, words)]) as unknown as [{ body: unknown }];
    this.sentAt.set(words, performance.now());
    await this.sender.sendRaw(serialise(body as never));
  }
}
