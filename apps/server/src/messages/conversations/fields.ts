import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsBoolean, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';

/** Text that people read: it must say something, and PostgreSQL stores no NUL. */
export const TextRules = (longest: number) =>
  applyDecorators(
    IsString(),
    Length(1, longest),
    Matches(/\S/, { message: '$property must not be blank' }),
    Matches(/^[^\0]*$/, { message: '$property must not contain NUL' }),
  );

export const TextField = (longest: number, description?: string) =>
  applyDecorators(ApiProperty({ minLength: 1, maxLength: longest, description }), TextRules(longest));

/** `true` or `false` in a query string. */
export const FlagQuery = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: Boolean, description }),
    IsOptional(),
    Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value)),
    IsBoolean(),
  );

/** Ids, each once, in lower case as the database gives them. */
export const IdsRules = (most: number) =>
  applyDecorators(
    Transform(({ value }) =>
      Array.isArray(value) ? [...new Set(value.map((id) => (typeof id === 'string' ? id.toLowerCase() : id)))] : value,
    ),
    IsArray(),
    ArrayMaxSize(most),
    IsUUID(undefined, { each: true }),
  );
