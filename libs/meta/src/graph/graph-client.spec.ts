import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { appsecretProof } from './appsecret-proof';
import { GraphClient } from './graph-client';
import { GraphError } from './graph-error';

const client = new GraphClient({ connectTimeoutMs: 1000 });
let server: Server;
let answer: (request: IncomingMessage, response: ServerResponse, body: string) => void;
let baseUrl: string;
const token = 'EAAtesttoken';

beforeAll(async () => {
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => answer(request, response, Buffer.concat(parts).toString()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await client.close();
  server.closeAllConnections();
  server.close();
});

const target = () => ({ baseUrl, version: 'v26.0', token });
const send = { method: 'POST', path: '123/messages', json: { to: '34600111222' } } as const;

async function failed(promise: Promise<unknown>): Promise<GraphError> {
  const error = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(GraphError);
  expect(JSON.stringify(error) + String(error)).not.toContain(token);
  return error as GraphError;
}

describe('the client of the Graph API', () => {
  it('proves that a call is from the app', () => {
    expect(appsecretProof(token, 'test_app_secret')).toBe(
      '2f6c99f265a9e1644d725e8f9c96e439fcbf40a73357d1d98ba8b98fbfe445e4',
    );
  });

  it('sends the token in a header, the proof and the fields in the query, the body as JSON', async () => {
    let seen: unknown;
    answer = (request, response, body) => {
      seen = { method: request.method, url: request.url, body, authorization: request.headers.authorization };
      response.setHeader('x-app-usage', '{"call_count":1}').end('{"messages":[{"id":"wamid.1"}]}');
    };
    const { body, headers } = await client.call(
      { ...target(), appSecret: 'test_app_secret' },
      { ...send, query: { fields: 'a,b', none: undefined } },
    );
    expect(body).toEqual({ messages: [{ id: 'wamid.1' }] });
    expect(headers['x-app-usage']).toBe('{"call_count":1}');
    expect(seen).toEqual({
      method: 'POST',
      url: `/v26.0/123/messages?fields=a%2Cb&appsecret_proof=${appsecretProof(token, 'test_app_secret')}`,
      body: '{"to":"34600111222"}',
      authorization: `Bearer ${token}`,
    });
  });

  it('streams a body', async () => {
    answer = (request, response, body) => response.end(JSON.stringify({ type: request.headers['content-type'], body }));
    const stream = { body: Readable.from(['one ', 'two']), contentType: 'text/plain' };
    const { body } = await client.call(target(), { method: 'POST', path: '123/media', stream });
    expect(body).toEqual({ type: 'text/plain', body: 'one two' });
  });

  it('tells an error in its class, with the wait that Meta asks for', async () => {
    answer = (_, response) =>
      response
        .writeHead(400, { 'retry-after': '3' })
        .end('{"error":{"code":130429,"message":"(#130429) Rate limit hit"}}');
    const error = await failed(client.call(target(), send));
    expect(error).toMatchObject({ errorClass: 'throttled', retryAfterMs: 3000, facts: { code: 130429 } });
  });

  it.each([
    ['an error object in a 200', 200, '{"error":{"code":2,"message":"Service temporarily unavailable"}}', 'ambiguous'],
    ['a 200 that is cut off', 200, '{"messages":[{"id":', 'ambiguous'],
    ['a 200 without a body', 200, '', 'ambiguous'],
    ['a page of a proxy', 502, '<html>Bad gateway</html>', 'ambiguous'],
    ['a refusal without an error object', 404, 'Not found', 'invalid'],
  ])('takes %s as a failure', async (_, status, text, errorClass) => {
    answer = (_request, response) => response.writeHead(status).end(text);
    expect((await failed(client.call(target(), send))).errorClass).toBe(errorClass);
  });

  it('does not know whether a call that got no answer in time was executed', async () => {
    let got: () => void = () => undefined;
    const executed = new Promise<void>((resolve) => {
      got = resolve;
    });
    answer = () => got();
    const error = await failed(client.call(target(), { ...send, timeoutMs: 100 }));
    await executed;
    expect(error).toMatchObject({ errorClass: 'ambiguous', message: expect.stringContaining('100 ms') });
  });

  it('does not know whether a call whose connection broke was executed', async () => {
    answer = (request) => request.socket.destroy();
    expect((await failed(client.call(target(), send))).errorClass).toBe('ambiguous');
    answer = (request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"messages"');
      request.socket.end();
    };
    expect((await failed(client.call(target(), send))).errorClass).toBe('ambiguous');
  });

  it('knows that a call was not executed when nobody listens', async () => {
    const closed = createServer();
    closed.listen(0, '127.0.0.1');
    await once(closed, 'listening');
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const error = await failed(client.call({ ...target(), baseUrl: `http://127.0.0.1:${port}` }, send));
    expect(error.errorClass).toBe('not_executed');
  });

  it('knows that a call was not executed for which no connection was free, and keeps connections for other accounts', async () => {
    const busy = new GraphClient({ connections: 128, turnTimeoutMs: 100 });
    const hung = new Map<string, IncomingMessage>();
    let allHang: () => void = () => undefined;
    const hanging = new Promise<void>((resolve) => {
      allHang = resolve;
    });
    answer = (request, response) => {
      if (request.headers.authorization !== `Bearer ${token}`) return void response.end('{"id":"answered"}');
      hung.set(request.url!, request);
      if (hung.size === 64) allHang();
    };
    const classes = new Map<string, string>();
    const calls = Array.from({ length: 200 }, async (_, at) => {
      const error = await failed(busy.call(target(), { ...send, path: `${at}/messages` }));
      classes.set(`/v26.0/${at}/messages`, error.errorClass);
    });
    await hanging;
    const { body } = await busy.call({ ...target(), token: 'EAAanother' }, send);
    expect(body).toEqual({ id: 'answered' });
    await Promise.all(calls.slice(64));
    for (const request of hung.values()) request.socket.destroy();
    await Promise.all(calls);
    await busy.close();
    expect(hung.size).toBe(64);
    for (const [path, errorClass] of classes) expect(errorClass).toBe(hung.has(path) ? 'ambiguous' : 'not_executed');
    expect([...classes.values()].filter((errorClass) => errorClass === 'not_executed')).toHaveLength(136);
  });

  it('counts the time of a call from when it has a connection', async () => {
    const narrow = new GraphClient({ connections: 2 });
    let first: () => void = () => undefined;
    const waiting: ServerResponse[] = [];
    const arrived = new Promise<void>((resolve) => {
      first = resolve;
    });
    answer = (_, response) => {
      waiting.push(response);
      first();
    };
    const before = narrow.call(target(), send);
    await arrived;
    const timeouts = jest.spyOn(AbortSignal, 'timeout');
    const after = narrow.call(target(), { ...send, timeoutMs: 20_000 });
    expect(timeouts).not.toHaveBeenCalled();
    answer = (_, response) => response.end('{"id":"second"}');
    waiting[0]!.end('{"id":"first"}');
    expect([(await before).body, (await after).body]).toEqual([{ id: 'first' }, { id: 'second' }]);
    expect(timeouts).toHaveBeenCalledTimes(1);
    timeouts.mockRestore();
    await narrow.close();
  });

  it('does not read an answer without end', async () => {
    answer = (_, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536, 32)));
      };
      response.on('drain', more);
      more();
    };
    expect((await failed(client.call(target(), send))).errorClass).toBe('ambiguous');
  });
});
