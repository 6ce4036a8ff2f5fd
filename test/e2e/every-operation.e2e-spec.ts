import { scopeAreaOf } from '@switchboard/contracts';
import { closeSockets } from '../support/socket-client';
import { Answering } from './support/answering';
import { closeGraphs } from './support/connecting';
import { documentedRoles, OpenApi, type Operation, type RequestId } from './support/operations';
import { kindOfMember, Possessions } from './support/possessions';
import { signedAnew } from './support/realtime';
import { closeGraphs as closeSendingGraphs } from './support/sending-shop';
import { colleague, operator, tenant, world } from './support/world';

const roles = ['viewer', 'agent', 'admin', 'owner'];
const rank = (role: string) => roles.indexOf(role);

let api: OpenApi;
let guarded: Operation[];
/** Access tokens of one workspace by role, and `operator`. */
let tokens: Record<string, string>;
/** API keys of the same workspace by role, without scopes to narrow them. */
let keys: Record<string, string>;
let makeKey: (role: string, scopes?: string[]) => Promise<string>;

beforeAll(async () => {
  api = await OpenApi.read(world.apis[0]!);
  guarded = api.operations.filter(({ role }) => role !== 'public');
  const owner = await tenant();
  makeKey = async (role, scopes) => (await owner.api.made('/v1/api-keys', { name: 'Key', role, scopes })).key;
  const [admin, agent, viewer] = await Promise.all(
    (['admin', 'agent', 'viewer'] as const).map((role) => colleague(owner, role)),
  );
  tokens = {
    owner: owner.accessToken,
    admin: admin!.accessToken,
    agent: agent!.accessToken,
    viewer: viewer!.accessToken,
    operator: (await operator()).token!,
  };
  keys = { viewer: await makeKey('viewer'), agent: await makeKey('agent'), admin: await makeKey('admin') };
});
afterAll(closeSockets);
afterAll(closeGraphs);
afterAll(closeSendingGraphs);

/** Runs a check on each, a few at a time; what it finds wrong, a sentence each. */
async function findings<T>(all: readonly T[], check: (one: T) => Promise<string | undefined>): Promise<string[]> {
  const found: string[] = [];
  const waiting = [...all];
  const work = async () => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) {
      const finding = await check(one).catch((error: Error) => error.message);
      if (finding !== undefined) found.push(finding);
    }
  };
  await Promise.all(Array.from({ length: 8 }, work));
  return found.sort();
}

/** A session of its own each time: ending it (sign-out) ends no other. */
const fresh = (token: string) => signedAnew(token, { sid: crypto.randomUUID() });

/** Knocks with a credential that ought to be let in or not. What comes after the guard (400, 404, 409 …) is no matter here. */
async function knock(operation: Operation, who: string, token: string | undefined, expected: 'in' | 401 | 403) {
  const status = await api.knock(operation, token);
  const broken = status >= 500 && status !== 503;
  const right = expected === 'in' ? status !== 401 && status !== 403 : status === expected;
  return right && !broken ? undefined : `${operation.name} answers ${who} ${status}, expected ${expected}`;
}

const enough = (role: string, { role: minimum }: Operation): 'in' | 403 =>
  minimum !== undefined && rank(minimum) >= 0 && rank(role) >= rank(minimum) ? 'in' : 403;

describe('every operation', () => {
  it('says in OpenAPI who may: public, a role, or the operator', () => {
    expect(api.operations.length).toBeGreaterThan(40);
    const silent = api.operations.filter(({ role }) => !documentedRoles.includes(role ?? ''));
    expect(
      silent.map(({ name, role }) => `${name} has x-role ${role}: give it @RequireRole, @OperatorOnly or @Public`),
    ).toEqual([]);
  });

  it('that is not public is closed to nobody in particular, and to a made-up credential', async () => {
    const madeUp = [undefined, `sbk_${'A'.repeat(43)}`, await signedAnew(tokens.owner!, {}, 'x'.repeat(32))];
    const tries = guarded.flatMap((operation) => madeUp.map((token) => ({ operation, token })));
    const check = ({ operation, token }: (typeof tries)[number]) =>
      knock(operation, token?.slice(0, 4) ?? 'nobody', token, 401);
    expect(await findings(tries, check)).toEqual([]);
  });

  it('that is public is open to nobody in particular', async () => {
    const open = api.operations.filter(({ role }) => role === 'public');
    const check = async (operation: Operation) => {
      const status = await api.knock(operation, undefined);
      return status < 500 || status === 503 ? undefined : `${operation.name} answers ${status}`;
    };
    expect(await findings(open, check)).toEqual([]);
  });

  it.each(roles)('asks for its role and no more: the %s of a workspace', async (role) => {
    const check = async (operation: Operation) =>
      knock(operation, `the ${role}`, await fresh(tokens[role]!), enough(role, operation));
    expect(await findings(guarded, check)).toEqual([]);
  });

  it('that is for the operator lets the operator in', async () => {
    const theirs = guarded.filter(({ role }) => role === 'operator');
    expect(theirs.length).toBeGreaterThan(0);
    const check = async (operation: Operation) => knock(operation, 'the operator', await fresh(tokens.operator!), 'in');
    expect(await findings(theirs, check)).toEqual([]);
  });

  it.each(['viewer', 'agent', 'admin'])(
    'asks API keys for its role too, if it is for keys: one of a %s',
    async (role) => {
      const check = (operation: Operation) =>
        knock(operation, `a key of the role ${role}`, keys[role], operation.keys ? enough(role, operation) : 403);
      expect(await findings(guarded, check)).toEqual([]);
    },
  );

  it('asks for every member that its body must have, by name', async () => {
    const tries = guarded.flatMap((operation) =>
      api.bodiesLacking(operation).map((lacking) => ({ operation, ...lacking })),
    );
    const check = async ({ operation, member, body }: (typeof tries)[number]) => {
      const token = await fresh(operation.role === 'operator' ? tokens.operator! : tokens.owner!);
      const ids = operation.ids.map(() => crypto.randomUUID());
      const { status, text } = await api.callNaming(operation, token, ids, {
        idOf: () => crypto.randomUUID(),
        base: body,
      });
      const named = status === 400 && new RegExp(`\\b${member}\\b`).test(text);
      return named ? undefined : `${operation.name} without ${member} answers ${status}: ${text}`;
    };
    expect(tries.length).toBeGreaterThan(40);
    expect(await findings(tries, check)).toEqual([]);
  });

  it('asks an API key with scopes for the one of its area, and lets it in with that alone', async () => {
    const none = await makeKey('admin', []);
    const scoped = new Map<string, string>();
    const scopeOf = ({ path, method }: Operation) => `${scopeAreaOf(path)}:${method === 'get' ? 'read' : 'write'}`;
    const open = guarded.filter((operation) => operation.keys && enough('admin', operation) === 'in');
    for (const scope of new Set(open.map(scopeOf))) scoped.set(scope, await makeKey('admin', [scope]));
    const other = (operation: Operation) => [...scoped.keys()].find((scope) => scope !== scopeOf(operation))!;
    const check = async (operation: Operation) =>
      (await knock(operation, 'a key without any scope', none, 403)) ??
      (await knock(operation, `a key for ${other(operation)}`, scoped.get(other(operation)), 403)) ??
      (await knock(operation, `a key for ${scopeOf(operation)}`, scoped.get(scopeOf(operation)), 'in'));
    expect(scoped.size).toBeGreaterThan(3);
    expect(await findings(open, check)).toEqual([]);
  });
});

describe('what operations answer', () => {
  it('is what OpenAPI says of it, and no more', async () => {
    const reading = api.operations.filter(({ method, role }) => method === 'get' && role !== 'operator');
    const kinds = [...new Set(reading.flatMap(({ ids }) => ids.map(({ kind }) => kind)))];
    const own = await Possessions.of([...new Set([...kinds, 'internal-conversations'])]);
    const token = own.shop.tenant.accessToken;
    const conversationId = own.id('conversations');
    await own.shop.api.made(`/v1/conversations/${conversationId}/notes`, { text: 'Secret, of a note' });
    const internal = `/v1/conversations/${own.id('internal-conversations')}`;
    await own.shop.api.made(`${internal}/internal-messages`, { text: 'Secret, among us' });
    let answered = 0;
    const check = async (operation: Operation, path?: string, query?: string) => {
      const ids = operation.ids.map(({ kind }) => own.id(kind));
      const { status, type, text } = await api.get(operation, token, ids, path, query);
      if (status !== 200) return undefined;
      const problem = type.includes('json') ? api.answerProblem(operation, status, text) : undefined;
      if (problem === undefined) answered += 1;
      return problem && `${operation.name} answers otherwise than it says: ${problem}: ${text}`;
    };
    const named = (name: string) => reading.find((one) => one.name === name)!;
    const found = await findings(reading, (operation) => check(operation));
    found.push(
      ...(await findings(['messages', 'contacts', 'internal'], (where) =>
        check(named('get /v1/search'), undefined, `?q=secret&in=${where}`),
      )),
      ...(await findings(['', '/messages'], (more) =>
        check(named(`get /v1/conversations/{id}${more}`), internal + more),
      )),
      ...(await findings(['?platform=internal'], (query) => check(named('get /v1/conversations'), undefined, query))),
    );
    expect(found).toEqual([]);
    expect(answered).toBeGreaterThan(30);
  });

  it('is what OpenAPI says of it, and no more, where they change something', async () => {
    const changing = api.operations.filter((operation) => operation.method !== 'get' && OpenApi.tells(operation));
    const kinds = changing.flatMap((operation) => [
      ...operation.ids.map(({ kind }) => kind),
      ...api.requestIds(operation).flatMap((place) => kindOfMember(place) ?? []),
    ]);
    const own = await Possessions.of([...new Set([...kinds, 'templates'])]);
    const answering = await Answering.of(own);
    const idOf = (member: string) => own.id(kindOfMember({ member, declared: true })!);
    const found: string[] = [];
    for (const operation of changing) {
      const { name, ids, role } = operation;
      for (const asked of await answering.waysTo(name)) {
        const token =
          asked.token ?? (await fresh(role === 'operator' ? tokens.operator! : own.shop.tenant.accessToken));
        const at = asked.ids ?? ids.map(({ kind }) => own.id(kind));
        const { status, text } = await api.callNaming(operation, token, at, {
          idOf,
          base: asked.body,
          headers: asked.headers,
        });
        const said = operation.responses[status]?.content?.['application/json'];
        const problem =
          status < 300 && said
            ? api.answerProblem(operation, status, text)
            : 'say in test/e2e/support/answering.ts how it is called';
        if (problem) found.push(`${name} answers ${status} otherwise than it says: ${problem}: ${text}`);
      }
    }
    expect(found).toEqual([]);
    expect(changing.length).toBeGreaterThan(40);
  });

  it('is described for every one that goes well, and its JSON with a schema', () => {
    const silent = api.operations.flatMap(({ name, responses }) => {
      const well = Object.entries(responses).filter(([status]) => status >= '200' && status < '400');
      if (well.length === 0) return [`${name} does not say what it answers when it goes well`];
      return well.flatMap(([status, { content }]) =>
        content?.['application/json'] && !content['application/json'].schema ? [`${name} ${status} has no schema`] : [],
      );
    });
    expect(silent).toEqual([]);
  });
});

describe('a member of another workspace', () => {
  let theirs: Possessions;
  let own: Possessions;
  /** The operator's are for every workspace; what is public has no workspace. */
  let withIds: Operation[];
  /** Each id that a query or a body takes; several of a name where a member has several forms. */
  let named: { operation: Operation; place: RequestId; kind: string }[];

  beforeAll(async () => {
    const others = api.operations.filter(({ role }) => role !== 'operator');
    withIds = others.filter(({ ids, role }) => ids.length > 0 && role !== 'public');
    named = others.flatMap((operation) =>
      api.requestIds(operation).flatMap((place) => {
        const kind = kindOfMember(place);
        return kind === undefined ? [] : [{ operation, place, kind }];
      }),
    );
    const inPaths = withIds.flatMap(({ ids }) => ids.map(({ kind }) => kind));
    const kinds = [...new Set([...inPaths, ...named.map(({ kind }) => kind)])];
    [theirs, own] = await Promise.all([Possessions.of(kinds), Possessions.of(kinds)]);
  });

  /** The other workspace's id from the `from`th on, own ones before. */
  const idsFrom = (operation: Operation, from: number): string[] =>
    operation.ids.map(({ kind }, at) => (at < from ? own : theirs).id(kind));

  it('is answered 404 for every id that is not theirs', async () => {
    const tries = withIds.flatMap((operation) => operation.ids.map((_, from) => ({ operation, from })));
    const check = async ({ operation, from }: (typeof tries)[number]) => {
      const { name } = operation;
      const ids = (() => {
        try {
          return idsFrom(operation, from);
        } catch (error) {
          return `${name}: ${(error as Error).message}`;
        }
      })();
      if (typeof ids === 'string') return ids;
      const { status, text } = await api.call(operation, await fresh(own.shop.tenant.accessToken), ids);
      if (status === 404) return undefined;
      const hint = 'give the DTO an `example`, or the operation a body in test/e2e/support/operations.ts';
      if (status === 400) return `${name} does not get as far as the id, its body is refused (${text}): ${hint}`;
      return `${name} answers ${status} for an id of another workspace: ${text}`;
    };
    expect(tries.length).toBeGreaterThan(10);
    expect(await findings(tries, check)).toEqual([]);
  });

  it('is refused every id in a query or a body that is not theirs, by its name, or finds nothing by it', async () => {
    const { accessToken, email, password } = own.shop.tenant;
    const idOf = (member: string) => own.id(kindOfMember({ member, declared: true })!);
    const check = async ({ operation, place, kind }: (typeof named)[number]) => {
      const { member, where, steps } = place;
      const id = theirs.id(kind);
      const ids = operation.ids.map((one) => own.id(one.kind));
      const base = operation.role === 'public' ? { email, password } : undefined;
      const { status, type, text } = await api.callNaming(operation, await fresh(accessToken), ids, {
        ...{ named: { place, id }, idOf, base },
      });
      const finding = `${operation.name} answers ${status} to another workspace's ${steps.join('.')}: ${text}`;
      if (theirs.all.some((secret) => secret !== id && text.includes(secret))) return finding;
      if (where === 'query' && status === 200) {
        // A position is no filter: what comes after it is one's own.
        if (member === 'before') return undefined;
        const found = type.includes('json') ? JSON.parse(text).items?.length : text.trim().split('\n').length - 1;
        return found === 0 ? undefined : finding;
      }
      const refused = [400, 403, 404, 422].includes(status) && type.includes('problem+json');
      return refused && new RegExp(`\\b${member}\\b`).test(text) ? undefined : finding;
    };
    expect(named.length).toBeGreaterThan(100);
    expect(await findings(named, check)).toEqual([]);
  });

  it('finds none of it in any list', async () => {
    const lists = guarded.filter(
      ({ method, ids, role }) => method === 'get' && ids.length === 0 && role !== 'operator',
    );
    const secrets = [...theirs.all, theirs.shop.channel.externalId];
    const check = async (operation: Operation) => {
      const { text } = await api.call(operation, await fresh(own.shop.tenant.accessToken), []);
      const told = secrets.find((secret) => text.includes(secret));
      return told && `${operation.name} tells ${told} of another workspace`;
    };
    expect(lists.length).toBeGreaterThan(5);
    expect(await findings(lists, check)).toEqual([]);
  });

  it('has changed nothing of it: its owner finds everything as it was', async () => {
    const token = theirs.shop.tenant.accessToken;
    const shown = withIds.filter(({ method, ids }) => method === 'get' && ids.length === 1);
    const check = async (operation: Operation) => {
      const { status, text } = await api.call(operation, token, idsFrom(operation, 0));
      return status < 300 ? undefined : `${operation.name} answers its owner ${status}: ${text}`;
    };
    expect(await findings(shown, check)).toEqual([]);
    expect((await theirs.shop.onlyConversation()).conversation.unreadCount).toBe(1);
    const invitation = theirs.id('invitations');
    const open = await theirs.shop.api.all('/v1/invitations?state=open');
    expect(open.map(({ id }) => id)).toEqual([invitation]);
    const users = await theirs.shop.api.all('/v1/users');
    expect(users.map(({ id }) => id)).toContain(theirs.id('users'));
    const kept = await theirs.shop.api.all('/v1/api-keys');
    expect(kept.map(({ id, revokedAt }) => [id, revokedAt])).toEqual([[theirs.id('api-keys'), null]]);
  });
});
