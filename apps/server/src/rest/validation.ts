import { BadRequestException, type ValidationError, ValidationPipe } from '@nestjs/common';

interface FieldError {
  field: string;
  problems: string[];
}

function fieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const own = error.constraints ? [{ field, problems: Object.values(error.constraints) }] : [];
    return [...own, ...fieldErrors(error.children ?? [], field)];
  });
}

/** DTOs at the edge of REST: unknown fields are refused, and the error names each field and its rule. */
export const restValidation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: false },
  exceptionFactory: (errors) => {
    const details = fieldErrors(errors);
    return new BadRequestException({
      code: 'invalid',
      message: details.map(({ field, problems }) => `${field}: ${problems.join(', ')}`).join('; '),
      details,
    });
  },
});
