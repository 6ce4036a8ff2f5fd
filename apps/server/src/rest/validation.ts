import { BadRequestException, type ValidationError, ValidationPipe } from '@nestjs/common';

interface FieldError {
  field: string;
  /** Sentences without their full stop, each of which begins with the field or names it. */
  problems: string[];
}

/** What is wrong, field by field. Of one that is missing only that is told: its other rules are about what is not there. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const field = parent ? `${parent}.${error.property}` : error.property;
    const problems = problemsOf(error, field);
    return [...(problems.length > 0 ? [{ field, problems }] : []), ...fieldErrors(error.children ?? [], field)];
  });
}

function problemsOf({ property, value, constraints }: ValidationError, field: string): string[] {
  if (!constraints) return [];
  if ('whitelistValidation' in constraints) return [`${field} is not known here`];
  if (value === undefined || value === null) return [`${field} is required`];
  if ('nestedValidation' in constraints) return [`${field} must be an object`];
  return Object.values(constraints).map((problem) =>
    problem.includes(property) ? problem.replace(property, field) : `${field} ${problem}`,
  );
}

/** DTOs at the edge of REST: unknown fields are refused, and the error names each field and its rule. */
export const restValidation = new ValidationPipe({
  whitelist: true,
  forbidNonWhitelisted: true,
  transform: true,
  stopAtFirstError: false,
  validationError: { target: false, value: true },
  exceptionFactory: (errors) => {
    const details = fieldErrors(errors);
    const sentences = details.flatMap(({ problems }) => problems);
    return new BadRequestException({ code: 'invalid', message: `${sentences.join('; ')}.`, details });
  },
});
