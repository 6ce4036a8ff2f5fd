import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsRFC3339, IsString, Length, Matches, ValidateNested } from 'class-validator';

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

export class QuietHoursDto {
  @ApiProperty({ example: '21:00', description: '`HH:MM`.' })
  @Matches(clock, { message: 'from must be a time of day, HH:MM' })
  from!: string;

  @ApiProperty({ example: '09:00', description: '`HH:MM`, of the next day where it is earlier.' })
  @Matches(clock, { message: 'to must be a time of day, HH:MM' })
  to!: string;
}

export class ScheduleDto {
  @ApiPropertyOptional({ format: 'date-time', description: 'When it starts by itself, once it is scheduled.' })
  @IsOptional()
  @IsRFC3339()
  startsAt?: string;

  @ApiProperty({ example: 'Europe/Madrid', description: 'IANA’s name of the time zone that hours are meant in.' })
  @IsString()
  @Length(1, 64)
  timeZone!: string;

  @ApiPropertyOptional({
    description:
      'The key of an attribute that holds a contact’s own time zone: who has one is sent to when it is the same hour there.',
    maxLength: 100,
  })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  ownTimeAttribute?: string;

  @ApiPropertyOptional({
    type: QuietHoursDto,
    description: 'Nobody is sent to in these hours, of the recipient’s own time where that is known.',
  })
  @IsOptional()
  @IsObject()
  @ValidateNested()
  @Type(() => QuietHoursDto)
  quietHours?: QuietHoursDto;
}
