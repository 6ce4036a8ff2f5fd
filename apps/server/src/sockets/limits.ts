import type { AppConfig } from '@switchboard/config';
import { metrics } from '@switchboard/observability';
import { defaultLimits, type Meter, type RealtimeLimits } from '@switchboard/realtime';

/** The bounds that the operator sets. */
export function limitsOf(config: AppConfig): Partial<RealtimeLimits> {
  return {
    messages: {
      ...defaultLimits.messages,
      perSecond: config.socketMessagesPerSecond,
      burst: config.socketMessageBurst,
    },
    waitingPackets: config.socketBufferPackets,
    waitingBytes: config.socketBufferBytes,
    connections: {
      perAddress: config.socketsPerAddress,
      perUser: config.socketsPerUser,
      perWorkspace: config.socketsPerWorkspace,
      unauthenticated: config.socketsUnauthenticated,
    },
  };
}

export const meter: Meter = {
  refused: (why) => metrics.socketsRefused.inc({ why }),
  messageFailed: (code) => metrics.socketMessagesFailed.inc({ code }),
};
