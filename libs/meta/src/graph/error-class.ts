/**
 * What is to be done about an error of the Graph API. Decided on code and subcode, never on the message text, which Meta translates and
 * rewords.
 * - `throttled`: not executed; wait, then the same request again. `pairThrottled` likewise, for one recipient only.
 * - `ambiguous`: it may have been executed; never repeated blindly.
 * - `not_executed`: it never left, or Meta says that it did nothing; may be repeated.
 * - `auth`: the token is dead or wrong: nothing works on this channel until it is connected again.
 * - `permission`: the token lacks a permission; the channel's sends fail until it is granted.
 * - `account`: the account is blocked, restricted or unpaid: nothing is sent from it until that is settled with Meta.
 * - `window_closed`: outside the service window.
 * - `undeliverable`: not to this recipient, ever.
 * - `held`: Meta protects the recipient or the number's quality; not again soon.
 * - `template`: the template or its parameters.
 * - `needs_phone`: this kind of template needs a phone number, not a WhatsApp user id.
 * - `invalid`: the request itself.
 */
export type GraphErrorClass =
  | 'throttled'
  | 'pair_throttled'
  | 'ambiguous'
  | 'not_executed'
  | 'auth'
  | 'permission'
  | 'account'
  | 'window_closed'
  | 'undeliverable'
  | 'held'
  | 'template'
  | 'needs_phone'
  | 'invalid';

export interface GraphErrorCode {
  /** HTTP status of the answer. */
  status: number;
  code?: number;
  subcode?: number;
  isTransient?: boolean;
}

const of = (errorClass: GraphErrorClass, ...codes: number[]): [number, GraphErrorClass][] =>
  codes.map((code) => [code, errorClass]);

const range = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, at) => first + at);

/** meta-platform facts: the error codes of the Cloud API, Messenger and Instagram messaging, and the Graph API's own. */
const byCode = new Map<number, GraphErrorClass>([
  ...of('throttled', 4, 17, 32, 613, 130429, ...range(80001, 80014)),
  ...of('pair_throttled', 131056),
  ...of('ambiguous', 1, 2, 131000, 131016, 131057, 133004),
  ...of('auth', 0, 102, 190),
  ...of('permission', 3, 10, 131005, ...range(200, 299)),
  ...of('window_closed', 131047),
  ...of('undeliverable', 551, 1545041, 2018001, 130403, 131026, 131050),
  ...of('held', 130472, 131048, 131049),
  ...of('template', 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069),
  ...of('invalid', 33, 100, 131008, 131009, 131021, 131051, 131052, 131053, 135000),
  ...of('account', 368, 130497, 131031, 131037, 131042, 131045, 133010),
  ...of('needs_phone', 131062),
]);

/** Code and subcode together, where the subcode says something else than its code. */
const bySubcode = new Map<string, GraphErrorClass>([
  // Messenger and Instagram: outside the allowed window, told with the code of a missing permission.
  ['10 2018278', 'window_closed'],
  // "No matching user found", told with the code of an invalid parameter.
  ['100 2018001', 'undeliverable'],
  // Suspected spam, told with the code of a throttle: repeating it makes it worse.
  ['4 2207051', 'held'],
]);

/**
 * The class of an error. An unknown code is what its HTTP status says: 5xx and what Meta calls transient may have been executed, 429 was
 * not, any other is a request Meta refuses.
 */
export function classifyGraphError({ status, code, subcode, isTransient }: GraphErrorCode): GraphErrorClass {
  if (code !== undefined) {
    const known = bySubcode.get(`${code} ${subcode}`) ?? byCode.get(code);
    if (known) return known;
  }
  if (status === 429) return 'throttled';
  if (status >= 500 || isTransient) return 'ambiguous';
  if (status === 401) return 'auth';
  return 'invalid';
}

/** True where the same request may succeed later, or once something outside of it was put right. */
export function mayRetry(errorClass: GraphErrorClass): boolean {
  return errorClass !== 'undeliverable' && errorClass !== 'invalid' && errorClass !== 'needs_phone';
}
