import { ApiProperty } from '@nestjs/swagger';
import { type Platform, platforms } from '@switchboard/meta';

/** A file as those see it who may see its messages. */
export class MediaDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ enum: ['pending', 'stored', 'failed'], description: 'pending: being fetched from Meta.' })
  status!: 'pending' | 'stored' | 'failed';

  @ApiProperty({
    type: String,
    nullable: true,
    description:
      'Signed, good for MEDIA_URL_TTL. A path of this server where PUBLIC_URL is not set. Null until stored.',
  })
  url!: string | null;

  @ApiProperty({ type: String, nullable: true })
  mimeType!: string | null;

  @ApiProperty({ type: Number, nullable: true, description: 'Bytes.' })
  size!: number | null;

  @ApiProperty({ type: String, nullable: true, description: 'Hexadecimal.' })
  sha256!: string | null;

  @ApiProperty({ type: String, nullable: true })
  filename!: string | null;

  @ApiProperty({ type: String, nullable: true, description: 'Why it could not be fetched.' })
  error!: string | null;
}

export class RefusedKindDto {
  @ApiProperty({ example: 'image' })
  kind!: string;

  @ApiProperty({ type: [String], example: ['file may be at most 5 MB; it is 7.2 MB.'] })
  problems!: string[];
}

export class PlatformUseDto {
  @ApiProperty({ enum: platforms })
  platform!: Platform;

  @ApiProperty({ type: [String], description: 'As what it can be sent.', example: ['document'] })
  kinds!: string[];

  @ApiProperty({ type: [RefusedKindDto], description: 'As what it cannot, and which limit is in the way.' })
  refused!: RefusedKindDto[];
}

export class UploadedMediaDto extends MediaDto {
  @ApiProperty({ type: [PlatformUseDto] })
  platforms!: PlatformUseDto[];
}
