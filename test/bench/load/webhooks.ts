import {
  type Account,
  envelope,
  type MessengerCustomer,
  messenger,
  Random,
  serialise,
  sign,
  type WhatsAppCustomer,
  whatsapp,
} from '@switchboard/simulator';
import { accountOf, isShared, markOf, type Phase, recipientsOf, type World, workspaceOf } from '../world';

/** After so many messages of a customer the next one writes: a tenth of the messages opens a conversation. */
const messagesPerCustomer = 10;

const sayings = [
  'Hello! Can you tell me when I get',
  'Hi, is there any news of my order',
  'Good morning, I would like to change the address of',
  'Thank you so much, it is lovely! Could I return just one piece of',
  'Does the discount also count for',
];

/** Signed webhooks, one text message each, as Meta would send them. Remembers who has written already. */
export class Correspondence {
  private readonly written = new Map<number, number>();
  /** Whom the business wrote to in the last phase of echoes, and Meta's ids of it, by sequence. */
  private echoed: { id: string; customer: number }[] = [];

  constructor(
    private readonly world: World,
    private readonly appSecret: string,
    /** Messages that every user has had already. */
    private readonly writtenBefore = 0,
  ) {}

  /** The webhooks of a phase as HTTP requests, in order. */
  requests(phase: Phase, host: string): RequestPool {
    const pool = new RequestPool(phase.count);
    const random = new Random(phase.seed);
    const recipients = recipientsOf(this.world, phase);
    if (phase.kind === 'echoes') this.echoed = [];
    for (let sequence = 0; sequence < phase.count; sequence += 1) {
      const user = recipients[sequence]!;
      const text = `${random.pick(sayings)} ${markOf(phase.id, sequence)}`;
      const body = phase.kind ? this.ownBody(phase, sequence, user, text, random) : this.body(user, text, random);
      pool.add(requestOf(body, sign(body, this.appSecret), host));
    }
    return pool;
  }

  /** What the business wrote, or that it was delivered. */
  private ownBody(phase: Phase, sequence: number, user: number, text: string, random: Random): Buffer {
    const account = accountOf(workspaceOf(this.world, user));
    if (account.platform !== 'whatsapp') throw new Error(`User ${user} has no WhatsApp number.`);
    if (phase.kind === 'echoes') {
      this.echoed[sequence] = { id: `wamid.${phase.id}.${sequence}`, customer: this.customerFor(user) };
    }
    const { id, customer } = this.echoed[sequence]!;
    const chat = { account, customer: whatsappCustomer(customer), random, now: () => Date.now() };
    const item = phase.kind === 'echoes' ? whatsapp.echo(chat, text, { id }) : whatsapp.status(chat, id, 'delivered');
    return serialise(envelope([item])[0]!.body);
  }

  private body(user: number, text: string, random: Random): Buffer {
    const account = accountOf(workspaceOf(this.world, user));
    const customer = this.customerFor(user);
    const now = () => Date.now();
    const item =
      account.platform === 'whatsapp'
        ? whatsapp.text({ account, customer: whatsappCustomer(customer), random, now }, text)
        : messenger.text({ account: account as never, customer: messengerCustomer(customer), random, now }, text);
    return serialise(envelope([item])[0]!.body);
  }

  private customerFor(user: number): number {
    if (isShared(this.world)) return user;
    const before = this.written.get(user) ?? this.writtenBefore;
    this.written.set(user, before + 1);
    return user + this.world.users * Math.floor(before / messagesPerCustomer);
  }
}

/** How the platform knows the customer who writes to a user in a world of shared workspaces. */
export function customerIdOf(account: Account, customer: number): string {
  return account.platform === 'whatsapp' ? whatsappCustomer(customer).userId! : messengerCustomer(customer).id;
}

function messengerCustomer(index: number): MessengerCustomer {
  return { platform: 'messenger', name: 'Ada Weaver', language: 'en', id: `7${String(index).padStart(15, '0')}` };
}

function whatsappCustomer(index: number): WhatsAppCustomer {
  const digits = String(index).padStart(9, '0');
  const waId = `4915${digits}`;
  return { platform: 'whatsapp', name: 'Ada Weaver', language: 'en', waId, userId: `DE.10${digits}42`, phone: 'shown' };
}

function requestOf(body: Buffer, signature: string, host: string): Buffer {
  const head =
    `POST /webhooks/meta HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: facebookexternalua\r\nAccept: */*\r\n` +
    `Content-Type: application/json\r\nX-Hub-Signature-256: ${signature}\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

/** Requests ready to be written to a socket, in one piece of memory that the garbage collector need not look into. */
export class RequestPool {
  private slab = Buffer.allocUnsafeSlow(1 << 20);
  private readonly ends: Uint32Array;
  private length = 0;

  constructor(capacity: number) {
    this.ends = new Uint32Array(capacity);
  }

  get count(): number {
    return this.length;
  }

  add(request: Buffer): void {
    const start = this.length === 0 ? 0 : this.ends[this.length - 1]!;
    const end = start + request.length;
    if (end > this.slab.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(end, this.slab.length * 2));
      this.slab.copy(larger, 0, 0, start);
      this.slab = larger;
    }
    request.copy(this.slab, start);
    this.ends[this.length] = end;
    this.length += 1;
  }

  at(index: number): Buffer {
    return this.slab.subarray(index === 0 ? 0 : this.ends[index - 1]!, this.ends[index]!);
  }
}
