import { type Namespace, namespaces, type RoomRef, typesOf } from '@switchboard/contracts';
import type { Scenario } from '@switchboard/simulator';
import { connect, type ReceivedEvent, type SocketClient } from '../../support/socket-client';
import { openMediaShop } from './media-shop';
import { elsewhere, gateways } from './realtime';
import { type Body, openShop, Shop } from './shop';
import { type Colleague, colleague, limitedColleague } from './world';

/** Where something is ever told. */
export const telling = namespaces.filter((namespace) => typesOf(namespace).length > 0);

/** The owner's tabs: one that gets everything, the others one kind of room each. */
const ownTabs = ['owner', 'inChannel', 'inBranch', 'inConversation', 'inContact', 'inCampaigns', 'inFlows'] as const;
export const witnesses = [...ownTabs, 'admin', 'viewer', 'limited', 'stranger'] as const;
export type Witness = (typeof witnesses)[number];

const everybody = ['owner', 'admin', 'viewer'] as const;
/** Who is told of what concerns … */
export const toldOf = {
  thread: [...everybody, 'inChannel', 'inConversation', 'inContact'],
  channel: [...everybody, 'inChannel'],
  branch: [...everybody, 'limited', 'inBranch'],
  workspace: [...everybody, 'limited'],
  contact: [...everybody, 'limited', 'inContact'],
  campaign: [...everybody, 'inChannel', 'inCampaigns'],
  flow: [...everybody, 'inChannel', 'inConversation', 'inContact', 'inFlows'],
  admins: ['owner', 'admin'],
  /** An internal conversation of the owner and the limited agent. */
  participants: [...ownTabs, 'limited'],
  limited: ['limited'],
} satisfies Record<string, readonly Witness[]>;

type Campaign = 'whole' | 'impossible' | 'givenUp';
type Flow = 'asks' | 'fails';

/** Campaigns on the shop's channel, by what becomes of them: their rooms are there before anything is told of them. */
async function drafts({ api, channel }: Shop, contactId: string): Promise<Record<Campaign, string>> {
  const filter = { field: 'name', op: 'exists', value: true };
  const { id: segmentId } = await api.made('/v1/segments', { name: 'Gone when it starts', filter });
  const draft = async (audience: object) => {
    const content = { type: 'text', text: 'Spring is here' };
    return (await api.made('/v1/campaigns', { name: 'Spring', channelId: channel.id, audience, content })).id as string;
  };
  const [whole, impossible, givenUp] = await Promise.all([
    draft({ contactIds: [contactId] }),
    draft({ segmentIds: [segmentId] }),
    draft({ contactIds: [contactId] }),
  ]);
  return { whole, impossible, givenUp };
}

/** A flow that greets and waits for an answer, and one that cannot be done. */
async function flows({ api }: Shop): Promise<Record<Flow, string>> {
  const made = async (name: string, start: string, steps: object) => {
    const definition = { format: 1, triggers: [{ on: 'api' }], vars: { by: 0 }, start, steps };
    const { id } = await api.made('/v1/flows', { name, definition });
    await api.post(`/v1/flows/${id}/publish`);
    return id as string;
  };
  const content = { type: 'text', text: 'Shall we call you?' };
  const [asks, fails] = await Promise.all([
    made('Asks', 'ask', { ask: { do: 'ask', content, expect: { as: 'any' } } }),
    made('Fails', 'divide', { divide: { do: 'set', vars: { share: '100 / int(vars.by)' } } }),
  ]);
  return { asks, fails };
}

/**
 * A workspace with two channels: a customer has written to the first, and one agent sees only the second, the branch. Watched in every
 * namespace by sockets of all kinds, at several gateways where there are several; and so by the owner of another workspace.
 */
export class Watched {
  /** The internal conversation of the owner and the limited agent, once there is one. */
  internal = '';
  /** What holds back a campaign's message, once it has started. */
  onItsWay: Scenario | undefined;

  private constructor(
    readonly desk: Awaited<ReturnType<typeof openMediaShop>>,
    readonly branch: Shop<'messenger'>,
    readonly stranger: Shop<'whatsapp'>,
    readonly limited: Colleague,
    readonly viewer: Colleague,
    /** Of the customer who has written. */
    readonly chat: never,
    readonly conversation: Body,
    readonly campaigns: Readonly<Record<Campaign, string>>,
    readonly flows: Readonly<Record<Flow, string>>,
    private readonly sockets: ReadonlyMap<string, SocketClient>,
  ) {}

  static async open(): Promise<Watched> {
    const desk = await openMediaShop('whatsapp', {
      // Meta's word comes after its answer is known to be lost, and what is read is told to be delivered before.
      callbacks: { sentAfterMs: 800, deliveredAfterMs: 900, readAfterMs: 1500 },
    });
    const { shop } = desk;
    const stranger = await openShop('whatsapp');
    const branch = new Shop(
      'messenger',
      shop.tenant,
      await shop.tenant.channel('messenger'),
      shop.webhooks,
      shop.messages,
    );
    const [admin, viewer, limited] = await Promise.all([
      colleague(shop.tenant, 'admin'),
      colleague(shop.tenant, 'viewer'),
      limitedColleague(shop.tenant, [branch.channel.id]),
    ]);
    const chat = shop.chat({ now: Date.now } as never) as never;
    const hello = shop.text(chat, 'Hello, is anybody there?');
    desk.graph.hears(hello);
    await shop.receives(hello);
    const { conversation } = await shop.onlyConversation();
    const campaigns = await drafts(shop, conversation.contact.id);
    const ofFlows = await flows(shop);

    const sockets = new Map<string, SocketClient>();
    const watch = (
      witness: Witness,
      { accessToken: token }: { accessToken: string },
      gateway: string,
      ...rooms: RoomRef[]
    ) =>
      telling.map(async (namespace) => {
        const socket = await connect(gateway, namespace, { token, ...(rooms.length > 0 ? { rooms } : {}) });
        sockets.set(`${witness} ${namespace}`, socket);
      });
    await Promise.all([
      ...watch('owner', shop.tenant, gateways[0]!),
      ...watch('inChannel', shop.tenant, gateways[0]!, { kind: 'channel', id: shop.channel.id }),
      ...watch('inBranch', shop.tenant, gateways[0]!, { kind: 'channel', id: branch.channel.id }),
      ...watch('inConversation', shop.tenant, gateways[0]!, { kind: 'conversation', id: conversation.id }),
      ...watch('inContact', shop.tenant, elsewhere, { kind: 'contact', id: conversation.contact.id }),
      ...watch(
        'inCampaigns',
        shop.tenant,
        elsewhere,
        ...Object.values(campaigns).map((id): RoomRef => ({ kind: 'campaign', id })),
      ),
      ...watch(
        'inFlows',
        shop.tenant,
        elsewhere,
        ...Object.values(ofFlows).map((id): RoomRef => ({ kind: 'flow', id })),
      ),
      ...watch('admin', admin, elsewhere),
      ...watch('viewer', viewer, elsewhere),
      ...watch('limited', limited, elsewhere),
      ...watch('stranger', stranger.tenant, elsewhere),
    ]);
    return new Watched(desk, branch, stranger, limited, viewer, chat, conversation, campaigns, ofFlows, sockets);
  }

  get shop(): Shop<'whatsapp'> {
    return this.desk.shop as Shop<'whatsapp'>;
  }

  get api() {
    return this.shop.api;
  }

  get all(): SocketClient[] {
    return [...this.sockets.values()];
  }

  of(witness: Witness, namespace: Namespace): SocketClient {
    return this.sockets.get(`${witness} ${namespace}`)!;
  }

  /** Those who were told an event that has these words in it. */
  toldTo(namespace: Namespace, type: string, words: string): Witness[] {
    const isIt = ({ data }: ReceivedEvent) => JSON.stringify(data).includes(words);
    return witnesses.filter((witness) => this.of(witness, namespace).of(type).some(isIt));
  }
}
