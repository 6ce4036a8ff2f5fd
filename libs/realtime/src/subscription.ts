import {
  canonicalField,
  type EventType,
  isChannelRoom,
  isUserRoom,
  type RoomKind,
  type RoomName,
  type RoomRef,
  roomKinds,
  rooms,
  type SubscriptionView,
} from '@switchboard/contracts';
import type { SubscriptionLimits } from './limits';
import type { Session, StoredEvent } from './ports';
import { ProtocolError } from './protocol-error';

/** Entries of one dimension; `undefined` where it does not narrow, an empty set where it lets nothing through. */
type Entries = ReadonlySet<string> | undefined;

/** Whose eyes an event is for. */
type Viewer = Pick<Session, 'workspaceId' | 'userId' | 'role' | 'channelIds'>;

interface Dimensions {
  readonly types: Entries;
  readonly fields: Entries;
  readonly rooms: Entries;
}

/** What a socket gets. Immutable; two with the same `key` let the same events through. */
export interface Subscription extends Dimensions {
  readonly all: boolean;
  readonly key: string;
}

const unnarrowed: Dimensions = { types: undefined, fields: undefined, rooms: undefined };
export const ALL: Subscription = { ...unnarrowed, all: true, key: 'all' };
export const NOTHING: Subscription = { ...unnarrowed, all: false, key: 'nothing' };

/** What a namespace has that a subscription can name. */
export interface Offer {
  namespace: string;
  types: readonly string[];
  /** Whether its events have a field of Meta's. */
  fields: boolean;
  limits: SubscriptionLimits;
}

const dimensionNames = ['types', 'fields', 'rooms'] as const;
type DimensionName = (typeof dimensionNames)[number];
const narrowing: readonly string[] = dimensionNames;
/** Socket.IO's own are among them: a client that knows connection state recovery sends `pid` and `offset`. */
const handshakeKeys = ['token', 'cursor', 'subscribe', ...dimensionNames, 'pid', 'offset'];
const toldHandshakeKeys = ['token', 'cursor', 'subscribe', ...dimensionNames];
const requestKeys = ['all', ...dimensionNames];
const idPattern = /^[A-Za-z0-9_-]{1,64}$/;
const fieldPattern = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** The subscription a handshake asks for. Throws `invalid` naming the field: a key that is not known would be a silent gap. */
export function subscriptionOf(auth: unknown, offer: Offer): Subscription {
  const given = record(auth, 'auth');
  refuseOthers(given, handshakeKeys, toldHandshakeKeys);
  if (given.subscribe !== undefined && given.subscribe !== 'all' && given.subscribe !== 'none') {
    throw ProtocolError.invalid('subscribe', 'subscribe is either "all" or "none".');
  }
  const named = dimensions(given, offer);
  if (dimensionNames.some((name) => named[name])) return of(named);
  return given.subscribe === 'none' ? NOTHING : ALL;
}

/** The subscription after `subscribe`. `{ all: true }` goes back to everything. Throws `invalid` naming the field. */
export function subscribed(current: Subscription, request: unknown, offer: Offer): Subscription {
  const given = requested(request, 'subscribe');
  if (given.all === true) return ALL;
  const asked = something(given, offer);
  const wider = {
    types: union(current.types, asked.types),
    fields: union(current.fields, asked.fields),
    rooms: union(current.rooms, asked.rooms),
  };
  for (const name of dimensionNames) bound(name, wider[name]?.size, offer);
  return of(wider);
}

/**
 * The subscription after `unsubscribe`. It never widens: a dimension whose last entry is gone lets nothing through, and with no
 * entry left anywhere there is nothing. From everything, only types can be taken. Throws `invalid` naming the field.
 */
export function unsubscribed(current: Subscription, request: unknown, offer: Offer): Subscription {
  const given = requested(request, 'unsubscribe');
  if (given.all === true) return NOTHING;
  const asked = something(given, offer);
  if (current === NOTHING) return NOTHING;
  for (const name of ['fields', 'rooms'] as const) {
    if (asked[name] && !current[name]) {
      throw ProtocolError.invalid(name, `${name} cannot be taken away: this subscription does not name any.`);
    }
  }
  return of({
    types: asked.types ? difference(current.types ?? new Set(offer.types), asked.types) : current.types,
    fields: asked.fields ? difference(current.fields ?? new Set(), asked.fields) : current.fields,
    rooms: asked.rooms ? difference(current.rooms ?? new Set(), asked.rooms) : current.rooms,
  });
}

/** The subscription without the rooms that `keep` does not hold. */
export function withRooms(current: Subscription, keep: readonly RoomRef[]): Subscription {
  if (!current.rooms) return current;
  const kept = new Set<string>(keep.map(rooms.of));
  return of({ ...current, rooms: new Set([...current.rooms].filter((room) => kept.has(room))) });
}

/** True when `wide` lets through everything that `narrow` does. */
export function covers(wide: Subscription, narrow: Subscription): boolean {
  if (wide.all || narrow === NOTHING) return true;
  if (narrow.all || wide === NOTHING) return false;
  return dimensionNames.every((name) => {
    const outer = wide[name];
    const inner = narrow[name];
    return !outer || (inner !== undefined && [...inner].every((entry) => outer.has(entry)));
  });
}

/** The rooms an event must be addressed to, at least one of them, to pass this subscription. */
export function roomsOf(subscription: Subscription, session: Viewer): RoomName[] {
  if (subscription === NOTHING) return [];
  const named = subscription.rooms as ReadonlySet<RoomName> | undefined;
  return [...(named ?? wideRooms(session)), rooms.user(session.userId)];
}

/** The rooms a session is in without asking for any: the server names them, by workspace and role. */
function wideRooms({ workspaceId, role }: Viewer): RoomName[] {
  const everybody = rooms.workspace(workspaceId);
  return leads(role) ? [everybody, rooms.admins(workspaceId)] : [everybody];
}

const leads = (role: Session['role']) => role === 'admin' || role === 'owner';

/**
 * Whether an event of the namespace reaches a socket; live delivery and replay both ask this. An event addressed to users reaches
 * them whatever rooms the subscription names, and nobody else.
 */
export function visible(
  event: Pick<StoredEvent, 'workspaceId' | 'type' | 'field' | 'audience'>,
  subscription: Subscription,
  session: Viewer,
): boolean {
  if (subscription === NOTHING || event.workspaceId !== session.workspaceId) return false;
  if (subscription.types && !subscription.types.has(event.type)) return false;
  if (subscription.fields && !(event.field !== null && subscription.fields.has(canonicalField(event.field))))
    return false;
  if (session.channelIds && isElsewhere(event.audience, session.channelIds)) return false;
  const own = rooms.user(session.userId);
  const everywhere = rooms.workspace(session.workspaceId);
  const admins = leads(session.role) ? rooms.admins(session.workspaceId) : undefined;
  let forUsers = false;
  let inRoom = false;
  for (const room of event.audience) {
    if (room === own) return true;
    if (isUserRoom(room)) forUsers = true;
    else if (subscription.rooms ? subscription.rooms.has(room) : room === everywhere || room === admins) inRoom = true;
  }
  return inRoom && !forUsers;
}

/** Whether an event of this type without a field of Meta's, addressed to its user, passes the subscription. */
export function hears(subscription: Subscription, type: EventType): boolean {
  return subscription !== NOTHING && !subscription.fields && (!subscription.types || subscription.types.has(type));
}

/** Whether it belongs to channels, and to none of these. */
function isElsewhere(audience: readonly RoomName[], channelIds: readonly string[]): boolean {
  const channels = audience.filter(isChannelRoom);
  return channels.length > 0 && !channelIds.some((id) => channels.includes(rooms.channel(id)));
}

/** Whether a session may see an event at all, whatever it subscribes to. */
export const maySee = (
  event: Pick<StoredEvent, 'workspaceId' | 'type' | 'field' | 'audience'>,
  session: Viewer,
): boolean => visible(event, ALL, session);

/** The rooms a subscription names, as a client names them. */
export function roomRefs(subscription: Subscription): RoomRef[] {
  return [...(subscription.rooms ?? [])].map((room) => {
    const colon = room.indexOf(':');
    return { kind: room.slice(0, colon) as RoomKind, id: room.slice(colon + 1) };
  });
}

export function viewOf(subscription: Subscription): SubscriptionView {
  return {
    all: subscription.all,
    types: [...(subscription.types ?? [])],
    fields: [...(subscription.fields ?? [])],
    rooms: roomRefs(subscription),
    narrowedBy: dimensionNames.filter((name) => subscription[name]),
  };
}

function of(given: Dimensions): Subscription {
  const sorted: Record<string, Entries> = {};
  let entries = 0;
  for (const name of dimensionNames) {
    const set = given[name];
    sorted[name] = set && new Set([...set].sort());
    entries += set?.size ?? 0;
  }
  if (entries === 0) return NOTHING;
  const named = sorted as unknown as Dimensions;
  const key = dimensionNames.map((name) => (named[name] ? [...named[name]].join(',') : '*')).join('|');
  return { ...named, all: false, key };
}

function bound(name: DimensionName, size = 0, { limits }: Offer): void {
  if (size > limits[name]) throw ProtocolError.invalid(name, `${name} may hold at most ${limits[name]} entries.`);
}

function dimensions(given: Record<string, unknown>, offer: Offer): Dimensions {
  const entries = (name: DimensionName, parse: (entry: unknown) => string): Entries => {
    const list = given[name];
    if (list === undefined || list === null) return undefined;
    if (!Array.isArray(list)) throw ProtocolError.invalid(name, `${name} must be a list.`);
    bound(name, list.length, offer);
    // An empty list is a client's default, not a wish to get nothing.
    return list.length > 0 ? new Set(list.map(parse)) : undefined;
  };
  const fields = entries('fields', (field) => {
    if (typeof field === 'string' && fieldPattern.test(field)) return canonicalField(field);
    throw ProtocolError.invalid('fields', `fields are names of Meta's webhook fields; ${shown(field)} is none.`);
  });
  if (fields && !offer.fields) {
    throw ProtocolError.invalid(
      'fields',
      `fields cannot narrow ${offer.namespace}: only events of /webhooks have one.`,
    );
  }
  return {
    types: entries('types', (type) => {
      if (typeof type === 'string' && offer.types.includes(type)) return type;
      const known = offer.types.length > 0 ? offer.types.join(', ') : 'none';
      throw ProtocolError.invalid(
        'types',
        `types: ${shown(type)} is no event of ${offer.namespace}, which has ${known}.`,
      );
    }),
    fields,
    rooms: entries('rooms', (room) => {
      const { kind, id } = (isRecord(room) ? room : {}) as Partial<RoomRef>;
      if (roomKinds.includes(kind as RoomKind) && typeof id === 'string' && idPattern.test(id)) {
        return rooms.of({ kind: kind as RoomKind, id: id.toLowerCase() });
      }
      throw ProtocolError.invalid(
        'rooms',
        `rooms are { kind, id } with kind one of ${roomKinds.join(', ')}; ${shown(room)} is none.`,
      );
    }),
  };
}

/** The argument of `subscribe` and `unsubscribe`. */
function requested(request: unknown, message: string): Record<string, unknown> {
  const given = record(request, message);
  refuseOthers(given, requestKeys);
  if (given.all === undefined || given.all === null) return given;
  if (given.all !== true) throw ProtocolError.invalid('all', 'all is true or left out.');
  const beside = narrowing.find((name) => given[name] !== undefined && given[name] !== null);
  if (beside)
    throw ProtocolError.invalid(beside, `${beside} cannot stand beside all: true, which is about everything.`);
  return given;
}

function refuseOthers(given: Record<string, unknown>, known: readonly string[], told = known): void {
  const other = Object.keys(given).find((key) => !known.includes(key));
  if (other === undefined) return;
  const field = other.slice(0, 100);
  throw ProtocolError.invalid(field, `${field} is not known here; there are ${told.join(', ')}.`);
}

/** A client's own words, back to it and short. */
const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 100);

function something(given: Record<string, unknown>, offer: Offer): Dimensions {
  const asked = dimensions(given, offer);
  if (dimensionNames.some((name) => asked[name])) return asked;
  throw ProtocolError.invalid('types', 'Name at least one of types, fields or rooms, or { all: true }.');
}

function record(value: unknown, field: string): Record<string, unknown> {
  if (value === undefined || value === null) return {};
  if (isRecord(value)) return value;
  throw ProtocolError.invalid(field, `${field} takes an object.`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !Buffer.isBuffer(value);
}

const union = (a: Entries, b: Entries): Entries => (a && b ? new Set([...a, ...b]) : (b ?? a));
const difference = (a: ReadonlySet<string>, b: ReadonlySet<string>) => new Set([...a].filter((entry) => !b.has(entry)));
