import type { AppConfig } from '@switchboard/config';
import type { RealtimeLimits } from '@switchboard/realtime';

/** The bounds that the operator sets. */
export function realtimeLimits(config: AppConfig): Partial<RealtimeLimits> {
  return {
    messages: {
      perSecond: config.socketMessagesPerSecond,
      burst: config.socketMessageBurst,
      unanswered: config.socketMessagesUnanswered,
    },
    waitingPackets: config.socketBufferPackets,
    waitingBytes: config.socketBufferBytes,
    recentBytes: config.socketRecentBytes,
    connections: {
      perAddress: config.socketsPerAddress,
      perUser: config.socketsPerUser,
      perWorkspace: config.socketsPerWorkspace,
      unauthenticated: config.socketsUnauthenticated,
      socketsPerConnection: config.socketsPerConnection,
      refusedHandshakes: config.socketRefusedHandshakes,
    },
    subscriptions: {
      types: config.socketSubscriptionTypes,
      fields: config.socketSubscriptionFields,
      rooms: config.socketSubscriptionRooms,
    },
  };
}
