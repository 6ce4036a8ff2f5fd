/** What of a webhook body is to go: the element that an item was, and what else near it names the person. */
export interface ItemPart {
  /** The item's, e.g. `entry[0].changes[1].value.statuses[0]`. */
  path: string;
  /** The person's ids as the platforms write them. */
  ids: readonly string[];
  /** Counted only where a platform names somebody by it: anything may be the name of an account, and stand in other places. */
  usernames: readonly string[];
  /** It names others too, who keep their parts of it. */
  shared: boolean;
}

interface Named {
  ids: ReadonlySet<string>;
  usernames: ReadonlySet<string>;
}

const nobody: ReadonlySet<string> = new Set();

/**
 * A webhook body without what is about a person: every element of a list that names one of their ids is emptied, in its place, so that
 * the paths of the others stay right. A body can hold several tenants' items.
 * @param ids the person's ids as the platforms write them
 */
export function withoutPerson(body: Buffer, ids: ReadonlySet<string>, usernames: ReadonlySet<string> = nobody): Buffer {
  const text = body.toString('utf8');
  const parsed = parse(text);
  // Signed but not JSON: nothing in it can be told apart.
  if (parsed === undefined) return [...ids].some((id) => text.includes(id)) ? Buffer.alloc(0) : body;
  const { node, named, changed } = emptied(parsed.root, { ids, usernames });
  if (named) return Buffer.from('{}');
  return changed ? Buffer.from(JSON.stringify(node)) : body;
}

/** As Meta groups what it sends: of one account, and so of one tenant. */
const group = /^.*?\bentry\[\d+\](?:\.(?:changes|messaging|standby)\[\d+\])?/;

/**
 * A webhook body without items that are about people. Only in the groups in which the items stand: what names the same people elsewhere is
 * of other accounts, or is an item too.
 */
export function withoutItems(body: Buffer, parts: readonly ItemPart[]): Buffer {
  const parsed = parse(body.toString('utf8'));
  if (parsed === undefined) return body;
  const groups = new Map<string, ItemPart[]>();
  for (const part of parts) {
    const path = group.exec(part.path)?.[0] ?? part.path;
    const beside = groups.get(path);
    if (beside) beside.push(part);
    else groups.set(path, [part]);
  }
  let changed = false;
  for (const [path, some] of groups) {
    const place = placeOf(parsed, path);
    if (place === undefined) continue;
    const person = {
      ids: new Set(some.flatMap(({ ids }) => ids)),
      usernames: new Set(some.flatMap(({ usernames }) => usernames)),
    };
    const left = emptied(place.holder[place.key], person);
    place.holder[place.key] = left.named ? {} : left.node;
    changed ||= left.named || left.changed;
    for (const part of some) changed = (!part.shared && emptyAt(parsed, part.path)) || changed;
  }
  return changed ? Buffer.from(JSON.stringify(parsed.root)) : body;
}

interface Parsed {
  root: unknown;
}

function parse(text: string): Parsed | undefined {
  try {
    return { root: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

interface Place {
  holder: Record<string, unknown>;
  key: string;
}

/** `undefined` where nothing is there any more. */
function placeOf(parsed: Parsed, path: string): Place | undefined {
  let place: Place = { holder: parsed as unknown as Record<string, unknown>, key: 'root' };
  for (const key of path.match(/[^.[\]]+/g) ?? []) {
    const next = place.holder[place.key];
    if (typeof next !== 'object' || next === null || !Object.hasOwn(next, key)) return undefined;
    place = { holder: next as Record<string, unknown>, key };
  }
  return place;
}

/** @returns whether something was there */
function emptyAt(parsed: Parsed, path: string): boolean {
  const place = placeOf(parsed, path);
  const there = place?.holder[place.key];
  if (place === undefined || typeof there !== 'object' || there === null || Object.keys(there).length === 0)
    return false;
  place.holder[place.key] = {};
  return true;
}

interface Emptied {
  node: unknown;
  /** Something outside of lists names the person. */
  named: boolean;
  changed: boolean;
}

function emptied(node: unknown, person: Named): Emptied {
  if (typeof node === 'string' || typeof node === 'number')
    return { node, named: person.ids.has(String(node).replace(/^\+/, '')), changed: false };
  if (typeof node !== 'object' || node === null) return { node, named: false, changed: false };
  if (Array.isArray(node)) {
    const parts = node.map((one) => emptied(one, person));
    return {
      node: parts.map((part) => (part.named ? {} : part.node)),
      named: false,
      changed: parts.some((part) => part.named || part.changed),
    };
  }
  const entries = Object.entries(node).map(([key, value]) => [key, emptied(value, person)] as const);
  return {
    node: Object.fromEntries(entries.map(([key, part]) => [key, part.node])),
    named:
      entries.some(([key, part]) => part.named || person.ids.has(key)) ||
      ('username' in node && person.usernames.has(String(node.username))),
    changed: entries.some(([, part]) => part.changed),
  };
}
