import { ApiProperty } from '@nestjs/swagger';
import { ListFrame } from '../../rest';

export class ErasureStartedDto {
  @ApiProperty()
  erasureId!: string;
}

export class ErasureDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  contactId!: string;
  @ApiProperty({ enum: ['running', 'done'] })
  state!: string;
  @ApiProperty()
  requestedBy!: string;
  @ApiProperty()
  requestedAt!: string;
  @ApiProperty({ type: String, nullable: true })
  finishedAt!: string | null;
}

export class ErasureListDto extends ListFrame {
  @ApiProperty({ type: [ErasureDto] })
  items!: ErasureDto[];
}
