import type { BaselineHandlers, BaselineSettings } from '../baselines/listen';
import { messageEvent } from '../baselines/webhook-messages';
import type { ClientSettings } from '../clients/client';
import { Peer } from '../processes/peer';
import { accountOf, type World, workspaceOf } from '../world';
import { addressOf, type SystemUnderTest, socketUrl } from './system';

type BaselineName =
  | 'express-hmac'
  | 'http-hmac'
  | 'naive'
  | 'job-per-event'
  | 'fan-out-socket-io'
  | 'fan-out-ws'
  | 'bare-namespaces'
  | 'stock-nest'
  | 'recovery';

export function baseline(
  name: string,
  script: BaselineName,
  settings: BaselineSettings,
  world: World,
  connects: (port: number, user: number) => ClientSettings = (port, user) => ({
    url: socketUrl(port),
    namespaces: { '/': { account: accountOf(workspaceOf(world, user)).id } },
  }),
): SystemUnderTest {
  return {
    name,
    async start() {
      const server = Peer.fork<BaselineHandlers>(`baselines/${script}.js`);
      const port = await server.ask('listen', settings);
      return {
        webhookPort: port,
        pids: [server.pid],
        expected: [messageEvent],
        clients: async () =>
          Array.from({ length: world.users }, (_, user) => ({
            localAddress: addressOf(user),
            ...connects(port, user),
          })),
        stop: () => server.stop(),
      };
    },
  };
}
