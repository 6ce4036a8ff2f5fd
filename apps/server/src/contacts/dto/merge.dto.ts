import { ApiProperty } from '@nestjs/swagger';
import { IsUUID } from 'class-validator';
import { ListFrame } from '../../rest';

export class MergeDto {
  @ApiProperty({ format: 'uuid', description: 'The contact that is merged into this one, and then is no more.' })
  @IsUUID()
  contactId!: string;
}

export class MergeRecordDto {
  @ApiProperty()
  id!: string;
  @ApiProperty()
  contactId!: string;
  @ApiProperty()
  mergedContactId!: string;
  @ApiProperty({ enum: ['manual', 'linked'], description: '`linked`: WhatsApp showed that the two are one.' })
  reason!: string;
  @ApiProperty({ type: String, nullable: true, description: 'The user who merged them.' })
  mergedBy!: string | null;
  @ApiProperty({ type: String, nullable: true })
  mergedName!: string | null;
  @ApiProperty()
  createdAt!: string;
  @ApiProperty({ type: String, nullable: true })
  undoneAt!: string | null;
}

export class MergeListDto extends ListFrame {
  @ApiProperty({ type: [MergeRecordDto] })
  items!: MergeRecordDto[];
}
