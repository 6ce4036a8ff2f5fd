import { ApiProperty, PartialType } from '@nestjs/swagger';
import { IsObject } from 'class-validator';
import { ListFrame } from '../../rest';
import { Line } from './fields';
import { anyFilter } from './filter.dto';

export class FilterDto {
  @ApiProperty({
    ...anyFilter,
    description: 'A tree of `all`, `any`, `not` and conditions; see docs/contacts.md.',
    example: {
      all: [
        { field: 'attribute', key: 'plan', op: 'equals', value: 'gold' },
        { field: 'last_seen', op: 'within_days', value: 30 },
      ],
    },
  })
  @IsObject()
  filter!: object;
}

export class CreateSegmentDto extends FilterDto {
  @ApiProperty({ maxLength: 100, description: 'Unique in the workspace, whatever the case.' })
  @Line(100)
  name!: string;
}

export class ChangeSegmentDto extends PartialType(CreateSegmentDto) {}

export class CountDto {
  @ApiProperty({ description: 'Contacts that fit now.' })
  count!: number;
}

export class SegmentDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  name!: string;
  @ApiProperty(anyFilter)
  filter!: unknown;
  @ApiProperty()
  createdAt!: string;
  @ApiProperty()
  updatedAt!: string;
}

export class SegmentListDto extends ListFrame {
  @ApiProperty({ type: [SegmentDto] })
  items!: SegmentDto[];
}
