import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform, type TransformFnParams } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsEmail,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  MaxLength,
} from 'class-validator';

import { mostLimitedTo } from '../channel-limits';

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
export const NameRules = () =>
  applyDecorators(
    Transform(trimmed),
    IsString(),
    Length(1, 200),
    Matches(/^\P{Cc}*$/u, { message: '$property must be on one line, without control characters' }),
  );

/** A password that is to be set. As OWNER_PASSWORD has it; a blank one begins with a space too. */
export const NewPasswordRules = () =>
  applyDecorators(
    IsString(),
    Length(shortestPassword, longestPassword),
    Matches(/^\S(.*\S)?$/s, { message: '$property must not begin or end with a space' }),
  );

/** The only channels of an agent or viewer. */
export const ChannelIdsField = () =>
  applyDecorators(
    ApiPropertyOptional({
      type: 'array',
      items: { type: 'string', format: 'uuid' },
      nullable: true,
      maxItems: mostLimitedTo,
      description:
        'The only channels whose conversations, messages and events are to be seen; an empty list: none. null: all. For agents and viewers.',
    }),
    IsOptional(),
    IsArray(),
    ArrayMaxSize(mostLimitedTo),
    IsUUID(undefined, { each: true, message: 'channelIds must be ids of channels' }),
  );

export const ChannelIdsView = () =>
  ApiProperty({
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    nullable: true,
    description: 'The only channels that are to be seen; null: all.',
  });
