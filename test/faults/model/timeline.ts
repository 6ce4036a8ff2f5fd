import { eventNamespaces, isEventType, type Namespace } from '@switchboard/contracts';
import { judgeSequence, type LoggedEvent, type Told } from '../support/oracle';
import { type Viewpoint, type Wish, wants } from './wish';

/** A wish, from a place in the log on. Where only the bounds of that place are known, it is any within them. */
interface Period {
  wish: Wish | undefined;
  /** It holds for what comes after; at least, and at most. */
  least: number;
  most: number;
}

/** What a client was told from one place in the log on: a new one begins where it asks for older events again. */
interface Run {
  after: number;
  periods: Period[];
  told: Told[];
}

/** What one namespace of a client wished when, and what it was told over all its connections. */
export class Timeline {
  private readonly runs: Run[] = [];

  constructor(
    private readonly namespace: Namespace,
    private readonly viewpoint: Viewpoint,
  ) {}

  get begun(): boolean {
    return this.runs.length > 0;
  }

  /** How many events the client was told in this run: a place to come back to with `asksAgain`. */
  get mark(): number {
    return this.run.told.length;
  }

  /** The client is served from here on. */
  begins(after: number, wish: Wish | undefined): void {
    this.runs.push({ after, told: [], periods: [{ wish, least: after, most: after }] });
  }

  hears(event: Told): void {
    this.run.told.push(event);
  }

  /** The wish changed somewhere between these two places, both included. */
  changes(wish: Wish | undefined, least: number, most = least): void {
    this.run.periods.push({ wish, least, most });
  }

  /**
   * The client asked for what comes after a place that it had passed, when it had been told `mark` events. What came since ends the
   * run, up to where the events start anew; where they do not and the connection broke before the answer, nothing came of it.
   */
  asksAgain(after: number, mark: number, answered: boolean): void {
    const { told, periods } = this.run;
    const anew = told.findIndex(
      ({ sequence }, at) => at >= mark && sequence <= (told[at - 1]?.sequence ?? Number.NEGATIVE_INFINITY),
    );
    if (anew < 0 && !answered) return;
    const { wish } = periods.at(-1)!;
    const since = told.splice(anew < 0 ? mark : anew);
    this.runs.push({ after, told: since, periods: [{ wish, least: after, most: after }] });
  }

  /** Complaints, once the client has been served up to `upTo`. */
  judge(log: readonly LoggedEvent[], upTo: number): string[] {
    const ours = log.filter(({ type }) => isEventType(type) && eventNamespaces[type] === this.namespace);
    return this.runs.flatMap((run, at) => {
      const last = at === this.runs.length - 1;
      // Of an earlier run what followed its last event came with the next, or was not to come.
      return this.judgeRun(run, ours, last ? upTo : (run.told.at(-1)?.sequence ?? run.after));
    });
  }

  private judgeRun({ after, told, periods }: Run, log: readonly LoggedEvent[], upTo: number): string[] {
    const events = log.filter(({ sequence }) => sequence > after && sequence <= upTo);
    const from = periods.map(({ least }) => least);
    const expectedOf = (starts: readonly number[]) =>
      events.filter((event) => {
        const wish = periods.findLast((_, at) => starts[at]! < event.sequence)?.wish;
        return wants(wish, this.viewpoint, event);
      });
    periods.forEach(({ least, most }, at) => {
      for (let start = least; start <= most; start++) {
        const tried = from.with(at, start);
        const within = <T extends Told>(list: readonly T[]) =>
          list.filter(({ sequence }) => sequence > least && sequence <= most);
        if (judgeSequence(within(told), within(expectedOf(tried))).length > 0) continue;
        from[at] = start;
        return;
      }
    });
    const complaints = judgeSequence(told, expectedOf(from));
    return complaints.length === 0 ? [] : [...complaints, `where it wished, after ${inWords(periods)}`];
  }

  private get run(): Run {
    return this.runs.at(-1)!;
  }
}

function inWords(periods: readonly Period[]): string {
  return periods
    .map(
      ({ wish, least, most }) =>
        `${least === most ? least : `${least} to ${most}`} ${wish ? JSON.stringify(wish) : 'nothing'}`,
    )
    .join(', after ');
}
