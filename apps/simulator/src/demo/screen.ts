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
  /** What that line says. */
  #live = '';

  constructor(private readonly out: WriteStream) {
    this.#paint = paints(out.isTTY === true && out.hasColors());
  }

  print(line = ''): void {
    // A line that is still being written stays the last.
    this.out.write(this.#live === '' ? `${line}\n` : `\r\u001b[2K${line}\n${this.#live}`);
  }

  title(text: string): void {
    this.print(this.#paint.bold(text));
  }

  /** Tells what is being waited for at once, and how long it took; on a terminal the seconds count up meanwhile. */
  async step<T>(what: string, work: Promise<T>): Promise<T> {
    const started = performance.now();
    const seconds = () => ((performance.now() - started) / 1000).toFixed(1);
    this.#giveUpLine();
    const write = (line: string) => {
      this.#live = line;
      this.out.write(`\r${line}`);
    };
    const onTerminal = this.out.isTTY === true;
    if (onTerminal) write(`${what} …`);
    else this.print(`${what} …`);
    const timer = setInterval(() => onTerminal && write(`${what} … ${seconds()} s`), everyMs);
    const end = () => {
      clearInterval(timer);
      this.#live = '';
      this.#giveUpLine = () => {};
    };
    this.#giveUpLine = () => {
      end();
      if (onTerminal) this.print();
    };
    try {
      const result = await work;
      end();
      this.print(onTerminal ? `\r${what} … done in ${seconds()} s` : `Done in ${seconds()} s.`);
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
