import { ValidationPipe } from '@nestjs/common';
import type { ValidationError } from 'class-validator';
import { ProtocolError } from './protocol-error';

/** Checks a message's argument against its DTO; what is wrong is told as `invalid` with the field named. */
export class WsValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      stopAtFirstError: true,
      exceptionFactory: (errors: ValidationError[]) => {
        const { field, message } = firstProblem(errors);
        return ProtocolError.invalid(field, message);
      },
    });
  }
}

function firstProblem(errors: readonly ValidationError[], parent = ''): { field: string; message: string } {
  const [error] = errors;
  if (!error) return { field: parent, message: 'This message takes another argument.' };
  const field = (parent ? `${parent}.${error.property}` : error.property).slice(0, 100);
  const message = Object.values(error.constraints ?? {})[0];
  return message ? { field, message: message.slice(0, 200) } : firstProblem(error.children ?? [], field);
}
