import { classifyGraphError, type GraphErrorClass } from './error-class';

/** What Meta says of an error, as far as it says it. */
export interface GraphErrorFacts {
  status?: number | undefined;
  code?: number | undefined;
  subcode?: number | undefined;
  message?: string | undefined;
  details?: string | undefined;
  /** What to show to a person, in the language of the token's owner. */
  userTitle?: string | undefined;
  userMessage?: string | undefined;
  /** Meta's support asks for it. */
  fbtraceId?: string | undefined;
}

/** A call of the Graph API that did not succeed. Neither message nor facts ever hold the token. */
export class GraphError extends Error {
  readonly code = 'graph_error';

  constructor(
    readonly errorClass: GraphErrorClass,
    readonly facts: GraphErrorFacts,
    /** Not before this time is over; `undefined` where Meta names none. */
    readonly retryAfterMs?: number,
    options?: ErrorOptions,
  ) {
    super(describe(errorClass, facts), options);
  }
}

function describe(
  errorClass: GraphErrorClass,
  { status, code, subcode, message, details, fbtraceId }: GraphErrorFacts,
): string {
  const number =
    code === undefined
      ? status === undefined
        ? ''
        : `HTTP ${status}: `
      : `${code}${subcode === undefined ? '' : `/${subcode}`}: `;
  const trace = fbtraceId ? ` (fbtrace_id ${fbtraceId})` : '';
  return `${number}${message ?? `the Graph API did not say why (${errorClass})`}${details ? `: ${details}` : ''}${trace}`;
}

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const number = (value: unknown): number | undefined => {
  const parsed = typeof value === 'string' && value !== '' ? Number(value) : value;
  return typeof parsed === 'number' && Number.isFinite(parsed) ? parsed : undefined;
};
const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};

/** Reads the answer to a call that failed; total: whatever the body is, an error comes out. */
export function readGraphError(status: number, body: unknown, retryAfterMs?: number): GraphError {
  const error = object(object(body).error);
  const facts: GraphErrorFacts = {
    status,
    code: number(error.code),
    subcode: number(error.error_subcode),
    message: text(error.message),
    details: text(object(error.error_data).details),
    userTitle: text(error.error_user_title),
    userMessage: text(error.error_user_msg),
    fbtraceId: text(error.fbtrace_id),
  };
  const isTransient = error.is_transient === true;
  return new GraphError(
    classifyGraphError({
      status,
      ...(facts.code === undefined ? {} : { code: facts.code }),
      ...(facts.subcode === undefined ? {} : { subcode: facts.subcode }),
      isTransient,
    }),
    facts,
    retryAfterMs,
  );
}
