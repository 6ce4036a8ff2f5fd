import { Measurement, VoidRun } from '../measurement';
import type { Options } from '../options';
import type { Stores } from '../stores/stores';
import type { Subject } from '../systems/subject';
import type { RunningSystem, SystemUnderTest } from '../systems/system';
import type { World } from '../world';

/** What every row needs. */
export interface Bench {
  options: Options;
  stores: Stores;
  subject: Subject;
  /** Switchboard with another world than that of rows 1 to 3, seeded the first time it is asked for. */
  subjectOf: (world: World) => Promise<Subject>;
  /** Of this run. */
  folder: string;
  world: World;
  appSecret: string;
  /** Tells the person who waits. */
  say: (line: string) => void;
}

/** One figure of one system, a value a round. */
export interface Figure {
  system: string;
  what: string;
  values: number[];
}

export type RowName = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 'hold' | 'inbox' | 'flows';

/**
 * What is asked of the figures: a bound on their median, or none where a ratio only informs. `values` are a round each, mostly
 * ratios within the round.
 */
export interface Target {
  what: string;
  values: number[];
  atLeast?: number;
  atMost?: number;
}

export interface RowResult {
  row: RowName;
  title: string;
  figures: Figure[];
  targets: Target[];
  /** Shown in place of figures and targets, where these are too many: Markdown. */
  summary?: string;
  /** Everything that was measured, round by round and system by system. */
  rounds: Record<string, unknown>[];
}

/**
 * Measures every system in every round, each started anew. Their order turns from round to round, so that none always
 * comes after the same one.
 */
export async function inRounds<S extends SystemUnderTest, R>(
  bench: Bench,
  row: RowName,
  systems: readonly S[],
  measure: (system: S, measurement: Measurement, running: Awaited<ReturnType<S['start']>>) => Promise<R>,
  settings: { world?: World } = {},
): Promise<Record<string, R>[]> {
  const rounds: Record<string, R>[] = [];
  for (let round = 1; round <= bench.options.rounds; round += 1) {
    const results: Record<string, R> = {};
    for (let turn = 0; turn < systems.length; turn += 1) {
      const system = systems[(turn + round - 1) % systems.length]!;
      bench.say(`row ${row}, round ${round} of ${bench.options.rounds}: ${system.name}`);
      await bench.stores.settle();
      const running = await system.start();
      const measurement = await Measurement.of(running as RunningSystem, { ...bench, ...settings, round });
      try {
        results[system.name] = await measure(system, measurement, running as never);
      } catch (error) {
        if (error instanceof VoidRun) error.message = `Row ${row}, round ${round}, ${system.name}: ${error.message}`;
        throw error;
      } finally {
        await measurement.stop();
      }
    }
    rounds.push(results);
  }
  return rounds;
}

/** The values of one figure of one system over the rounds. */
export function over<R>(rounds: Record<string, R>[], system: string, value: (result: R) => number): number[] {
  return rounds.map((round) => value(round[system]!));
}

/** Round by round, one system's figure in units of another's. */
export function ratio<R>(rounds: Record<string, R>[], of: string, to: string, value: (result: R) => number): number[] {
  return rounds.map((round) => value(round[of]!) / value(round[to]!));
}
