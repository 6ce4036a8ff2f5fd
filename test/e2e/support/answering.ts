import { randomUUID } from 'node:crypto';
import { type GraphSimulator, sends } from '@switchboard/simulator';
import { until } from '../../support/until';
import { accountAtMeta, openGraph } from './connecting';
import type { Possessions } from './possessions';
import { openSendingShop, type SendingShop } from './sending-shop';
import type { Body } from './shop';
import { colleague, operator, tenant } from './world';

/** How an operation is called so that it does what it is for; what is left out is as its description says. */
export interface Asked {
  token?: string;
  ids?: string[];
  body?: object;
  headers?: Record<string, string>;
}

/** What operations are called with: a workspace with one of everything, and one whose page is connected. */
export class Answering {
  private constructor(
    readonly own: Possessions,
    private readonly desk: SendingShop<'messenger'>,
    private readonly conversation: Body,
    private readonly graph: GraphSimulator,
  ) {}

  static async of(own: Possessions): Promise<Answering> {
    const desk = await openSendingShop('messenger', { callbacks: false });
    return new Answering(own, desk, await desk.conversation(), await openGraph({ callbacks: false }));
  }

  /** The ways in which an operation is to be called, one after the other: each has an answer of its own form. */
  async waysTo(name: string): Promise<Asked[]> {
    return (await this.recipes[name]?.()) ?? [{}];
  }

  private readonly recipes: Record<string, () => Promise<Asked[]>> = {
    'post /v1/events/prune': async () => {
      const { body } = await this.api.get('/v1/events?limit=1');
      const { token } = await operator();
      return [{ token: token!, body: { workspaceId: this.own.id('workspaces'), upTo: body.head } }];
    },
    'post /v1/auth/sign-in': async () => [{ body: this.signIn }],
    'post /v1/auth/refresh': async () => {
      const { refreshToken } = await this.api.signIn(this.signIn.email, this.signIn.password);
      return [{ body: { refreshToken } }];
    },
    'post /v1/auth/password': async () => {
      const { email, password } = await this.newUser();
      const { accessToken: token } = await this.api.signIn(email, password);
      return [{ token, body: { currentPassword: password, newPassword: randomUUID() } }];
    },
    'post /v1/invitations/look': async () => [{ body: { token: (await this.invited()).token } }],
    'post /v1/invitations/accept': async () => {
      const { token } = await this.invited();
      return [{ body: { token, password: randomUUID() } }];
    },
    'post /v1/invitations/join': async () => {
      const { email, accessToken } = await tenant();
      const { token } = await this.invited(email);
      return [{ token: accessToken, body: { token } }];
    },
    'post /v1/users': async () => [
      { body: { email: `${randomUUID()}@example.com`, password: randomUUID(), role: 'viewer' } },
    ],
    'post /v1/channels': async () => {
      const accounts = await Promise.all(
        (['messenger', 'whatsapp'] as const).map((way) => accountAtMeta(way, this.graph)),
      );
      return accounts.map(({ registration }) => ({ body: registration }));
    },
    'put /v1/channels/{id}/credentials': async () => [
      this.atDesk([this.channelId], { token: this.desk.token, graphHost: this.desk.graph.url }),
    ],
    'post /v1/channels/{id}/check': async () => [this.atDesk([this.channelId])],
    'post /v1/channels/{id}/backfill': async () => [this.atDesk([this.channelId])],
    'post /v1/channels/{id}/comment-answers': async () => {
      const { graph, account } = this.desk;
      graph.post(account, { id: 'p1' });
      const from = { id: 'psid-1' };
      graph.comment(account, { id: 'c1', text: 'How much?', from, at: Date.now(), objectId: 'p1' });
      return [this.atDesk([this.channelId], { commentId: 'c1', text: 'Five.' })];
    },
    'post /v1/campaigns': async () => {
      const of = { name: 'Spring', channelId: this.own.id('channels'), audience: { all: true } };
      const variants = ['A', 'B'].map((key) => ({ key, share: 50, content: hello }));
      return [{ body: { ...of, content: hello } }, { body: { ...of, variants } }];
    },
    'patch /v1/campaigns/{id}': async () => [{ body: { name: 'Summer' } }],
    'post /v1/campaigns/{id}/start': async () => [this.atDesk([(await this.campaign()).id])],
    'post /v1/campaigns/{id}/test': async () => {
      const { id } = await this.campaign();
      return [this.atDesk([id], { contactIds: [this.conversation.contact.id] })];
    },
    'post /v1/campaigns/{id}/schedule': async () => [this.atDesk([(await this.campaign(later)).id])],
    'post /v1/campaigns/{id}/unschedule': async () => {
      const { id } = await this.campaign(later);
      await this.desk.shop.api.made(`/v1/campaigns/${id}/schedule`);
      return [this.atDesk([id])];
    },
    'post /v1/campaigns/{id}/pause': async () => [this.atDesk([await this.running()])],
    'post /v1/campaigns/{id}/resume': async () => {
      const id = await this.running();
      await this.desk.shop.api.made(`/v1/campaigns/${id}/pause`);
      return [this.atDesk([id])];
    },
    'post /v1/flows/check': async () => [{ body: { definition: greets } }],
    'post /v1/flows/import': async () => [{ body: { switchboard: 'flow', name: 'Greets', definition: greets } }],
    'post /v1/flows': async () => [{ body: { name: 'Greets', definition: greets } }],
    'patch /v1/flows/{id}': async () => [{ body: { name: 'Greeting' } }],
    'delete /v1/flows/{id}': async () => [this.atDesk([(await this.flow()).id])],
    'post /v1/flows/{id}/publish': async () => [this.atDesk([(await this.flow()).id])],
    'post /v1/flows/{id}/off': async () => [this.atDesk([await this.publishedFlow()], { cancel: true })],
    'get /v1/flows/{id}/stats': async () => [this.atDesk([await this.publishedFlow()])],
    'get /v1/flows/{id}/versions': async () => [this.atDesk([await this.publishedFlow()])],
    'post /v1/flows/{id}/executions': async () => {
      const order = { contactId: this.conversation.contact.id, channelId: this.channelId };
      return [this.atDesk([await this.publishedFlow()], order)];
    },
    'get /v1/flow-executions/{id}': async () => [this.atDesk([await this.failedExecution()])],
    'post /v1/flow-executions/{id}/replay': async () => [this.atDesk([await this.failedExecution()])],
    'post /v1/meta-apps': async () => {
      const settings = { appId: randomUUID(), name: 'App', secrets: [randomUUID()], verifyToken: randomUUID() };
      return [{ body: settings }];
    },
    'post /v1/templates': async () => {
      const template = {
        ...{ name: 'goodbye', language: 'en_US', category: 'UTILITY' },
        components: [{ type: 'BODY', text: 'Goodbye' }],
      };
      return [{ body: { channelId: await this.numberId(), template } }];
    },
    'post /v1/channels/{id}/templates/sync': async () => [{ ids: [await this.numberId()] }],
    'post /v1/conversations': async () => {
      const { userId } = await colleague(this.own.shop.tenant, 'agent');
      return [{ body: { kind: 'direct', userId } }, { body: { kind: 'group', title: 'Team', userIds: [userId] } }];
    },
    'post /v1/conversations/{id}/participants': async () => {
      const { userId } = await colleague(this.own.shop.tenant, 'agent');
      return [{ body: { userIds: [userId] } }];
    },
    'post /v1/conversations/{id}/read': async () => [{}, { ids: [this.own.id('internal-conversations')] }],
    'post /v1/conversations/{id}/messages': async () => this.twice([this.conversation.id], { content: hello }),
    'post /v1/messages': async () => {
      const to = { contactId: this.conversation.contact.id };
      return this.twice([], { channelId: this.channelId, to, content: hello });
    },
    'post /v1/messages/{id}/retry': async () => {
      const { graph, send, shop } = this.desk;
      graph.next(1, sends).fail(100);
      const { body } = await send(this.conversation.id, hello);
      await until(() => shop.messages.of('message.failed').length > 0, 'it has failed');
      return [this.atDesk([body.id])];
    },
    'post /v1/contact-attributes': async () => [
      { body: { key: 'size', label: 'Size', type: 'number' } },
      { body: { key: 'colours', label: 'Colours', type: 'choices', choices: ['red', 'blue'] } },
    ],
    'post /v1/contact-imports/{id}/start': async () => [
      { body: { mapping: { Name: 'name', Phone: 'phone' }, dryRun: true } },
    ],
    'post /v1/contacts/{id}/merge': async () => {
      const [kept, given] = await this.twins();
      return [{ ids: [kept!.id], body: { contactId: given!.id } }];
    },
    'post /v1/contacts/{id}/merges/{mergeId}/undo': async () => {
      const [kept, given] = await this.twins();
      await this.api.made(`/v1/contacts/${kept!.id}/merge`, { contactId: given!.id });
      const [merge] = await this.api.all(`/v1/contacts/${kept!.id}/merges`);
      return [{ ids: [kept!.id, merge.id] }];
    },
    'post /v1/contacts/{id}/erase': async () => [{ ids: [(await this.twins())[0]!.id] }],
    'post /v1/segments': async () => [
      { body: { name: 'Named', filter } },
      { body: { name: 'Every', filter: await this.every() } },
    ],
    'post /v1/segments/count': async () => [{ body: { filter: await this.every() } }],
    'patch /v1/segments/{id}': async () => [{ body: { name: 'Another' } }, { body: { filter: await this.every() } }],
    'patch /v1/contact-tags/{id}': async () => [{ body: { name: randomUUID() } }],
  };

  private get api() {
    return this.own.shop.api;
  }

  private get signIn() {
    const { email, password } = this.own.shop.tenant;
    return { email, password };
  }

  private get channelId(): string {
    return this.desk.shop.channel.id;
  }

  private atDesk(ids: string[], body?: object): Asked {
    return { token: this.desk.shop.tenant.accessToken, ids, ...(body ? { body } : {}) };
  }

  private campaign(schedule: object | null = null): Promise<Body> {
    const order = { name: 'Spring', channelId: this.channelId, audience: { all: true }, content: hello, schedule };
    return this.desk.shop.api.made('/v1/campaigns', order);
  }

  private flow(definition: object = greets): Promise<Body> {
    return this.desk.shop.api.made('/v1/flows', { name: 'Greets', definition });
  }

  /** It sends nothing, for others wait for what is sent next. */
  private async publishedFlow(definition: object = waits): Promise<string> {
    const { id } = await this.flow(definition);
    await this.desk.shop.api.post(`/v1/flows/${id}/publish`);
    return id;
  }

  private async failedExecution(): Promise<string> {
    const { api } = this.desk.shop;
    const order = { contactId: this.conversation.contact.id, channelId: this.channelId };
    const { id } = await api.made(`/v1/flows/${await this.publishedFlow(divides)}/executions`, order);
    await until(async () => (await api.get(`/v1/flow-executions/${id}`)).body.state === 'failed', 'it has failed');
    return id;
  }

  /** A campaign whose one message is on its way for a while. */
  private async running(): Promise<string> {
    this.desk.graph.next(1, sends).delay(2000);
    const { id } = await this.campaign();
    await this.desk.shop.api.made(`/v1/campaigns/${id}/start`);
    return id;
  }

  /** The second is answered with what the first has made. */
  private twice(ids: string[], body: object): Asked[] {
    const headers = { 'idempotency-key': randomUUID() };
    return [1, 2].map(() => ({ ...this.atDesk(ids, body), headers }));
  }

  private async newUser() {
    const user = { email: `${randomUUID()}@example.com`, password: randomUUID() };
    await this.api.made('/v1/users', { ...user, role: 'viewer' });
    return user;
  }

  private invited(email = `${randomUUID()}@example.com`): Promise<Body> {
    return this.api.made('/v1/invitations', { email, role: 'viewer' });
  }

  /** A filter of all that there may be in one. */
  private async every(): Promise<object> {
    const [attribute] = await this.api.all('/v1/contact-attributes');
    const channelId = this.own.id('channels');
    return {
      all: [
        { not: filter },
        { any: [{ field: 'email', op: 'contains', value: '@' }] },
        { field: 'attribute', key: attribute.key, op: 'exists', value: true },
        { field: 'tag', op: 'none_of', value: [this.own.id('contact-tags')] },
        { field: 'consent', op: 'is', value: 'unknown', channelId },
        { field: 'platform', op: 'any_of', value: ['messenger'] },
        { field: 'channel', op: 'any_of', value: [channelId] },
        { field: 'created', op: 'within_days', value: 3 },
        { field: 'last_seen', op: 'before', value: '2026-01-01T00:00:00Z' },
      ],
    };
  }

  private twins(): Promise<Body[]> {
    return Promise.all(['One', 'Other'].map((name) => this.api.made('/v1/contacts', { name })));
  }

  /** The WhatsApp number whose template the workspace has. */
  private async numberId(): Promise<string> {
    const channels = await this.api.all('/v1/channels');
    return channels.find(({ platform }) => platform === 'whatsapp').id;
  }
}

const hello = { type: 'text', text: 'Hello?' };
const greets = { format: 1, triggers: [{ on: 'api' }], start: 'hi', steps: { hi: { do: 'send', content: hello } } };
const waits = { format: 1, triggers: [{ on: 'api' }], start: 'wait', steps: { wait: { do: 'wait', for: '1h' } } };
const divides = {
  ...{ format: 1, triggers: [{ on: 'api' }], start: 'divide', vars: { by: 0 } },
  steps: { divide: { do: 'set', vars: { share: '100 / int(vars.by)' } } },
};
const later = { startsAt: '2099-01-01T09:00:00Z', timeZone: 'UTC' };
/** The least filter. */
const filter = { field: 'name', op: 'exists', value: true };
