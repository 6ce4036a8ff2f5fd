import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type ExclusionReason, exclusionReasons, type RecipientState, recipientStates } from '@switchboard/contracts';
import { IsIn, IsOptional, IsString, Length } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

export class RecipientQuery extends PageQuery {
  @ApiPropertyOptional({ enum: recipientStates })
  @IsOptional()
  @IsIn(recipientStates)
  state?: RecipientState;

  @ApiPropertyOptional({ description: 'The key of a variant.', maxLength: 10 })
  @IsOptional()
  @IsString()
  @Length(1, 10)
  variant?: string;
}

class RecipientContactDto {
  @ApiProperty()
  id!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  username!: string | null;
  @ApiProperty({ type: String, nullable: true })
  phone!: string | null;
}

export class RecipientDto {
  @ApiProperty()
  contactId!: string;
  @ApiProperty({ type: RecipientContactDto, nullable: true, description: 'Null where they are gone.' })
  contact!: RecipientContactDto | null;
  @ApiProperty({ description: '`*`: is sent what turns out better.' })
  variant!: string;
  @ApiProperty({
    type: Object,
    additionalProperties: { type: 'string' },
    nullable: true,
    description: 'What their message speaks of in the audience’s file.',
  })
  row!: Record<string, string> | null;
  @ApiProperty({ enum: recipientStates })
  state!: RecipientState;
  @ApiProperty({ enum: exclusionReasons, nullable: true, description: 'Why they are excluded.' })
  reason!: ExclusionReason | null;
  @ApiProperty({
    type: Object,
    additionalProperties: true,
    nullable: true,
    description: 'Why their message failed; as `error` of a message.',
  })
  error!: object | null;
  @ApiProperty({ type: String, nullable: true })
  messageId!: string | null;
  @ApiProperty()
  dueAt!: string;
  @ApiProperty({ type: String, nullable: true })
  queuedAt!: string | null;
  @ApiProperty({ type: String, nullable: true })
  repliedAt!: string | null;
}

export class RecipientListDto extends ListFrame {
  @ApiProperty({ type: [RecipientDto] })
  items!: RecipientDto[];
}
