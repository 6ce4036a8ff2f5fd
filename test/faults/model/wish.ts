import { type Namespace, type RoomRef, typesOf } from '@switchboard/contracts';

const dimensions = ['types', 'fields', 'rooms'] as const;

/** What a client has asked to see, as the protocol's description has it. A list that is missing does not narrow. */
export interface Wish {
  types?: readonly string[];
  fields?: readonly string[];
  /** By the name that an audience has them under. */
  rooms?: readonly string[];
}

export const everything: Wish = {};
export const nothing = undefined;

/** An argument of `subscribe` or `unsubscribe`. */
export interface Request {
  all?: true;
  types?: readonly string[];
  fields?: readonly string[];
  rooms?: readonly RoomRef[];
}

/** Who looks. */
export interface Viewpoint {
  workspaceId: string;
  userId: string;
  /** An admin or owner. */
  leads: boolean;
}

export interface Addressed {
  type: string;
  field: string | null;
  audience: readonly string[];
}

export function wants(wish: Wish | undefined, viewpoint: Viewpoint, event: Addressed): boolean {
  if (!wish) return false;
  if (wish.types && !wish.types.includes(event.type)) return false;
  if (wish.fields && !wish.fields.includes(event.field ?? '')) return false;
  const users = event.audience.filter((room) => room.startsWith('user:'));
  if (users.length > 0) return users.includes(`user:${viewpoint.userId}`);
  const wide = [`workspace:${viewpoint.workspaceId}`, ...(viewpoint.leads ? [`admins:${viewpoint.workspaceId}`] : [])];
  return event.audience.some((room) => (wish.rooms ?? wide).includes(room));
}

export function subscribed(wish: Wish | undefined, request: Request): Wish {
  if (request.all) return everything;
  const asked = named(request);
  const joined: Wish = { ...wish };
  for (const name of dimensions) {
    if (asked[name]) joined[name] = [...new Set([...(wish?.[name] ?? []), ...asked[name]])];
  }
  return joined;
}

/** `'refused'` where something is to be taken away that the wish does not name. */
export function unsubscribed(
  wish: Wish | undefined,
  request: Request,
  namespace: Namespace,
): Wish | undefined | 'refused' {
  if (request.all || !wish) return nothing;
  const asked = named(request);
  if ((asked.fields && !wish.fields) || (asked.rooms && !wish.rooms)) return 'refused';
  const left: Wish = { ...wish };
  for (const name of dimensions) {
    const from = wish[name] ?? typesOf(namespace);
    if (asked[name]) left[name] = from.filter((entry: string) => !asked[name]!.includes(entry));
  }
  return dimensions.some((name) => left[name]?.length) ? left : nothing;
}

/** What a handshake can say: a list that has become empty lets nothing through. */
export const sayable = (wish: Wish | undefined): Wish | undefined =>
  dimensions.some((name) => wish?.[name]?.length === 0) ? nothing : wish;

/** The wish as a handshake says it. */
export function handshakeOf(wish: Wish | undefined): object {
  if (!wish) return { subscribe: 'none' };
  const rooms = wish.rooms?.map((room) => {
    const [kind, id] = room.split(':');
    return { kind, id };
  });
  return { ...wish, ...(rooms ? { rooms } : {}) };
}

const named = ({ types, fields, rooms }: Request): Wish => ({
  ...(types?.length ? { types } : {}),
  ...(fields?.length ? { fields } : {}),
  ...(rooms?.length ? { rooms: rooms.map(({ kind, id }) => `${kind}:${id}`) } : {}),
});
