import { readdirSync, readFileSync } from 'node:fs';

/** The kernel's unit of process times. `USER_HZ` is 100 on every architecture that Node runs on. */
const microsecondsPerTick = 10_000;

interface ProcessTimes {
  parent: number;
  /** Of the process itself, all its threads, in microseconds. */
  own: number;
  /** Of its children that have ended, and theirs. */
  ended: number;
}

/** CPU time in microseconds, by part of the system. */
export interface CpuTimes {
  server: number;
  redis: number;
  postgres: number;
}

/** The processes whose work counts. `server` are ours or the baseline's; `postgres` is the postmaster, which stands for all its backends. */
export interface MeasuredProcesses {
  server: readonly number[];
  redis: number;
  postgres: number;
}

/** What the processes have used since they started. */
export function cpuTimes(processes: MeasuredProcesses): CpuTimes {
  return {
    server: cpuOf(processes.server),
    redis: timesOf(processes.redis).own,
    postgres: withChildren(processes.postgres),
  };
}

/** What these processes have used since they started, in microseconds. */
export function cpuOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => sum + timesOf(pid).own, 0);
}

export function cpuBetween(before: CpuTimes, after: CpuTimes): CpuTimes {
  return {
    server: after.server - before.server,
    redis: after.redis - before.redis,
    postgres: after.postgres - before.postgres,
  };
}

export const cpuTotal = (cpu: CpuTimes): number => cpu.server + cpu.redis + cpu.postgres;

/** Resident memory of a process in bytes. */
export function residentBytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes ?? 0) * 1024;
}

/** Microseconds that all cores together were idle since boot; what is missing from the wall clock was somebody's work. */
export function machineIdle(): number {
  const line = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]!;
  const [, , , idle, waiting] = line
    .replace(/^cpu +/, '')
    .split(' ')
    .map(Number);
  return (idle! + waiting!) * microsecondsPerTick;
}

export function parentOf(pid: number): number {
  return timesOf(pid).parent;
}

export function nameOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return undefined;
  }
}

function withChildren(pid: number): number {
  // The parent first: a backend that ends in between is then missed for good or counted in the next reading, never twice.
  const { own, ended } = timesOf(pid);
  let sum = own + ended;
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const times = timesIfAlive(Number(entry));
    if (times?.parent === pid) sum += times.own;
  }
  return sum;
}

function timesOf(pid: number): ProcessTimes {
  return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

function timesIfAlive(pid: number): ProcessTimes | undefined {
  try {
    return timesOf(pid);
  } catch {
    return undefined;
  }
}

/** `/proc/<pid>/stat`, see proc(5). The command's name may hold spaces and parentheses, so fields count from the last `)`. */
export function parseStat(stat: string): ProcessTimes {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const ticks = (field: number) => Number(fields[field - 3]);
  return {
    parent: Number(fields[1]),
    own: (ticks(14) + ticks(15)) * microsecondsPerTick,
    ended: (ticks(16) + ticks(17)) * microsecondsPerTick,
  };
}
