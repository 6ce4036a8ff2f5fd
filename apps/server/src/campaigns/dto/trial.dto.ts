import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, Length, Max, Min } from 'class-validator';

const measures = ['replied', 'read'] as const;

export class TrialDto {
  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 90,
    example: 20,
    description: 'Percent of the audience that the variants are tried on, by their shares.',
  })
  @IsInt()
  @Min(1)
  @Max(90)
  share!: number;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    maximum: 10_080,
    example: 240,
    description: 'Minutes from the start after which the rest is sent the better one.',
  })
  @IsInt()
  @Min(1)
  @Max(10_080)
  decideAfterMinutes!: number;

  @ApiProperty({ enum: measures, description: 'The better one is of which the larger part replied, or read.' })
  @IsIn(measures)
  by!: 'replied' | 'read';
}

export class DecisionDto {
  @ApiProperty()
  variant!: string;
  @ApiProperty({ enum: ['rule', 'hand'], description: 'By what `trial` says, or by somebody.' })
  by!: 'rule' | 'hand';
  @ApiProperty()
  at!: string;
}

export class ChooseWinnerDto {
  @ApiProperty({ description: 'The key of a variant.', maxLength: 10 })
  @IsString()
  @Length(1, 10)
  variant!: string;
}
