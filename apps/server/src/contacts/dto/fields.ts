import { applyDecorators } from '@nestjs/common';
import { Transform, type TransformFnParams } from 'class-transformer';
import { IsString, Length, Matches } from 'class-validator';

const trimmed = ({ value }: TransformFnParams) => (typeof value === 'string' ? value.trim() : value);

/** A name to be shown: on one line, without control characters (PostgreSQL cannot store NUL). */
export const Line = (longest: number) =>
  applyDecorators(
    Transform(trimmed),
    IsString(),
    Length(1, longest),
    Matches(/^\P{Cc}*$/u, { message: '$property must be one line without control characters' }),
  );
