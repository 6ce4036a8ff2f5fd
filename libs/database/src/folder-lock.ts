import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The embedded database folder is in use by another process. */
export class FolderInUse extends Error {
  readonly code = 'folder_in_use';
  constructor(folder: string, pid: number) {
    super(
      `SWITCHBOARD_DATA_DIR (${folder}) is in use by process ${pid}: the embedded database serves one process only. ` +
        'Stop that process, name another folder, or set DATABASE_URL (and REDIS_URL for several processes).',
    );
  }
}

/** When the process with this pid started, by the kernel's clock; a pid alone may have been given to somebody else since. */
function startTimeOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return undefined;
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    // No /proc on this system: the pid is alive and that has to do.
    return 'unknown';
  }
}

/**
 * Takes the folder for this process. PGlite itself does not refuse a second process, and two would corrupt the data.
 * @returns a function that gives it back.
 * @throws FolderInUse when a live process holds it.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'switchboard.lock');
  const mine = `${process.pid} ${startTimeOf(process.pid)}`;
  for (let attempt = 0; ; attempt += 1) {
    try {
      writeFileSync(openSync(file, 'wx', 0o600), mine);
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST' || attempt > 5) throw error;
      const [pid, startedAt] = readFileSync(file, 'utf8').split(' ');
      if (pid && startTimeOf(Number(pid)) === startedAt) throw new FolderInUse(folder, Number(pid));
      rmSync(file, { force: true });
    }
  }
  return () => {
    if (readFileSync(file, 'utf8') === mine) rmSync(file, { force: true });
  };
}
