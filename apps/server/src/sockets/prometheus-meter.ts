import { metrics } from '@switchboard/observability';
import type { Meter } from '@switchboard/realtime';

/** What the socket layer refuses, as `/metrics` shows it. */
export const prometheusMeter: Meter = {
  refused: (why) => metrics.socketsRefused.inc({ why }),
  messageFailed: (code) => metrics.socketMessagesFailed.inc({ code }),
};
