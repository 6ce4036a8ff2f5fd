import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayUnique, IsArray, IsBoolean, IsOptional, IsUUID, ValidateNested } from 'class-validator';

const mostContacts = 10_000;
const ids = (description: string, maxItems: number) => ({
  type: 'array' as const,
  items: { type: 'string' as const, format: 'uuid' },
  maxItems,
  description,
});

export class AudiencePartsDto {
  @ApiPropertyOptional(ids('Contacts that are in one of these segments.', 20))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  segmentIds?: string[];

  @ApiPropertyOptional(ids('Contacts that wear one of these tags.', 100))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  tagIds?: string[];

  @ApiPropertyOptional(ids('These contacts.', mostContacts))
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(mostContacts)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  contactIds?: string[];

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'The people in the file of this import, which has completed with `keepRows`.',
  })
  @IsOptional()
  @IsUUID('loose')
  importId?: string;

  @ApiPropertyOptional({
    format: 'uuid',
    description: 'Contacts to whom the message of this campaign failed, but for those whose outcome nobody knows.',
  })
  @IsOptional()
  @IsUUID('loose')
  failedOf?: string;
}

export class AudienceDto extends AudiencePartsDto {
  @ApiPropertyOptional({ description: 'Every contact of the workspace.' })
  @IsOptional()
  @IsBoolean()
  all?: boolean;

  @ApiPropertyOptional({ type: AudiencePartsDto, description: 'But for those who are in any of these.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => AudiencePartsDto)
  except?: AudiencePartsDto;
}
