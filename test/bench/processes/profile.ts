import { writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

// Loaded into a server by `--require`, because Node 20 does not take `--cpu-prof` from NODE_OPTIONS.
const session = new Session();
session.connect();
session.post('Profiler.enable');
session.post('Profiler.setSamplingInterval', { interval: 500 });
session.post('Profiler.start');

process.once('exit', () => {
  session.post('Profiler.stop', (error, result) => {
    if (error) throw error;
    writeFileSync(join(process.cwd(), `${process.pid}.cpuprofile`), JSON.stringify(result.profile));
  });
});
