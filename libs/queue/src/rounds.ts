/** A run of work under way. */
interface Run {
  /** Asked for since the last round began. */
  again: boolean;
  /** Set while the run waits to be asked. */
  wake?: () => void;
}

/**
 * Lets a job that is asked for again while it runs, or soon after, go on in this process instead of a job more for each time: under
 * load the ways through the queue fall away, and what comes meanwhile shares a round.
 */
export class Rounds {
  private readonly running = new Map<string, Run>();

  constructor(
    private readonly times: {
      /** Between the starts of two rounds, so that under load each serves a batch. */
      distanceMs: number;
      /** A run waits so long to be asked again before it ends. */
      lingerMs: number;
      /** Then a run ends whatever is asked, so that the queue hands the work to whoever is free. */
      longestMs: number;
    },
  ) {}

  /** True where a run of this work is under way here: it takes another round, which sees what is committed by now. */
  again(key: string): boolean {
    const run = this.running.get(key);
    if (!run) return false;
    run.again = true;
    run.wake?.();
    return true;
  }

  /** Runs rounds for as long as more are asked for. Where the run ends with one asked for, `unserved` is called. */
  async run(key: string, round: () => Promise<unknown>, unserved: () => void): Promise<void> {
    if (this.again(key)) return;
    const run: Run = { again: true };
    this.running.set(key, run);
    const until = performance.now() + this.times.longestMs;
    try {
      while (run.again && performance.now() < until) {
        const began = performance.now();
        run.again = false;
        await round();
        if (!run.again) await asked(run, this.times.lingerMs);
        const early = began + this.times.distanceMs - performance.now();
        if (run.again && early > 0) await pause(early);
      }
    } finally {
      this.running.delete(key);
      if (run.again) unserved();
    }
  }
}

/** Resolves once the run is asked for, or after `ms`. */
function asked(run: Run, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      run.wake = undefined;
      resolve();
    };
    const timer = setTimeout(end, ms);
    run.wake = end;
  });
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
