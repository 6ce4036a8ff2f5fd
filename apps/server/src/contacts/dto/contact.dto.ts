import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { ContactAttributeValue } from '@switchboard/contracts';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
import { type IdentityKind, identityKinds } from '../contact-identities';
import { Line } from './fields';

const given = (_: unknown, value: unknown) => value !== undefined && value !== null;

export class ContactQuery extends PageQuery {
  @ApiPropertyOptional({
    description: 'Words that begin a word of the name, username, phone or e-mail; or an identity in full.',
    minLength: 2,
    maxLength: 100,
  })
  @IsOptional()
  @IsString()
  @Length(2, 100)
  search?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'With this tag.' })
  @IsOptional()
  @IsUUID()
  tagId?: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'In this segment.' })
  @IsOptional()
  @IsUUID()
  segmentId?: string;
}

export class IdentityDto {
  @ApiProperty({
    enum: identityKinds,
    description: '`psid` and `igsid` mean a person only within a channel: `channelId`.',
  })
  @IsIn(identityKinds)
  kind!: IdentityKind;

  @ApiProperty({ maxLength: 200 })
  @Line(200)
  value!: string;

  @ApiPropertyOptional({ type: String, format: 'uuid', nullable: true })
  @IsOptional()
  @IsUUID()
  channelId?: string | null;
}

export class ChangeContactDto {
  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 200 })
  @ValidateIf(given)
  @Line(200)
  name?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 100 })
  @ValidateIf(given)
  @Line(100)
  username?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'With country code. Becomes an identity; that of a number before stays.',
  })
  @ValidateIf(given)
  @Line(40)
  phone?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Likewise.' })
  @ValidateIf(given)
  @Line(254)
  email?: string | null;

  @ApiPropertyOptional({
    type: Object,
    description: 'Values by key of the workspace’s attributes; `null` takes one away, what is left out stays.',
    example: { plan: 'gold', since: '2026-01-31', interests: ['shoes'] },
  })
  @IsOptional()
  @IsObject()
  attributes?: Record<string, unknown>;

  @ApiPropertyOptional({ type: [String], description: 'Names of tags; all of them, the others go.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @Length(1, 60, { each: true })
  tags?: string[];
}

export class CreateContactDto extends ChangeContactDto {
  @ApiPropertyOptional({ type: [IdentityDto], description: 'Besides those of `phone` and `email`.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @ValidateNested({ each: true })
  @Type(() => IdentityDto)
  identities?: IdentityDto[];
}

export class ContactDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  username!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Digits with country code.' })
  phone!: string | null;
  @ApiProperty({ type: String, nullable: true })
  email!: string | null;
  @ApiProperty({ type: [String] })
  tags!: string[];
  @ApiProperty({ type: Object })
  attributes!: Record<string, ContactAttributeValue>;
  @ApiProperty({ type: [IdentityDto] })
  identities!: IdentityDto[];
  @ApiProperty({ type: String, nullable: true, description: 'When they last wrote.' })
  lastSeenAt!: string | null;
  @ApiProperty()
  createdAt!: string;
  @ApiProperty()
  updatedAt!: string;
}

export class ContactListDto extends ListFrame {
  @ApiProperty({ type: [ContactDto] })
  items!: ContactDto[];
}
