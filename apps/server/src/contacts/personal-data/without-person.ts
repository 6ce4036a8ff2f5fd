/**
 * A webhook body without what is about a person: every element of a list that names one of their ids is emptied, in its place, so that
 * the paths of the others stay right. A body can hold several tenants' items.
 * @param ids the person's ids as the platforms write them
 */
export function withoutPerson(body: Buffer, ids: ReadonlySet<string>): Buffer {
  const text = body.toString('utf8');
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // Signed but not JSON: nothing in it can be told apart.
    return [...ids].some((id) => text.includes(id)) ? Buffer.alloc(0) : body;
  }
  const { node, named, changed } = emptied(parsed, ids);
  if (named) return Buffer.from('{}');
  return changed ? Buffer.from(JSON.stringify(node)) : body;
}

interface Emptied {
  node: unknown;
  /** Something outside of lists names the person. */
  named: boolean;
  changed: boolean;
}

function emptied(node: unknown, ids: ReadonlySet<string>): Emptied {
  if (typeof node === 'string' || typeof node === 'number')
    return { node, named: ids.has(String(node).replace(/^\+/, '')), changed: false };
  if (typeof node !== 'object' || node === null) return { node, named: false, changed: false };
  if (Array.isArray(node)) {
    const parts = node.map((one) => emptied(one, ids));
    return {
      node: parts.map((part) => (part.named ? {} : part.node)),
      named: false,
      changed: parts.some((part) => part.named || part.changed),
    };
  }
  const entries = Object.entries(node).map(([key, value]) => [key, emptied(value, ids)] as const);
  return {
    node: Object.fromEntries(entries.map(([key, part]) => [key, part.node])),
    named: entries.some(([key, part]) => part.named || ids.has(key)),
    changed: entries.some(([, part]) => part.changed),
  };
}
