import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { until } from '../../support/until';
import { messageEvent } from '../baselines/webhook-messages';
import { childEnvironment } from '../processes/peer';
import type { World } from '../world';
import { addressOf, type SystemUnderTest } from './system';

const binaries = ['/usr/sbin/nginx', '/usr/bin/nginx'];
const modules = ['/usr/lib/nginx/modules', '/usr/lib64/nginx/modules', '/usr/share/nginx/modules'];
const moduleName = 'ngx_nchan_module.so';

/** A tool that a row compares with is not on this machine. */
export class MissingTool extends Error {
  readonly code = 'missing_tool';
}

/** nginx with the Nchan module, one worker: what is posted goes to every subscriber of one channel. */
export function nchan(folder: string, world: World): SystemUnderTest {
  return {
    name: 'Nchan',
    async start() {
      const binary = binaries.find(existsSync);
      const module = modules.map((path) => join(path, moduleName)).find(existsSync);
      if (!binary || !module) {
        throw new MissingTool(
          'Row 4 compares with nginx and its module Nchan, which are not here: apt-get install nginx libnginx-mod-nchan.',
        );
      }
      const port = await freePort();
      const home = resolve(folder, 'nchan');
      mkdirSync(home, { recursive: true });
      const file = join(home, 'nginx.conf');
      writeFileSync(file, configuration(module, port));
      const server = spawn(binary, ['-p', home, '-e', 'stderr', '-c', file], {
        env: childEnvironment(),
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      const end = () => void server.kill('SIGKILL');
      process.on('exit', end);
      const answers = () =>
        fetch(`http://127.0.0.1:${port}/`).then(
          () => true,
          () => false,
        );
      await until(answers, 'nginx answers');
      return {
        webhookPort: port,
        pids: [server.pid!, ...childrenOf(server.pid!)],
        expected: [messageEvent],
        clients: async () =>
          Array.from({ length: world.users }, (_, user) => ({
            url: `ws://127.0.0.1:${port}/room`,
            localAddress: addressOf(user),
            raw: messageEvent,
            namespaces: {},
          })),
        stop: async () => {
          const ended = new Promise((done) => server.once('exit', done));
          server.kill('SIGTERM');
          await ended;
          process.off('exit', end);
        },
      };
    },
  };
}

const configuration = (module: string, port: number) => `
load_module ${module};
daemon off;
worker_processes 1;
worker_rlimit_nofile 20000;
pid nginx.pid;
error_log stderr crit;
events { worker_connections 16384; }
http {
  access_log off;
  keepalive_timeout 600s;
  keepalive_requests 1000000000;
  client_body_temp_path body;
  proxy_temp_path proxy;
  fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi;
  scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    location = /webhooks/meta { nchan_publisher http; nchan_channel_id room; }
    location = /room { nchan_subscriber websocket; nchan_channel_id room; nchan_subscriber_first_message newest; }
  }
}
`;

function childrenOf(pid: number): number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' '),
  );
  return children.filter(Boolean).map(Number);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
