import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsNumber, IsOptional, IsRFC3339, IsString, IsUUID, Length, Matches, Max, Min } from 'class-validator';

const oneLine = /^\P{Cc}*$/u;

export class RecordConversionDto {
  @ApiPropertyOptional({ format: 'uuid', description: 'Who did it; or `phone`.' })
  @IsOptional()
  @IsUUID('loose')
  contactId?: string;

  @ApiPropertyOptional({
    example: '+34600111222',
    description: 'The WhatsApp number of who did it, with country code.',
  })
  @IsOptional()
  @IsString()
  @Length(6, 30)
  phone?: string;

  @ApiProperty({
    example: 'order-1042',
    minLength: 1,
    maxLength: 200,
    description: 'Yours, one for each: the same again is counted once.',
  })
  @IsString()
  @Length(1, 200)
  @Matches(oneLine, { message: 'key must be one line without control characters' })
  key!: string;

  @ApiProperty({ example: 'order', minLength: 1, maxLength: 60, description: 'What they did.' })
  @IsString()
  @Length(1, 60)
  @Matches(oneLine, { message: 'name must be one line without control characters' })
  name!: string;

  @ApiPropertyOptional({ type: Number, minimum: 0, maximum: 1e12, example: 49.9, description: 'With `currency`.' })
  @IsOptional()
  @IsNumber({ maxDecimalPlaces: 4 })
  @Min(0)
  @Max(1e12)
  value?: number;

  @ApiPropertyOptional({ example: 'EUR', description: 'ISO 4217.' })
  @IsOptional()
  @Matches(/^[A-Z]{3}$/, { message: 'currency must be three capital letters, such as EUR' })
  currency?: string;

  @ApiPropertyOptional({ format: 'date-time', description: 'When; now unless told otherwise.' })
  @IsOptional()
  @IsRFC3339()
  at?: string;
}

export class ConversionDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  key!: string;
  @ApiProperty()
  contactId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: Number, nullable: true })
  value!: number | null;
  @ApiProperty({ type: String, nullable: true })
  currency!: string | null;
  @ApiProperty()
  at!: string;
  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'The campaign that it is put down to: the latest that sent to the contact, where it was within its `attributionHours`. Null, too, where that is on a channel that you do not see.',
  })
  campaignId!: string | null;
}

export class ConversionSumDto {
  @ApiProperty()
  variant!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ type: String, nullable: true })
  currency!: string | null;
  @ApiProperty()
  count!: number;
  @ApiProperty({ type: Number, description: 'All of them together; 0 without a currency.' })
  value!: number;
}
