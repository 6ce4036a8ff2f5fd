import { eventNamespaces, isEventType, type Role, type RoomName, type RoomRef } from '@switchboard/contracts';
import fc from 'fast-check';
import type { Socket } from 'socket.io';
import { Connection } from './connection';
import { EventPages } from './event-pages';
import { defaultLimits } from './limits';
import type { Session, StoredEvent } from './ports';
import { InMemoryLog, OpenVerifier } from './ports.fixture';
import { ProtocolError } from './protocol-error';
import { Replay } from './resume';
import { type Offer, type Subscription, subscribed, subscriptionOf, unsubscribed, withRooms } from './subscription';
import { SubscriptionGroups } from './subscription-groups';
import { WorkspaceTracker } from './workspace-tracker';

const namespace = '/webhooks';
const types = ['webhook.received', 'webhook.quarantined', 'webhook.mention_read'];
/** What one log holds beside: events of other namespaces, and of a process that is newer than this one. */
const others = ['message.received', 'contact.created', 'webhook.invented_later'];
const offer: Offer = { namespace, types, fields: true, limits: defaultLimits.subscriptions };
const workspaces = ['w1', 'w2'];
const users = ['u1', 'u2', 'u3'];
const ids = ['a', 'b'];

const refs: fc.Arbitrary<RoomRef> = fc.record({
  kind: fc.constantFrom('channel', 'conversation', 'contact'),
  id: fc.constantFrom(...ids),
});
const someTypes = fc.uniqueArray(fc.constantFrom(...types), { maxLength: 2 });
/** Meta's names beside ours: both are one field. */
const someFields = fc.uniqueArray(
  fc.constantFrom('comments', 'messages', 'message_postbacks', 'messaging_postbacks', 'mentions'),
  { maxLength: 2 },
);
const someRooms = fc.uniqueArray(refs, { maxLength: 3, selector: ({ kind, id }) => `${kind}:${id}` });
const narrowing = fc.record({ types: someTypes, fields: someFields, rooms: someRooms }, { requiredKeys: [] });

/** Everything, often: sessions then differ in their role alone. */
const handshake = fc
  .oneof(fc.constant({}), fc.constant({ subscribe: 'none' }), narrowing)
  .map((auth) => subscriptionOf(auth, offer));

const role = fc.constantFrom<Role>('viewer', 'agent', 'admin', 'owner');
const session: fc.Arbitrary<Session> = fc
  .record({ userId: fc.constantFrom(...users), workspaceId: fc.constantFrom(...workspaces), role })
  .map((given) => JSON.parse(OpenVerifier.token(given)) as Session);

const audience = fc.uniqueArray(
  fc.constantFrom<RoomName>(
    ...workspaces.flatMap((id): RoomName[] => [`workspace:${id}`, `workspace:${id}`, `admins:${id}`]),
    ...users.map((id): RoomName => `user:${id}`),
    ...ids.flatMap((id): RoomName[] => [`channel:${id}`, `conversation:${id}`, `contact:${id}`]),
  ),
  { minLength: 1, maxLength: 4 },
);
const event = fc.record({
  type: fc.constantFrom(...types, ...types, ...others) as fc.Arbitrary<StoredEvent['type']>,
  field: fc.constantFrom(null, 'comments', 'messages', 'messaging_postbacks', 'message_postbacks'),
  audience,
});

const change = fc.oneof(
  fc.constant({ subscribe: { all: true } }),
  fc.constant({ unsubscribe: { all: true } }),
  narrowing.map((request) => ({ subscribe: request })),
  narrowing.map((request) => ({ unsubscribe: request })),
);
type Change = { subscribe?: object; unsubscribe?: object };

type Step =
  | { recorded: Pick<StoredEvent, 'type' | 'field' | 'audience'>[]; workspaceId: string }
  | { changes: Change; who: number }
  | { renewedAs: Role; keeps: RoomRef[]; who: number }
  | { goes: number }
  | { returns: number };
const who = fc.nat(5);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      recorded: fc.array(event, { minLength: 1, maxLength: 6 }),
      workspaceId: fc.constantFrom(...workspaces),
    }),
  },
  { weight: 3, arbitrary: fc.record({ changes: change, who }) },
  { weight: 1, arbitrary: fc.record({ renewedAs: role, keeps: someRooms, who }) },
  { weight: 1, arbitrary: fc.record({ goes: who }) },
  { weight: 2, arbitrary: fc.record({ returns: who }) },
);

/** What a client asked for; what is refused changes nothing. */
function after(current: Subscription, { subscribe, unsubscribe }: Change): Subscription {
  try {
    return subscribe ? subscribed(current, subscribe, offer) : unsubscribed(current, unsubscribe, offer);
  } catch (error) {
    if (error instanceof ProtocolError) return current;
    throw error;
  }
}

/** From one event on, what a client subscribed to, and as whom. */
interface Period {
  after: number;
  subscription: Subscription;
  session: Session;
}

class Client {
  readonly told: string[] = [];
  readonly periods: Period[] = [];
  connected = true;
  connection!: Connection;

  constructor(session: Session, subscription: Subscription) {
    this.connect(session, subscription);
  }

  /** A socket as far as a replay uses one. */
  connect(session: Session, subscription: Subscription, told = this.told): Connection {
    const socket = {
      connected: true,
      nsp: { name: namespace },
      conn: { writeBuffer: [], readyState: 'open' },
      emit: (_type: string, envelope: { toJSON(): { id: string } }) => told.push(envelope.toJSON().id),
    };
    this.connection = new Connection(socket as unknown as Socket, subscription, undefined, defaultLimits.messages);
    this.connection.session = session;
    return this.connection;
  }

  begins(after: number): void {
    const { subscription, session } = this.connection;
    this.periods.push({ after, subscription, session });
  }
}

/** Two workspaces with the sockets of one namespace: live by the index of groups, returning by the replay that serves clients. */
class House {
  readonly log = new InMemoryLog();
  readonly groups = new SubscriptionGroups<Connection>();
  readonly heads = new Map(workspaces.map((id) => [id, 0]));
  readonly clients: Client[];

  constructor(given: readonly [Session, Subscription][]) {
    this.clients = given.map((each) => new Client(...each));
    for (const client of this.clients) this.goLive(client, 0);
  }

  async take(step: Step): Promise<void> {
    if ('recorded' in step) return this.record(step.workspaceId, step.recorded);
    const at = 'goes' in step ? step.goes : 'returns' in step ? step.returns : step.who;
    const client = this.clients[at % this.clients.length]!;
    const head = this.heads.get(client.connection.session.workspaceId)!;
    if ('returns' in step) {
      if (!client.connected) await this.comeBack(client);
    } else if (client.connected) {
      this.groups.leave(client.connection);
      if ('goes' in step) client.connected = false;
      else {
        const { connection } = client;
        if ('changes' in step) connection.subscription = after(connection.subscription, step.changes);
        else {
          connection.subscription = withRooms(connection.subscription, step.keeps);
          connection.session = { ...connection.session, role: step.renewedAs };
        }
        this.goLive(client, head);
      }
      client.connection.position = head;
    }
  }

  /** What the replay gives of a period, whatever was told live in it. */
  async replayed({ after, subscription, session }: Period, upTo: number): Promise<string[]> {
    const told: string[] = [];
    const connection = new Client(session, subscription).connect(session, subscription, told);
    connection.position = after;
    await this.replay(connection, upTo);
    return told;
  }

  private record(workspaceId: string, events: Partial<StoredEvent>[]): void {
    const batch = this.log.append(workspaceId, ...events);
    this.heads.set(workspaceId, batch.head);
    for (const event of batch.events) {
      if (!isEventType(event.type) || eventNamespaces[event.type] !== namespace) continue;
      const { groups, members } = this.groups.targets(event);
      for (const { connection, told } of this.clients) {
        for (const group of groups) if (group === connection.group) told.push(event.id);
        for (const member of members) if (member === connection) told.push(event.id);
      }
    }
  }

  private async comeBack(client: Client): Promise<void> {
    const { session, subscription, position } = client.connection;
    const connection = client.connect(session, subscription);
    connection.position = position;
    await this.replay(connection, this.heads.get(session.workspaceId)!);
    client.connected = true;
    this.goLive(client, position);
  }

  private goLive(client: Client, after: number): void {
    this.groups.enter(client.connection);
    this.groups.join(client.connection, after, 0);
    client.begins(after);
  }

  private replay(connection: Connection, position: number) {
    const none = { events: () => undefined, gap: () => undefined };
    const tracker = new WorkspaceTracker(this.log, none, { pageSize: 5, linger: 0, retryAfter: 1 });
    const pages = new EventPages(this.log, { pageSize: 5, maxBytes: 1e6 });
    const replay = new Replay(this.log, tracker, pages, { replayAheadBytes: 1, retryAfter: 1 });
    const workspace = { id: connection.session.workspaceId, position, started: Promise.resolve() };
    return replay.catchUp(connection, workspace, () => undefined);
  }
}

describe('live delivery and replay', () => {
  it('agree on every event, whoever it is for, and while subscriptions, roles and connections change', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(session, handshake), { minLength: 1, maxLength: 6 }),
        fc.array(step, { maxLength: 25 }),
        async (given, steps) => {
          const house = new House(given);
          for (const each of steps) await house.take(each);
          for (const client of house.clients) {
            const { periods, connection } = client;
            const end = client.connected ? house.heads.get(connection.session.workspaceId)! : connection.position;
            const replayed = await Promise.all(
              periods.map((period, at) => house.replayed(period, periods[at + 1]?.after ?? end)),
            );
            expect(client.told).toEqual(replayed.flat());
          }
        },
      ),
      { numRuns: 1500 },
    );
  });
});
