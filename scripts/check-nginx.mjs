import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Server } from 'socket.io';
import { io } from 'socket.io-client';

const nginxBinary = process.argv[2];
const directory = mkdtempSync(join(tmpdir(), 'check-nginx-'));
chmodSync(directory, 0o755); // nginx started by root works as another user
const sockets = [];
const logFile = join(directory, 'log');
const log = () => readFileSync(logFile, 'utf8');
let nginx;

async function listen(server) {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server.address().port;
}

async function freePort() {
  const server = createServer();
  const port = await listen(server);
  server.close();
  return port;
}

/** Answers every request with what reached it. */
const apiServer = createServer(async (req, res) => {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of req) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  res.end(JSON.stringify({ server: 'api', url: req.url, headers: req.headers, bytes, sha256: hash.digest('hex') }));
});

async function startGateway(name) {
  const http = createServer((_req, res) => res.end(JSON.stringify({ server: name })));
  const sessions = new Server(http, { serveClient: false });
  sessions.on('connection', (socket) => socket.on('where', (ack) => ack(name)));
  return { name, sessions, port: await listen(http) };
}

function startNginx(replacements) {
  let config = readFileSync(new URL('../deploy/nginx/nginx.conf', import.meta.url), 'utf8');
  for (const [text, replacement] of replacements) {
    assert.ok(config.includes(text), `nginx.conf has no "${text}"`);
    config = config.replaceAll(text, replacement);
  }
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
  const paths = temporary.map((kind) => `${kind}_temp_path "${join(directory, kind)}";`).join(' ');
  const file = join(directory, 'nginx.conf');
  writeFileSync(file, config.replace('http {', `http { ${paths}`));
  const globals = `daemon off; pid "${join(directory, 'nginx.pid')}";`;
  const output = openSync(logFile, 'a'); // not a pipe: Node's are sockets, and /dev/stdout cannot open those
  nginx = spawn(nginxBinary, ['-p', directory, '-c', file, '-g', globals], { stdio: ['ignore', output, output] });
}

async function until(what, condition, limit = 10_000) {
  const deadline = Date.now() + limit;
  while (!(await condition())) {
    assert.ok(Date.now() < deadline, `not within ${limit} ms: ${what}`);
    await delay(20);
  }
}

function send(port, path, { method = 'GET', headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    // Not fetch: it tidies the path.
    const req = request({ host: '127.0.0.1', port, path, method, headers }, async (res) => {
      let text = '';
      for await (const chunk of res) text += chunk;
      resolve({ status: res.statusCode, json: text.startsWith('{') ? JSON.parse(text) : undefined });
    });
    // An answer may come before all of a refused body is sent.
    req.on('error', (error) => (body && error.code === 'EPIPE' ? undefined : reject(error)));
    req.end(body);
  });
}

/** A Socket.IO client of 127.0.0.<host>; resolves once connected. */
async function connect(port, host, options) {
  const agent = new Agent({ localAddress: `127.0.0.${host}`, keepAlive: true });
  const socket = io(`http://127.0.0.1:${port}`, { forceNew: true, agent, reconnectionDelay: 50, ...options });
  sockets.push(socket);
  const refused = once(socket, 'connect_error').then(([error]) => Promise.reject(error));
  await Promise.race([once(socket, 'connect'), refused]);
  return socket;
}

const where = (socket) => socket.timeout(5_000).emitWithAck('where');
const hosts = Array.from({ length: 32 }, (_, index) => index + 2);
const bothGateways = new Set(['gateway-1', 'gateway-2']);

function checks(port, gateways) {
  return {
    'everything but sockets goes to the api': async () => {
      for (const path of ['/', '/v1/conversations?limit=1', '/docs', '/health/ready', '/socketio']) {
        const { status, json } = await send(port, path);
        assert.equal(status, 200);
        assert.deepEqual([json.server, json.url], ['api', path]);
      }
    },
    'the api is told of the client, whatever the client claims': async () => {
      const claims = {
        host: 'switchboard.example:8080',
        'x-forwarded-for': '203.0.113.9',
        'x-forwarded-host': 'other',
      };
      const { headers } = (await send(port, '/v1/me', { headers: claims })).json;
      assert.equal(headers.host, 'switchboard.example:8080');
      assert.equal(headers['x-forwarded-for'], '127.0.0.1');
      assert.equal(headers['x-forwarded-host'], 'switchboard.example:8080');
      assert.equal(headers['x-forwarded-proto'], 'http');
    },
    'a webhook of 3 MB arrives byte for byte, one of 5 MB is refused': async () => {
      const body = randomBytes(3 * 1024 * 1024);
      const { status, json } = await send(port, '/webhooks/meta', { method: 'POST', body });
      assert.deepEqual([status, json.bytes], [200, body.length]);
      assert.equal(json.sha256, createHash('sha256').update(body).digest('hex'));
      const tooLarge = { method: 'POST', body: randomBytes(5 * 1024 * 1024) };
      assert.equal((await send(port, '/webhooks/meta', tooLarge)).status, 413);
    },
    'other bodies end at 1 MB': async () => {
      const body = randomBytes(2 * 1024 * 1024);
      assert.equal((await send(port, '/v1/channels', { method: 'POST', body })).status, 413);
    },
    'metrics are not for the outside': async () => {
      for (const path of ['/metrics', '/metrics/', '//metrics', '/%6detrics', '/v1/../metrics', '/metrics?x=1']) {
        assert.equal((await send(port, path)).status, 404, path);
      }
    },
    'long polling stays with one gateway, and addresses are spread over both': async () => {
      const clients = await Promise.all(hosts.map((host) => connect(port, host, { transports: ['polling'] })));
      const found = new Set();
      for (const client of clients) {
        const names = new Set();
        for (let round = 0; round < 4; round++) names.add(await where(client));
        assert.equal(names.size, 1);
        assert.ok(client.connected && client.io.engine.transport.name === 'polling');
        found.add([...names][0]);
      }
      assert.deepEqual(found, bothGateways);
    },
    'polling is upgraded to WebSocket on its gateway': async () => {
      for (const host of hosts) {
        const client = await connect(port, host, { transports: ['polling', 'websocket'] });
        await until('the upgrade', () => client.io.engine.transport.name === 'websocket');
        await where(client);
      }
    },
    'WebSockets of one address are spread over both gateways': async () => {
      const clients = await Promise.all(hosts.map(() => connect(port, 1, { transports: ['websocket'] })));
      assert.deepEqual(new Set(await Promise.all(clients.map(where))), bothGateways);
    },
    'when a gateway goes, its clients come back on the other': async () => {
      const clients = await Promise.all(hosts.map((host) => connect(port, host, { transports: ['polling'] })));
      const names = await Promise.all(clients.map(where));
      const orphans = clients.filter((_, index) => names[index] === 'gateway-1');
      assert.ok(orphans.length > 0);
      const returned = orphans.map((client) => new Promise((resolve) => client.io.once('reconnect', resolve)));
      await gateways[0].sessions.close();
      await Promise.all(returned);
      assert.deepEqual(new Set(await Promise.all(orphans.map(where))), new Set(['gateway-2']));
    },
    'verification tokens and session ids are in no log line, not even of an error': async () => {
      const path = '/webhooks/meta?hub.mode=subscribe&hub.verify_token=very-secret';
      assert.equal((await send(port, path)).status, 200);
      apiServer.close();
      apiServer.closeAllConnections();
      assert.equal((await send(port, path)).status, 502);
      await until('the log line', () => log().includes('"GET /webhooks/meta" 502'));
      assert.doesNotMatch(log(), /very-secret|sid=/);
    },
  };
}

async function main() {
  const gateways = [await startGateway('gateway-1'), await startGateway('gateway-2')];
  const apiPort = await listen(apiServer);
  const port = await freePort();
  startNginx([
    ...gateways.map((gateway) => [`${gateway.name}:3000`, `127.0.0.1:${gateway.port}`]),
    ['server api:3000', `server 127.0.0.1:${apiPort}`],
    ['listen 8080 ', `listen 127.0.0.1:${port} `],
  ]);
  await until('nginx answers', async () => {
    assert.equal(nginx.exitCode, null, `nginx did not start:\n${log()}`);
    return send(port, '/').then(Boolean, () => false);
  });
  for (const [name, check] of Object.entries(checks(port, gateways))) {
    try {
      await check();
    } catch (error) {
      throw new Error(`FAILED: ${name}\n${error.stack}\nnginx said:\n${log().slice(-4_000)}`);
    }
    console.log(`ok: ${name}`);
  }
  for (const socket of sockets) socket.disconnect();
  await gateways[1].sessions.close();
}

async function stop() {
  if (nginx?.exitCode === null) {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
  }
  rmSync(directory, { recursive: true, force: true });
}

async function end(error) {
  if (error) console.error(`check-nginx: ${error.message}`);
  await stop();
  process.exit(error ? 1 : 0);
}

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => end(new Error(`stopped by ${signal}`)));
main().then(() => end(), end);
