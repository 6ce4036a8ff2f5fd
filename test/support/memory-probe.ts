import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into a server by `--require`, because Node 20 does not take `--expose-gc` from NODE_OPTIONS. At each SIGUSR2 the process
// collects its garbage and writes a line with what is left.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
let asked = 0;

process.on('SIGUSR2', () => {
  collect();
  asked += 1;
  const { heapUsed, external } = process.memoryUsage();
  const inherited = Reflect.ownKeys(Object.prototype).length;
  process.stdout.write(`${JSON.stringify({ probe: asked, bytes: heapUsed + external, inherited })}\n`);
});
