import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { ListFrame } from '../../rest';
import { Line } from './fields';

export class TagNameDto {
  @ApiProperty({
    maxLength: 60,
    description: 'Unique in the workspace, whatever the case; without `;`, which separates tags in a table.',
  })
  @Line(60)
  @Matches(/^[^;]+$/, { message: 'name must be without ;' })
  name!: string;
}

export class TagDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
}

export class TagListDto extends ListFrame {
  @ApiProperty({ type: [TagDto] })
  items!: TagDto[];
}
