import { randomUUID } from 'node:crypto';
import { HttpException, Logger } from '@nestjs/common';
import { type AckError, type AckErrorCode, ackErrorCodes } from '@switchboard/contracts';

const logger = new Logger('Realtime');

/** An error meant for the client: its code, message and details are sent as they are. */
export class ProtocolError extends Error {
  constructor(
    readonly code: AckErrorCode,
    message: string,
    readonly details?: unknown,
    /** The socket is disconnected once the client has been told. */
    readonly final = false,
  ) {
    super(message);
  }

  static invalid(field: string, message: string): ProtocolError {
    return new ProtocolError('invalid', message, { field });
  }
}

/**
 * What a client is told of an exception. Only errors made for clients pass their text on: a `ProtocolError`, an HTTP exception,
 * or a domain error whose `code` is one of the protocol's. Anything else is logged under an id and becomes `internal`.
 */
export function toAckError(exception: unknown): AckError {
  if (exception instanceof HttpException) return fromHttp(exception);
  if (exception instanceof Error && isClientCode((exception as { code?: unknown }).code)) {
    const { code, details } = exception as unknown as { code: AckErrorCode; details?: unknown };
    return { code, message: exception.message, ...(details === undefined ? {} : { details }) };
  }
  // A guard that answers false makes Nest throw its own WsException.
  if (exception instanceof Error && exception.message === 'Forbidden resource') {
    return { code: 'forbidden', message: 'This is not allowed.' };
  }
  const id = randomUUID();
  logger.error(`${id}: ${exception instanceof Error ? (exception.stack ?? exception.message) : String(exception)}`);
  return { code: 'internal', message: `Something went wrong here; the log has it under ${id}.`, details: { id } };
}

function isClientCode(code: unknown): code is AckErrorCode {
  return code !== 'internal' && ackErrorCodes.includes(code as AckErrorCode);
}

const byStatus: Readonly<Record<number, AckErrorCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  409: 'invalid',
  413: 'invalid',
  422: 'invalid',
  429: 'rate_limited',
};

function fromHttp(exception: HttpException): AckError {
  const code = byStatus[exception.getStatus()];
  if (!code) return toAckError(new Error(exception.message, { cause: exception }));
  const response = exception.getResponse() as string | { message?: unknown; details?: unknown };
  if (typeof response === 'string') return { code, message: response };
  const { message, details } = response;
  // Nest's own validation lists sentences; the REST one names fields in `details`.
  if (Array.isArray(message)) return { code, message: message.slice(0, 5).join('; '), details: { problems: message } };
  const field = Array.isArray(details) ? (details[0] as { field?: unknown } | undefined)?.field : undefined;
  if (typeof field === 'string') return { code, message: exception.message, details: { field, problems: details } };
  return { code, message: exception.message, ...(details === undefined ? {} : { details }) };
}
