import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
} from 'class-validator';

export class TestSendDto {
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' }, minItems: 1, maxItems: 10 })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(10)
  @ArrayUnique()
  @IsUUID('loose', { each: true })
  contactIds!: string[];

  @ApiPropertyOptional({ description: 'The key of a variant; the first unless told otherwise.', maxLength: 10 })
  @IsOptional()
  @IsString()
  @Length(1, 10)
  variant?: string;
}

class TestSentDto {
  @ApiProperty()
  contactId!: string;
  @ApiProperty({ type: String, nullable: true })
  messageId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why they were sent nothing.' })
  problem!: string | null;
}

export class TestSentListDto {
  @ApiProperty({ type: [TestSentDto] })
  items!: TestSentDto[];
}
