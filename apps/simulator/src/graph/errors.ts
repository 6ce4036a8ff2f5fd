/** What Meta's error object says. `code` and `subcode` are what a client must decide on. */
export interface GraphErrorFields {
  /** HTTP status; the one Meta gives with this code unless told otherwise. */
  status?: number;
  code: number;
  subcode?: number;
  /** Without the `(#code)` that Meta puts in front. */
  message?: string;
  type?: 'OAuthException' | 'GraphMethodException';
  /** WhatsApp's `error_data.details`. */
  details?: string;
  userTitle?: string;
  userMessage?: string;
  /** `Retry-After`, in seconds. */
  retryAfter?: number;
}

/** Codes with the words and the HTTP status Meta gives them. Where no status stands it is 400, for throttling too. */
const catalogue: Record<number, { title: string; status?: number; transient?: true }> = {
  0: { title: 'AuthException', status: 401 },
  1: { title: 'An unknown error occurred', status: 500, transient: true },
  2: { title: 'Service temporarily unavailable', status: 503, transient: true },
  3: { title: 'Application does not have the capability to make this API call.' },
  4: { title: 'Application request limit reached', transient: true },
  10: { title: 'Application does not have permission for this action', status: 403 },
  15: { title: 'This method must be called with an app access token.' },
  17: { title: 'User request limit reached', transient: true },
  32: { title: 'Page request limit reached', transient: true },
  33: { title: 'Parameter value is not valid' },
  100: { title: 'Invalid parameter' },
  101: { title: 'Error validating application.' },
  102: { title: 'Session key invalid or no longer valid', status: 401 },
  104: { title: 'An access token is required to request this resource.', status: 401 },
  190: { title: 'Invalid OAuth access token - Cannot parse access token', status: 401 },
  200: { title: 'Permissions error', status: 403 },
  230: { title: 'User consent is required to access user profile', status: 403 },
  368: { title: 'Temporarily blocked for policies violations', status: 403 },
  452: { title: 'Session key invalid. This could be because the session key has an incorrect format.' },
  551: { title: "This person isn't available right now." },
  613: { title: 'Calls to this api have exceeded the rate limit.', transient: true },
  2200: { title: 'Callback verification failed' },
  2500: { title: 'Unknown path components' },
  10900: { title: 'Activity already replied to' },
  10903: { title: "This user can't reply to this activity" },
  80002: { title: 'There have been too many calls to this Instagram account.', transient: true },
  80006: { title: 'There have been too many calls to this page account.', transient: true },
  80007: { title: 'There have been too many calls to this WhatsApp Business account.', transient: true },
  130403: { title: 'User is not reachable by this business', status: 403 },
  130429: { title: 'Rate limit hit', transient: true },
  130472: { title: "User's number is part of an experiment" },
  130497: { title: 'Business account is restricted from messaging users in this country.', status: 403 },
  131000: { title: 'Something went wrong', status: 500, transient: true },
  131005: { title: 'Access denied', status: 403 },
  131008: { title: 'Required parameter is missing' },
  131009: { title: 'Parameter value is not valid' },
  131016: { title: 'Service unavailable', status: 503, transient: true },
  131021: { title: 'Recipient cannot be sender' },
  131026: { title: 'Message undeliverable' },
  131031: { title: 'Account has been locked', status: 403 },
  131037: { title: 'Phone number has no approved display name' },
  131042: { title: 'Business eligibility payment issue' },
  131045: { title: 'Incorrect certificate', status: 500 },
  131047: { title: 'Re-engagement message' },
  131048: { title: 'Spam rate limit hit' },
  131049: { title: 'This message was not delivered to maintain healthy ecosystem engagement.' },
  131050: { title: 'User has stopped receiving marketing messages from this business' },
  131051: { title: 'Unsupported message type' },
  131052: { title: 'Media download error' },
  131053: { title: 'Media upload error' },
  131056: { title: '(Business Account, Consumer Account) pair rate limit hit', transient: true },
  131057: { title: 'Account in maintenance mode', status: 500, transient: true },
  131062: { title: 'Business-scoped user id is not supported for this message' },
  132000: { title: 'Number of parameters does not match the expected number of params' },
  132001: { title: 'Template name does not exist in the translation', status: 404 },
  132005: { title: 'Translated text too long' },
  132007: { title: 'Template format character policy violated' },
  132012: { title: 'Parameter format does not match format in the created template' },
  132015: { title: 'Template is paused' },
  132016: { title: 'Template is disabled' },
  132068: { title: 'Flow is blocked' },
  132069: { title: 'Flow is throttled' },
  133004: { title: 'Server temporarily unavailable', status: 503, transient: true },
  133010: { title: 'Phone number not registered' },
  135000: { title: 'Generic user error' },
};

/** One of Meta's errors. `GraphError.of(131047)` has Meta's own words and status; what is given replaces them. */
export class GraphError extends Error {
  readonly status: number;
  readonly fields: GraphErrorFields;

  constructor(fields: GraphErrorFields) {
    const known = catalogue[fields.code];
    super(fields.message ?? known?.title ?? 'Unknown error');
    this.fields = fields;
    this.status = fields.status ?? known?.status ?? 400;
  }

  static of(code: number, more: Omit<GraphErrorFields, 'code'> = {}): GraphError {
    return new GraphError({ code, ...more });
  }

  get code(): number {
    return this.fields.code;
  }

  /** The body of the answer. `traceId` is Meta's `fbtrace_id`. */
  body(traceId: string): { error: Record<string, unknown> } {
    const { code, subcode, type = 'OAuthException', details, userTitle, userMessage } = this.fields;
    const bare = [1, 2, 190, 102, 104, 2500].includes(code);
    return {
      error: {
        message: bare ? this.message : `(#${code}) ${this.message}`,
        type,
        code,
        ...(details === undefined ? {} : { error_data: { messaging_product: 'whatsapp', details } }),
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(catalogue[code]?.transient ? { is_transient: true } : {}),
        ...(userTitle === undefined ? {} : { error_user_title: userTitle }),
        ...(userMessage === undefined ? {} : { error_user_msg: userMessage }),
        fbtrace_id: traceId,
      },
    };
  }
}

/** As Meta says that a node is unknown, or not the token's: it does not tell which. */
export const unknownObject = (id: string, method: string): GraphError =>
  GraphError.of(100, {
    subcode: 33,
    type: 'GraphMethodException',
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
  });

export const unknownPath = (path: readonly string[]): GraphError =>
  GraphError.of(2500, { message: `Unknown path components: /${path.join('/')}` });
