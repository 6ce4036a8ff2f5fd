import type { Platform } from '../item';
import type { Random } from '../random';
import { type GraphError, unknownObject } from './errors';
import { Files, type StoredFile } from './files';
import type { Comment, Correspondent, Inbox, Post, Thread, ThreadMessage } from './messaging/inbox';
import { HourlyCalls } from './rates';
import type { GraphRequest } from './request';
import { keyOf, type SentMessage, SentMessages } from './sent-messages';
import { type App, type Token, Tokens } from './tokens';
import type { BusinessAccount } from './whatsapp/business-account';
import type { WhatsAppNumber } from './whatsapp/number';

/** What an id names. */
export type Node =
  | { kind: 'number'; number: WhatsAppNumber }
  | { kind: 'businessAccount'; businessAccount: BusinessAccount }
  | { kind: 'inbox'; inbox: Inbox }
  | { kind: 'file'; file: StoredFile }
  | { kind: 'customer'; inbox: Inbox; correspondent: Correspondent }
  | { kind: 'thread'; inbox: Inbox; thread: Thread }
  | { kind: 'message'; inbox: Inbox; thread: Thread; message: ThreadMessage }
  | { kind: 'comment'; inbox: Inbox; comment: Comment }
  | { kind: 'post'; inbox: Inbox; post: Post }
  | { kind: 'app'; app: App };

/** A call with everything its handler needs. */
export interface Call<N = Node> {
  world: World;
  request: GraphRequest;
  token: Token;
  node: N;
  /** Messages the call has sent: which of them the sender was not told of is written down later. */
  sent: SentMessage[];
}

/** What the customer saw beside messages: blue ticks, dots. */
export interface Signal {
  kind: 'mark_seen' | 'typing_on' | 'typing_off';
  platform: Platform;
  accountId: string;
  /** WhatsApp names the message that was read, the others the customer. */
  messageId?: string;
  recipient?: string;
  /** Milliseconds since the epoch. */
  at: number;
}

export type Refused = Pick<SentMessage, 'id' | 'platform' | 'accountId' | 'recipient' | 'callbackData'>;

export interface WorldOptions {
  now: () => number;
  random: Random;
  /** `appUsage`'s hundred per cent: calls an hour, sends included. */
  appCallsPerHour: number;
  keepBodies: boolean;
}

/** Everything Meta knows. */
export class World {
  readonly now: () => number;
  readonly random: Random;
  readonly tokens: Tokens;
  readonly files: Files;
  readonly messages = new SentMessages();
  readonly numbers = new Map<string, WhatsAppNumber>();
  readonly businessAccounts = new Map<string, BusinessAccount>();
  readonly inboxes = new Map<string, Inbox>();
  /** Message ids of Messenger and Instagram, and what else is found by its id alone. */
  readonly nodes = new Map<string, Node>();
  readonly signals: Signal[] = [];
  /** How often each route was called: `GET customer`, `POST number messages`. */
  readonly calls = new Map<string, number>();
  /** Embedded Signup's codes and the tokens they are exchanged for. */
  readonly codes = new Map<string, string>();
  readonly appCalls: HourlyCalls;
  readonly #keepBodies: boolean;
  /** Told of every message that goes out, and whether Meta holds it back. */
  onSent: (sent: SentMessage, held: boolean) => void = () => {};
  /** Told of every message that Meta accepts although it will not arrive. */
  onRefused: (refused: Refused, why: GraphError) => void = () => {};

  constructor({ now, random, appCallsPerHour, keepBodies }: WorldOptions) {
    this.now = now;
    this.random = random;
    this.tokens = new Tokens(now);
    this.files = new Files(now, random.fork());
    this.appCalls = new HourlyCalls(appCallsPerHour);
    this.#keepBodies = keepBodies;
  }

  find(id: string): Node | undefined {
    const number = this.numbers.get(id);
    if (number) return { kind: 'number', number };
    const businessAccount = this.businessAccounts.get(id);
    if (businessAccount) return { kind: 'businessAccount', businessAccount };
    const inbox = this.inboxes.get(id);
    if (inbox) return { kind: 'inbox', inbox };
    const app = this.tokens.apps.get(id);
    if (app) return { kind: 'app', app };
    const file = this.files.get(id);
    return file ? { kind: 'file', file } : this.nodes.get(id);
  }

  /** The node, if it is the token's. Throws Meta's error for an unknown one. */
  open(id: string, token: Token, method: string): Node {
    const node = this.find(id);
    if (node === undefined || !ownersOf(node).some((owner) => token.assets.has(owner))) throw unknownObject(id, method);
    return node;
  }

  /** Writes a message down as received, and has its statuses told. */
  send(
    call: Call<unknown>,
    message: Pick<SentMessage, 'id' | 'platform' | 'accountId' | 'recipient' | 'kind' | 'callbackData' | 'metadata'>,
    { held = false }: { held?: boolean } = {},
  ): SentMessage {
    const { body } = call.request;
    const sent: SentMessage = {
      ...message,
      at: this.now(),
      appId: call.token.appId,
      ...(this.#keepBodies ? { body } : {}),
      key: keyOf(message, body),
      answered: true,
    };
    this.messages.add(sent);
    call.sent.push(sent);
    this.onSent(sent, held);
    return sent;
  }
}

function ownersOf(node: Node): string[] {
  switch (node.kind) {
    case 'number':
      return [node.number.id];
    case 'businessAccount':
      return [node.businessAccount.id];
    case 'file':
      return node.file.ownerId === undefined ? [] : [node.file.ownerId];
    case 'app':
      return [];
    default:
      return [node.inbox.id];
  }
}

/** As the Graph API writes times: `2026-10-01T09:00:00+0000`. */
export const graphTime = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}+0000`;

export const success = { success: true };
