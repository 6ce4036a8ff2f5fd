import { randomUUID } from 'node:crypto';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** An error as REST tells it (RFC 9457), with a stable `code`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  code: string;
  detail: string;
  details?: unknown;
  /** Of `resync`: why, and the paths to load again, as over sockets. */
  reason?: string;
  refetch?: readonly string[];
}

const codes: Record<number, string> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  409: 'conflict',
  413: 'too_large',
  415: 'unsupported_media_type',
  429: 'rate_limited',
  503: 'unavailable',
};

const titles: Record<number, string> = {
  400: 'The request is not valid',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  410: 'To be loaded again',
  413: 'Too large',
  415: 'Only JSON is understood',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available now',
};

/** Every error of REST as `application/problem+json`. What is not meant for the caller is logged under an id and told only by it. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Http');

  catch(error: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const http = host.switchToHttp();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const problem = this.problemOf(error, http.getRequest<FastifyRequest>());
    void reply.status(problem.status).header('content-type', 'application/problem+json').send(JSON.stringify(problem));
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    const status = statusOf(error);
    if (status >= 500 && !(error instanceof HttpException)) {
      const id = randomUUID();
      this.logger.error(
        `${request.method} ${request.url.split('?')[0]} failed (${id}): ${(error as Error)?.stack ?? String(error)}`,
      );
      return problem(500, 'internal', `Something went wrong here; the log has it under ${id}.`);
    }
    if (status === 415) return problem(status, codes[status]!, 'Send JSON, with content-type: application/json.');
    if (!(error instanceof HttpException)) return problem(status, codes[status] ?? 'invalid', (error as Error).message);
    const body = error.getResponse();
    if (typeof body === 'string') return problem(status, codes[status] ?? 'error', body);
    const { code, message, details, reason, refetch } = body as Partial<Problem> & { message?: unknown };
    const detail = Array.isArray(message) ? message.join('; ') : String(message ?? titles[status] ?? 'Error');
    return {
      ...problem(status, code ?? codes[status] ?? 'error', detail),
      ...(details === undefined ? {} : { details }),
      ...(reason === undefined ? {} : { reason, refetch }),
    };
  }
}

/** Nest's exceptions and Fastify's own errors (a body too large, malformed JSON) carry their status. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode } = (error ?? {}) as { statusCode?: unknown };
  return typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? statusCode : 500;
}

function problem(status: number, code: string, detail: string): Problem {
  return { type: 'about:blank', title: titles[status] ?? 'Error', status, code, detail };
}
