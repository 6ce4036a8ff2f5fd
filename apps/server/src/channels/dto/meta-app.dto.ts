import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsString, Length, Matches } from 'class-validator';
import { ListFrame } from '../../rest';

export class SaveMetaAppDto {
  @ApiProperty({ description: "Meta's app id.", example: '1029384756' })
  @Matches(/^[0-9A-Za-z_.-]{1,100}$/, { message: 'appId must be an id as Meta writes it' })
  appId!: string;

  @ApiProperty()
  @IsString()
  @Length(1, 200)
  name!: string;

  @ApiProperty({
    type: [String],
    writeOnly: true,
    description:
      'App secrets, at most 5: the current one, those being rotated out, and the Instagram app secret where Instagram Login is used.',
  })
  @ArrayMinSize(1)
  @ArrayMaxSize(5)
  @IsString({ each: true })
  @Length(8, 200, { each: true })
  secrets!: string[];

  @ApiProperty({ writeOnly: true, description: 'The verify token typed into the app dashboard.' })
  @IsString()
  @Length(8, 200)
  verifyToken!: string;
}

/** A Meta app without its secrets, which are never told again. */
export class MetaAppDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty()
  appId!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class MetaAppListDto extends ListFrame {
  @ApiProperty({ type: [MetaAppDto] })
  items!: MetaAppDto[];
}
