import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';

export class ReactionDto {
  @ApiProperty({ description: 'One emoji; empty takes the reaction back. Instagram has only ❤️.', example: '👍' })
  @IsString()
  @MaxLength(32)
  emoji!: string;
}

export class CommentAnswerDto {
  @ApiProperty({
    description: 'Meta’s id of the comment, as `webhook.received` tells it.',
    example: '17889455560051444',
  })
  @Matches(/^[0-9A-Za-z_.-]{1,200}$/, { message: 'commentId must be an id as Meta writes it' })
  commentId!: string;

  @ApiProperty({ example: 'Thank you!' })
  @IsString()
  @Length(1, 8000)
  text!: string;

  @ApiPropertyOptional({
    default: false,
    description: 'To the author alone, as a direct message: once for each comment, for 7 days.',
  })
  @IsOptional()
  @IsBoolean()
  privately?: boolean;
}

export class CommentAnsweredDto {
  @ApiProperty({ description: 'Meta’s id of the answer.' })
  id!: string;
}
