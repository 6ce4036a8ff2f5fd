import { Session, SignedOutError, type TokenRequest } from '@switchboard/client';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { secondsFromNow, signedAnew } from './support/realtime';
import { both, lineTo, online, record, sdk } from './support/sdk';
import { openShop } from './support/shop';
import { secretToken } from './support/trusted-issuers';
import { tenant } from './support/world';

afterEach(closeSockets);

/** Gives these tokens one after the other, the last for good; `asked` is what it was asked for. */
function tokens(...given: string[]) {
  const asked: TokenRequest[] = [];
  const source = async (request: TokenRequest) => {
    asked.push(request);
    return given.length > 1 ? given.shift()! : given[0]!;
  };
  return { source, asked };
}

describe('the session of an application on the client SDK', () => {
  it('is renewed on the live connection before its token ends', async () => {
    const shop = await openShop('messenger');
    const line = await lineTo();
    const exp = secondsFromNow(3);
    const short = await signedAnew(shop.tenant.accessToken, { exp });
    const { source, asked } = tokens(short, shop.tenant.accessToken);
    const client = sdk(source, { url: line.url });
    const told = record(client, '/messages');
    client.listen('/contacts');
    await online(client);
    await until(() => Date.now() > exp * 1000 + 1000, 'the first token has ended');
    await shop.receives(shop.text(shop.chat(), 'Still there?'));
    await until(() => told.some(({ type }) => type === 'message.received'), 'it is told');
    expect(asked).toEqual([{}, { replace: short }]);
    expect(line.connections).toBe(1);
  });

  it('goes on with a fresh token when the one it slept with has ended', async () => {
    const shop = await openShop('messenger');
    const line = await lineTo();
    const ended = await signedAnew(shop.tenant.accessToken, { exp: secondsFromNow(-5) });
    const asked: TokenRequest[] = [];
    let held = shop.tenant.accessToken;
    const client = sdk(
      async (request) => {
        asked.push(request);
        return request.replace === ended ? shop.tenant.accessToken : held;
      },
      { url: line.url },
    );
    const told = record(client, '/messages');
    await online(client);
    line.goDown();
    await until(() => client.connection.current.status === 'offline', 'the client is offline');
    await shop.receives(shop.text(shop.chat(), 'While it slept'));
    held = ended;
    const before = asked.length;
    await until(() => asked.length > before, 'the next attempt is made with it');
    line.comeUp();
    await online(client);
    expect(asked.at(-1)).toEqual({ replace: ended });
    expect(told.filter(({ type }) => type === 'message.received')).toHaveLength(1);
  });

  it('ends as unauthorized when another token is refused too, and begins again on request', async () => {
    const owner = await tenant();
    const ended = await signedAnew(owner.accessToken, { exp: secondsFromNow(-5) });
    const another = await signedAnew(owner.accessToken, { exp: secondsFromNow(-4) });
    const { source, asked } = tokens(ended, another, owner.accessToken);
    const client = sdk(source);
    await until(() => client.connection.current.status === 'unauthorized', 'the client gives up');
    expect(asked).toEqual([{}, { replace: ended }]);
    expect(client.connection.current.error?.code).toBe('token_expired');
    client.reconnect();
    await online(client);
  });

  it('ends as unauthorized when it was ended and nobody is signed in any more', async () => {
    const owner = await tenant();
    const client = sdk(async ({ replace }) => {
      if (replace) throw new SignedOutError();
      return owner.accessToken;
    });
    client.listen('/messages');
    await online(client);
    await owner.api.post('/v1/auth/sign-out');
    await until(() => client.connection.current.status === 'unauthorized', 'the client is told');
  });

  it('is signed in by email and password, refreshed one at a time, and shared by those with the same storage', async () => {
    const owner = await tenant();
    const kept = new Map<string, string>();
    const storage = {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
      removeItem: (key: string) => void kept.delete(key),
    };
    const first = new Session({ url: both, storage });
    await expect(first.signIn({ email: owner.email, password: 'another' })).rejects.toMatchObject({ status: 401 });
    expect(first.signedIn).toBe(false);
    const { accessToken } = await first.signIn({ email: owner.email, password: owner.password });
    const second = new Session({ url: both, storage });
    expect(await second.token()).toBe(accessToken);
    // A refresh token that is used twice ends the session.
    const renewed = await Promise.all([first, second, first].map((one) => one.token({ replace: accessToken })));
    expect(new Set(renewed).size).toBe(1);
    expect(renewed[0]).not.toBe(accessToken);
    const client = sdk(second.token);
    expect(await client.rest.get('/v1/auth/me')).toMatchObject({ user: { email: owner.email } });
    await first.signOut();
    await expect(second.token()).rejects.toBeInstanceOf(SignedOutError);
  });

  it('may be that of a program with an API key, which goes on from its own cursors', async () => {
    const shop = await openShop('messenger');
    const { key } = await shop.api.made('/v1/api-keys', { name: 'Shop backend', role: 'agent' });
    const kept = new Map<string, string>();
    const cursors = {
      get: (name: string) => kept.get(name),
      set: (name: string, to: string) => void kept.set(name, to),
    };
    const first = sdk(key, { cursors });
    record(first, '/messages');
    await online(first);
    first.close();
    expect([...kept.keys()].join()).not.toContain(key);
    await shop.receives(shop.text(shop.chat(), 'While it was away'));
    const second = sdk(key, { cursors });
    const told = record(second, '/messages');
    await online(second);
    expect(told.map(({ type }) => type)).toEqual(['conversation.created', 'message.received']);
  });

  it('may be that of a user of another application, known by what the server says', async () => {
    const workspaceId = process.env.E2E_WORKSPACE_ID!;
    const token = () => secretToken({ sub: 'somebody of theirs', workspace: workspaceId, role: 'support' });
    const kept = new Map<string, string>();
    const cursors = {
      get: (name: string) => kept.get(name),
      set: (name: string, to: string) => void kept.set(name, to),
    };
    const client = sdk(token, { cursors });
    record(client, '/messages');
    await online(client);
    const { userId } = client.me.current!;
    expect([...kept.keys()]).toEqual([`switchboard:cursor:${both}:${workspaceId}:${userId}:/messages`]);
  });

  it('is that of one user: a cursor in the store of somebody else, or of another life of the database, is told', async () => {
    const shop = await openShop('messenger');
    const { workspaceId, userId } = shop.tenant;
    const key = `switchboard:cursor:${both}:${workspaceId}:${userId}:/messages`;
    const kept = new Map([[key, 'feedfacecafe.0000000000000007']]);
    const cursors = {
      get: (name: string) => kept.get(name),
      set: (name: string, to: string) => void kept.set(name, to),
    };
    const client = sdk(shop.tenant.accessToken, { cursors });
    const resyncs: unknown[] = [];
    client.on('resync', (notice) => resyncs.push(notice));
    client.listen('/messages');
    await online(client);
    expect(resyncs).toEqual([
      {
        namespace: '/messages',
        reason: 'cursor_foreign',
        refetch: ['/v1/conversations', '/v1/conversations/:id/messages'],
        cursor: expect.any(String),
      },
    ]);
    await shop.receives(shop.text(shop.chat(), 'After the restore'));
    const { head } = await client.load('/messages', () => client.rest.get('/v1/conversations'));
    expect(client.cursor('/messages')! >= head).toBe(true);
    expect(kept.get(key)).toBe(client.cursor('/messages'));
  });
});
