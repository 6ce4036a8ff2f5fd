import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { apiScopePattern } from '@switchboard/contracts';
import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsDate, IsIn, IsOptional, Matches, MaxDate } from 'class-validator';
import { ListFrame } from '../../rest';
import { ChannelIdsField, ChannelIdsView, NameRules } from './fields';

const keyRoles = ['viewer', 'agent', 'admin'] as const;
type KeyRole = (typeof keyRoles)[number];

export class CreateApiKeyRequest {
  @ApiProperty({ minLength: 1, maxLength: 200, example: 'Shop backend' })
  @NameRules()
  name!: string;

  @ApiProperty({ enum: keyRoles, description: 'No higher than your own.' })
  @IsIn(keyRoles)
  role!: KeyRole;

  @ApiPropertyOptional({
    type: [String],
    example: ['messages:write', 'contacts:read'],
    description:
      'What it may do within its role, as `<area>:read` or `<area>:write`; all that the role may if left out. The areas are the first part of a REST path; conversations and the namespace /messages are `messages`, webhook deliveries and /webhooks `webhooks`.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @Matches(apiScopePattern, { each: true, message: 'scopes must be of the form contacts:read or messages:write' })
  scopes?: string[];

  @ChannelIdsField()
  channelIds?: string[] | null;

  @ApiPropertyOptional({ type: String, format: 'date-time', description: 'Works until it is revoked if left out.' })
  @IsOptional()
  @Type(() => Date)
  @IsDate()
  @MaxDate(new Date('9999-12-31T23:59:59Z'))
  expiresAt?: Date;
}

export class ApiKeyView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: keyRoles })
  role!: KeyRole;

  @ApiProperty({ type: [String], nullable: true, description: 'null: all that the role may.' })
  scopes!: string[] | null;

  @ChannelIdsView()
  channelIds!: string[] | null;

  @ApiProperty({ example: 'sbk_Q3Zk', description: 'How the key begins.' })
  hint!: string;

  @ApiProperty({ format: 'uuid', description: 'The user who made it.' })
  createdBy!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  expiresAt!: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String, description: 'To within five minutes.' })
  lastUsedAt!: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  revokedAt!: string | null;
}

export class NewApiKeyView extends ApiKeyView {
  @ApiProperty({ description: 'For `Authorization: Bearer` and for sockets. It is not shown again.' })
  key!: string;
}

export class ApiKeyPage extends ListFrame {
  @ApiProperty({ type: [ApiKeyView] })
  items!: ApiKeyView[];
}
