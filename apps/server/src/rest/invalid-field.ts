import { BadRequestException } from '@nestjs/common';

/** One field that is wrong, as the validation of DTOs tells it. `problem` goes on from the field's name: `must be a UUID`. */
export function invalidField(field: string, problem: string): BadRequestException {
  const sentence = `${field} ${problem}`;
  return new BadRequestException({
    code: 'invalid',
    message: `${sentence}.`,
    details: [{ field, problems: [sentence] }],
  });
}
