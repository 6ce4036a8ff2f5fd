import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional, IsUUID } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

const states = ['pending', 'read', 'unreadable'] as const;

export class MentionQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid' })
  @IsOptional()
  @IsUUID()
  channelId?: string;
}

export class MentionAuthorDto {
  @ApiProperty({ type: String, nullable: true, description: 'Page-scoped; Instagram does not tell it.' })
  id!: string | null;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  username!: string | null;
}

export class MentionDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'The webhook item that told of it.' })
  itemId!: string;
  @ApiProperty({ format: 'uuid' })
  channelId!: string;
  @ApiProperty({ enum: ['messenger', 'instagram'] })
  platform!: string;
  @ApiProperty({ type: String, nullable: true, description: 'Instagram: the media it is under, or in whose caption.' })
  mediaId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Facebook: the post.' })
  postId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null: it is in the caption or post itself.' })
  commentId!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'null: not known, or no words; see `state`.' })
  text!: string | null;
  @ApiProperty({ type: MentionAuthorDto })
  author!: MentionAuthorDto;
  @ApiProperty({ type: String, nullable: true, description: '`IMAGE`, `VIDEO`, `CAROUSEL_ALBUM`; of a caption.' })
  mediaType!: string | null;
  @ApiProperty({ type: String, nullable: true })
  permalink!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: Meta does not say.' })
  writtenAt!: string | null;
  @ApiProperty({ format: 'date-time', description: 'When Meta told of it.' })
  mentionedAt!: string;
  @ApiProperty({ enum: states, description: '`pending`: its words are being read from Meta.' })
  state!: (typeof states)[number];
  @ApiProperty({ type: String, nullable: true, description: 'Why it is unreadable.' })
  reason!: string | null;
}

export class MentionListDto extends ListFrame {
  @ApiProperty({ type: [MentionDto] })
  items!: MentionDto[];
}
