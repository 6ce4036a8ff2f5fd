import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams, Type } from 'class-transformer';
import { IsEmail, IsInt, IsOptional, IsString, IsUUID, Length, Matches, Max, MaxLength, Min } from 'class-validator';

const trimmed = ({ value }: TransformFnParams) => (typeof value === 'string' ? value.trim() : value);
const address = ({ value }: TransformFnParams) => (typeof value === 'string' ? value.trim().toLowerCase() : value);

export const shortestPassword = 12;
/** Far beyond any passphrase; a bound on what is hashed. */
export const longestPassword = 256;

export const EmailField = () =>
  applyDecorators(
    ApiProperty({ format: 'email', maxLength: 254, example: 'owner@example.com' }),
    Transform(address),
    IsEmail({ require_tld: false }),
    MaxLength(254),
  );

export const PersonNameField = () =>
  applyDecorators(ApiPropertyOptional({ minLength: 1, maxLength: 200 }), IsOptional(), NameRules());

/** A name to be shown: on one line, without control characters (PostgreSQL cannot store NUL). */
export const NameRules = () => applyDecorators(Transform(trimmed), IsString(), Length(1, 200), Matches(/^\P{Cc}*$/u));

/** A password that is to be set. */
export const NewPasswordRules = () => applyDecorators(IsString(), Length(shortestPassword, longestPassword));

/** Where to go on in a list, and how far. */
export class PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: '`next` of the page before.' })
  @IsOptional()
  @IsUUID()
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 200, default: 50 })
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit: number = 50;
}

/** A page of a list. */
export abstract class Page {
  @ApiProperty({
    description: "Cursor of the workspace's event log, read before the list: load, then resume from it.",
    example: '3f9ac01b7d.0000000000000042',
  })
  head!: string;

  @ApiProperty({ nullable: true, type: String, description: '`after` of the next page; null at the end.' })
  next!: string | null;
}
