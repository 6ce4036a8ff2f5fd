import { randomInt } from 'node:crypto';
import type { WhatsAppContent } from '../forms/whatsapp-content';
import type { SimulatedItem } from '../item';
import { Random } from '../random';
import { type CallbackOptions, Callbacks, type PlannedCallback } from './callbacks';
import { type FileSetup, inboundLifeMs } from './files';
import { addComment, addPost, hear } from './hearing';
import {
  type Comment,
  Inbox,
  type InboxSetup,
  type InstagramSetup,
  type PageSetup,
  type Post,
} from './messaging/inbox';
import { type Matcher, type Plot, Scenarios } from './scenarios';
import type { SentMessage, SentMessages } from './sent-messages';
import { GraphServer } from './server';
import type { AppSetup, Death, Token, TokenKind, TokenSetup } from './tokens';
import { BusinessAccount } from './whatsapp/business-account';
import { WhatsAppNumber, type WhatsAppSetup } from './whatsapp/number';
import { type Signal, World } from './world';

export interface GraphOptions {
  /** The app that tokens are of; one is made up unless given. */
  app?: AppSetup;
  /** The app of Instagram Login tokens; `app` unless given. */
  instagramApp?: AppSetup;
  /** Where statuses and echoes are posted; nowhere unless given. */
  callbacks?: CallbackOptions;
  /** Meta's clock: windows, expiries and limits go by it. Milliseconds since the epoch. */
  now?: () => number;
  /** Of message ids; drawn unless given, so that two simulators never give the same id. */
  seed?: number;
  /** Calls an hour of all tokens together (error 4); none unless told otherwise. */
  appCallsPerHour?: number;
  /** Whether sent messages keep the request's body; true unless told otherwise. */
  keepBodies?: boolean;
}

const scopes = {
  business: ['whatsapp_business_management', 'whatsapp_business_messaging'],
  page: ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement', 'pages_manage_engagement'],
  instagram: ['instagram_business_basic', 'instagram_business_manage_messages', 'instagram_business_manage_comments'],
  user: [],
} satisfies Record<TokenKind, string[]>;

/** Stands in for graph.facebook.com and graph.instagram.com. */
export class GraphSimulator {
  readonly #world: World;
  readonly #scenarios = new Scenarios();
  readonly #server: GraphServer;
  readonly #app: AppSetup;
  readonly #instagramApp: AppSetup;
  #callbacks: Callbacks | undefined;
  #origin: string | undefined;

  constructor(options: GraphOptions = {}) {
    const {
      now = Date.now,
      seed = randomInt(2 ** 32),
      appCallsPerHour = Number.POSITIVE_INFINITY,
      keepBodies = true,
    } = options;
    this.#world = new World({ now, random: new Random(seed), appCallsPerHour, keepBodies });
    this.#app = options.app ?? { id: '1088123456789012', secret: 'test_app_secret' };
    this.#instagramApp = options.instagramApp ?? this.#app;
    this.app(this.#app);
    if (this.#instagramApp !== this.#app) this.app(this.#instagramApp);
    this.#server = new GraphServer(this.#world, this.#scenarios);
    if (options.callbacks) this.tells(options.callbacks);
  }

  /** Resolves to the address calls go to, before the version. Port 0 takes any. */
  async listen(port = 0, host = '127.0.0.1'): Promise<string> {
    const bound = await this.#server.listen(port, host);
    this.#origin = `http://${host}:${bound}`;
    return this.#origin;
  }

  /** Stands in for either host: which one is meant shows in the token. Throws before `listen`. */
  get url(): string {
    if (this.#origin === undefined) throw new Error('The Graph simulator does not listen yet.');
    return this.#origin;
  }

  /** Stands in for graph.facebook.com, and refuses tokens of the other host as it does. */
  get facebookUrl(): string {
    return `${this.url}/graph.facebook.com`;
  }

  /** Stands in for graph.instagram.com. */
  get instagramUrl(): string {
    return `${this.url}/graph.instagram.com`;
  }

  /** Ends every connection and timer. */
  async close(): Promise<void> {
    this.#callbacks?.close();
    await this.#server.close();
  }

  /** What customers received. */
  get messages(): SentMessages {
    return this.#world.messages;
  }

  /** Blue ticks and typing dots, in order. */
  get signals(): readonly Signal[] {
    return this.#world.signals;
  }

  /** How often a route was called, by the kind of its node: `GET customer`, `POST number messages`, `GET inbox conversations`. */
  calls(route: string): number {
    return this.#world.calls.get(route) ?? 0;
  }

  /** One more app, or the same with `requireProof`. */
  app(setup: AppSetup): void {
    this.#world.tokens.addApp(setup);
  }

  /** A token beside those of the accounts, such as one with few scopes or an early end. */
  token(setup: Omit<TokenSetup, 'appId' | 'scopes'> & Partial<Pick<TokenSetup, 'appId' | 'scopes'>>): Token {
    return this.#world.tokens.add({ appId: this.#app.id, scopes: scopes[setup.kind], ...setup });
  }

  /** The token no longer works: error 190 with this subcode, until `revive`. */
  kill(token: string, death: Death = 460): void {
    this.#known(token).death = death;
  }

  revive(token: string): void {
    this.#known(token).death = undefined;
  }

  /** A code of Embedded Signup, to be exchanged once for this token. */
  code(code: string, token: string): void {
    this.#world.codes.set(code, token);
  }

  /** A business phone number, with its business account where that is new. */
  whatsapp(setup: WhatsAppSetup): WhatsAppNumber {
    const world = this.#world;
    const { businessAccountId: id, phoneNumberId, verifiedName = 'Clay & Table' } = setup;
    const { tier = 'TIER_UNLIMITED', managementCallsPerHour = 5_000 } = setup;
    const businessAccount =
      world.businessAccounts.get(id) ??
      new BusinessAccount(id, verifiedName, tier, managementCallsPerHour, world.random.fork());
    if (setup.tier !== undefined) businessAccount.setTier(setup.tier);
    world.businessAccounts.set(id, businessAccount);
    const number = new WhatsAppNumber(businessAccount, setup);
    businessAccount.numberIds.add(phoneNumberId);
    world.numbers.set(phoneNumberId, number);
    const assets = [phoneNumberId, id];
    this.token({ value: setup.token, kind: 'business', appId: setup.appId ?? this.#app.id, profileId: id, assets });
    return number;
  }

  /** A page with its Messenger inbox. */
  page(setup: PageSetup): Inbox {
    const inbox = this.#inbox(new Inbox('messenger', setup, undefined, undefined));
    this.#inboxToken(setup, 'page', this.#app.id, [setup.id]);
    return inbox;
  }

  /** An Instagram account. With Facebook Login it is reached through `pageId`, with that page's token, and the page must be set up first. */
  instagram(setup: InstagramSetup): Inbox {
    const { login, pageId, username = 'clay.table' } = setup;
    const inbox = new Inbox('instagram', setup, username, login === 'facebook' ? pageId : undefined);
    if (login === 'instagram') {
      this.#inboxToken(setup, 'instagram', this.#instagramApp.id, [setup.id]);
      return this.#inbox(inbox);
    }
    const page = pageId === undefined ? undefined : this.#world.inboxes.get(pageId);
    if (page === undefined)
      throw new Error('An Instagram account with Facebook Login needs the pageId of a page set up before.');
    page.instagram = inbox;
    this.#inboxToken({ ...setup, id: page.id }, 'page', this.#app.id, [page.id, setup.id]);
    return this.#inbox(inbox);
  }

  #inbox(inbox: Inbox): Inbox {
    this.#world.inboxes.set(inbox.id, inbox);
    return inbox;
  }

  #inboxToken(
    { token: value, id, appId: given }: InboxSetup,
    kind: 'page' | 'instagram',
    appId: string,
    assets: string[],
  ): void {
    this.token({ value, kind, appId: given ?? appId, profileId: id, assets });
  }

  /** A person a page or Instagram account knows: their profile can be read, and they written to. */
  customer(account: Inbox, known: Parameters<Inbox['customer']>[0]): void {
    const correspondent = account.customer(known);
    this.#world.nodes.set(known.id, { kind: 'customer', inbox: account, correspondent });
  }

  /** A post of a page, or an Instagram media: the account's own, or one that mentions it. */
  post(account: Inbox, { id, at, ...facts }: Post): void {
    addPost(this.#world, account, id, at, facts);
  }

  /** A comment that no webhook told of, such as one that mentions the account. */
  comment(account: Inbox, comment: Comment): void {
    addComment(this.#world, account, comment);
  }

  /** Takes note of webhooks, whoever posts them: a customer who wrote can be answered. */
  hears(items: SimulatedItem | Iterable<SimulatedItem>): void {
    hear(this.#world, Symbol.iterator in items ? items : [items]);
  }

  /** Takes note of webhooks and posts them. Throws without `tells`. */
  says(items: SimulatedItem | Iterable<SimulatedItem>): void {
    const all = Symbol.iterator in items ? [...items] : [items];
    this.hears(all);
    this.#receiver().post(all);
  }

  /** A file a customer sent to the number: what the webhook says of it. */
  inboundMedia(
    number: WhatsAppNumber,
    kind: 'image' | 'video' | 'audio' | 'document' | 'sticker',
    setup: FileSetup,
  ): WhatsAppContent {
    const file = this.#world.files.add(setup, inboundLifeMs, number.id);
    const { id, mimeType, filename } = file;
    const body = {
      ...(kind === 'document' ? { filename } : {}),
      ...{ mime_type: mimeType, sha256: file.sha256.toString('base64'), id },
      url: this.#world.files.address(this.url, file),
    };
    return { kind, type: kind, body };
  }

  /** A file on the CDN that attachments of Messenger and Instagram point to; its address needs no token. */
  cdn(setup: FileSetup): string {
    return `${this.url}/cdn/${this.#world.files.add(setup, inboundLifeMs).id}`;
  }

  /** What the next `times` calls that fit meet. */
  next(times: number, matcher: Matcher = {}): Plot {
    return this.#scenarios.plot(times, matcher);
  }

  /** What every call that fits meets, until the scenario is ended. */
  always(matcher: Matcher = {}): Plot {
    return this.#scenarios.plot(Number.POSITIVE_INFINITY, matcher);
  }

  /** Ends every scenario. */
  calm(): void {
    this.#scenarios.clear();
  }

  /** Posts statuses and echoes there from now on. Replaces what was told before, and ends what was still to be told. */
  tells(options: CallbackOptions): Callbacks {
    this.#callbacks?.close();
    const callbacks = new Callbacks(this.#world, options);
    this.#callbacks = callbacks;
    this.#world.onSent = (sent, held) => {
      if (!held) callbacks.follow(sent);
    };
    this.#world.onRefused = (refused, { fields, message: title }) => {
      const error = { code: fields.code, title, details: fields.details ?? title };
      callbacks.tell(refused, { tells: 'failed', afterMs: options.sentAfterMs || 20, error });
    };
    return callbacks;
  }

  /** Tells one more thing of a message, now unless `afterMs` says otherwise. Throws without `tells`. */
  tell(sent: SentMessage, planned: Omit<PlannedCallback, 'afterMs'> & { afterMs?: number }): void {
    this.#receiver().tell(sent, { afterMs: 0, ...planned });
  }

  /** The webhooks, and what their receiver has acknowledged; undefined without `tells`. */
  get callbacks(): Callbacks | undefined {
    return this.#callbacks;
  }

  #receiver(): Callbacks {
    if (this.#callbacks === undefined) throw new Error('Say with tells() first where webhooks are posted.');
    return this.#callbacks;
  }

  #known(value: string): Token {
    const token = this.#world.tokens.get(value);
    if (token === undefined) throw new Error('No account was set up with this token.');
    return token;
  }
}
