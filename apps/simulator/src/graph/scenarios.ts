import type { Fields } from './check';
import { GraphError, type GraphErrorFields } from './errors';
import { type GraphRequest, textOf } from './request';

/** Which calls a scenario is about; every condition given must hold, none given means every call. */
export interface Matcher {
  method?: string;
  /** Text at the end of the path or a pattern over it, without host and version: `/106540352242922/messages`. */
  path?: string | RegExp;
  /** First part of the path. */
  account?: string;
  /** `to`, or `recipient` and its `id`, `user_ref`, `comment_id`, `post_id`. */
  to?: string;
  token?: string;
  /** Whatever else the call's parameters must be. */
  where?: (params: Fields, request: GraphRequest) => boolean;
}

/** A send call, of any account. */
export const sends: Matcher = { method: 'POST', path: /\/(marketing_)?messages$/ };

/** What happens instead of the usual. `done`: whether the call takes effect all the same. */
export type Course =
  | { kind: 'fail'; error: GraphError }
  | { kind: 'delay'; ms: number }
  | { kind: 'hold'; released: Promise<void> }
  | { kind: 'hang'; done: boolean }
  | { kind: 'reset'; done: boolean }
  | { kind: 'break'; done: boolean; status: number }
  | { kind: 'dribble'; ms: number }
  | { kind: 'garble'; done: boolean };

/** A course that calls take. Ends by itself after as many calls as it was made for. */
export class Scenario {
  /** How many calls took this course. */
  hits = 0;

  constructor(
    private readonly matcher: Matcher,
    private left: number,
    readonly course: Course,
    /** Lets the calls go on that wait for it; of a scenario that holds them. */
    readonly release: () => void = () => undefined,
  ) {}

  get ended(): boolean {
    return this.left === 0;
  }

  end(): void {
    this.left = 0;
  }

  /** Counts a call that it is about. */
  takes(request: GraphRequest): boolean {
    if (this.ended || !matches(this.matcher, request)) return false;
    this.left--;
    this.hits++;
    return true;
  }
}

/** What the next calls meet: `graph.next(3, sends).fail(131056)`. */
export class Plot {
  constructor(private readonly add: (course: Course, release?: () => void) => Scenario) {}

  /** Meta's error, by its code or in full; the call has no effect. */
  fail(error: number | GraphErrorFields, more: Omit<GraphErrorFields, 'code'> = {}): Scenario {
    const fields = typeof error === 'number' ? { code: error, ...more } : error;
    return this.add({ kind: 'fail', error: new GraphError(fields) });
  }

  /** The call takes effect, and is answered, that much later. */
  delay(ms: number): Scenario {
    return this.add({ kind: 'delay', ms });
  }

  /** The call takes effect, and is answered, once the scenario's `release` is called. */
  hold(): Scenario {
    const { promise, resolve } = withResolvers();
    return this.add({ kind: 'hold', released: promise }, resolve);
  }

  /** No answer ever: the client's time-out ends it. The call takes effect unless `done` is false. */
  hang({ done = true } = {}): Scenario {
    return this.add({ kind: 'hang', done });
  }

  /** The connection is reset instead of an answer. The call takes effect unless `done` is false. */
  reset({ done = true } = {}): Scenario {
    return this.add({ kind: 'reset', done });
  }

  /** An HTTP 5xx from Meta's proxies, no JSON. The call takes effect unless `done` is false. */
  break({ done = true, status = 502 } = {}): Scenario {
    return this.add({ kind: 'break', done, status });
  }

  /** The answer's head at once, its body over `ms`. */
  dribble(ms: number): Scenario {
    return this.add({ kind: 'dribble', ms });
  }

  /** HTTP 200 with half a JSON. The call takes effect unless `done` is false. */
  garble({ done = true } = {}): Scenario {
    return this.add({ kind: 'garble', done });
  }
}

export class Scenarios {
  #scenarios: Scenario[] = [];

  plot(times: number, matcher: Matcher): Plot {
    return new Plot((course, release) => {
      const scenario = new Scenario(matcher, times, course, release);
      this.#scenarios.push(scenario);
      return scenario;
    });
  }

  /** The courses a call takes: a wait, and one of the others; the first made of each comes first. */
  take(request: GraphRequest): Course[] {
    if (this.#scenarios.length === 0) return [];
    this.#scenarios = this.#scenarios.filter((scenario) => !scenario.ended);
    const wait = this.#first(request, isWait);
    const other = this.#first(request, (course) => !isWait(course));
    return [wait, other].filter((course) => course !== undefined);
  }

  clear(): void {
    for (const scenario of this.#scenarios.splice(0)) scenario.end();
  }

  #first(request: GraphRequest, fits: (course: Course) => boolean): Course | undefined {
    return this.#scenarios.find((scenario) => fits(scenario.course) && scenario.takes(request))?.course;
  }
}

/** A wait goes before whatever else the call meets. */
export const isWait = (course: Course): course is Extract<Course, { kind: 'delay' | 'hold' }> =>
  course.kind === 'delay' || course.kind === 'hold';

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  return { promise, resolve };
}

function matches({ method, path, account, to, token, where }: Matcher, request: GraphRequest): boolean {
  if (method !== undefined && method !== request.method) return false;
  if (account !== undefined && account !== request.path[0]) return false;
  if (token !== undefined && token !== request.accessToken) return false;
  if (to !== undefined && !recipients(request.params).includes(to)) return false;
  if (path !== undefined) {
    const whole = `/${request.path.join('/')}`;
    if (typeof path === 'string' ? !whole.endsWith(path) : !path.test(whole)) return false;
  }
  return where?.(request.params, request) ?? true;
}

function recipients({ to, recipient }: Fields): string[] {
  const named = typeof recipient === 'object' && recipient !== null ? Object.values(recipient) : [recipient];
  return [to, ...named].map(textOf);
}
