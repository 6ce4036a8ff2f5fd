import {
  type CallHandler,
  type ExecutionContext,
  HttpException,
  HttpStatus,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catchError, type Observable, throwError } from 'rxjs';

/** Refused for now. `RetryAfterHeader` tells the client for how long. */
export class RetryLater extends HttpException {
  constructor(
    status: HttpStatus,
    code: string,
    message: string,
    readonly seconds: number,
  ) {
    super({ code, message, details: { retryAfterSeconds: seconds } }, status);
  }

  /** @param why a sentence */
  static rateLimited(milliseconds: number, why = 'Too many attempts.'): RetryLater {
    const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
    const message = `${why} Try again in ${seconds} s.`;
    return new RetryLater(HttpStatus.TOO_MANY_REQUESTS, 'rate_limited', message, seconds);
  }

  static busy(): RetryLater {
    const message = 'Too many sign-ins are being checked at the moment; try again.';
    return new RetryLater(HttpStatus.SERVICE_UNAVAILABLE, 'busy', message, 2);
  }
}

@Injectable()
export class RetryAfterHeader implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      catchError((error: unknown) => {
        if (error instanceof RetryLater) reply.header('Retry-After', String(error.seconds));
        return throwError(() => error);
      }),
    );
  }
}
