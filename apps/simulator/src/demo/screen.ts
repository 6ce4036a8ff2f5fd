import type { WriteStream } from 'node:tty';
import type { EventEnvelope, Namespace } from '@switchboard/contracts';
import { eventLine } from './line';
import { type Paint, paints } from './paint';
import { Wording } from './wording';

/** How to try the server by hand. */
export interface Invitation {
  url: string;
  email: string;
  password: string;
}

const everyMs = 1_000;

/** What the demo prints. */
export class Screen {
  readonly #paint: Paint;
  readonly #wording = new Wording();
  /** Ends a line that is still being written. */
  #giveUpLine = () => {};

  constructor(private readonly out: WriteStream) {
    this.#paint = paints(out.isTTY === true && out.hasColors());
  }

  print(line = ''): void {
    this.out.write(`${line}\n`);
  }

  title(text: string): void {
    this.print(this.#paint.bold(text));
  }

  /** Tells what is being waited for at once, and how long it took; on a terminal the seconds count up meanwhile. */
  async step<T>(what: string, work: Promise<T>): Promise<T> {
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
    const live = this.out.isTTY === true;
    this.#giveUpLine();
    this.out.write(live ? `${what} …` : `${what} …\n`);
    const timer = setInterval(() => live && this.out.write(`\r${what} … ${seconds()} s`), everyMs);
    this.#giveUpLine = () => {
      clearInterval(timer);
      if (live) this.print();
      this.#giveUpLine = () => {};
    };
    try {
      const result = await work;
      clearInterval(timer);
      this.#giveUpLine = () => {};
      this.out.write(live ? `\r${what} … done in ${seconds()} s\n` : `Done in ${seconds()} s.\n`);
      return result;
    } catch (error) {
      this.#giveUpLine();
      throw error;
    }
  }

  invitation({ url, email, password }: Invitation): void {
    const { bold, dim } = this.#paint;
    const body = JSON.stringify({ email, password });
    this.print(`
  server    ${bold(url)}
  API       ${bold(`${url}/docs`)}
  sign in   ${bold(email)}  password ${bold(password)}
  by hand   ${dim(`token=$(curl -s ${url}/v1/auth/sign-in -H 'content-type: application/json' -d '${body}' | node -pe 'JSON.parse(fs.readFileSync(0)).accessToken')`)}
            ${dim(`curl -s -H "authorization: Bearer $token" '${url}/v1/conversations?limit=3'`)}
`);
  }

  event(namespace: Namespace, event: EventEnvelope): void {
    const width = this.out.isTTY ? this.out.columns : undefined;
    this.print(eventLine(this.#paint, new Date(), namespace, event, this.#wording.words(event), width));
  }

  /** Something that happens to the demo, between the events. */
  note(text: string): void {
    this.print(this.#paint.yellow(`${new Date().toTimeString().slice(0, 8)}  ${text}`));
  }

  good(text: string): void {
    this.print(this.#paint.green(text));
  }
}
