import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

type Action = 'start' | 'stop' | 'restart';
const script = join(__dirname, '../../../scripts/services.sh');

/** Acts on a store that `services.sh run` has started. `fast` is an orderly stop, `immediate` a crash. */
export async function service(action: Action, name: 'postgres' | 'redis', mode: 'fast' | 'immediate' = 'fast') {
  await promisify(execFile)('bash', [script, `${action}-${name}`, ...(action === 'start' ? [] : [mode])]);
}
