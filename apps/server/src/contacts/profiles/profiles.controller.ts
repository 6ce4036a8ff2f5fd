import { Controller, Get, Param } from '@nestjs/common';
import { ApiBearerAuth, ApiNotFoundResponse, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter } from '../../rest';
import { ContactProfiles } from './contact-profiles.service';
import type { StoredProfile } from './profiles.repository';

export class ContactProfileDto {
  @ApiProperty({ format: 'uuid' })
  channelId!: string;
  @ApiProperty({ enum: ['messenger', 'instagram'] })
  platform!: string;
  @ApiProperty({ description: 'Page-scoped or Instagram-scoped id.' })
  customer!: string;
  @ApiProperty({ type: String, nullable: true })
  name!: string | null;
  @ApiProperty({ type: String, nullable: true })
  username!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Meta’s address of the picture; it ends after some days.' })
  pictureUrl!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why Meta does not tell.' })
  hiddenReason!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'null: not read yet.' })
  fetchedAt!: string | null;
}

export class ContactProfilesDto {
  @ApiProperty({ type: [ContactProfileDto] })
  items!: ContactProfileDto[];
}

@ApiTags('contacts')
@ApiBearerAuth()
@Controller('v1/contacts')
export class ProfilesController {
  constructor(private readonly profiles: ContactProfiles) {}

  @Get(':id/profiles')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'What Messenger and Instagram tell of a contact, for each of their accounts' })
  @ApiOkResponse({ type: ContactProfilesDto })
  @ApiNotFoundResponse({ description: 'No such contact in this workspace.' })
  async of(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<ContactProfilesDto> {
    return { items: (await this.profiles.of(workspaceId, id)).map(view) };
  }
}

function view({ fetchedAt, ...profile }: StoredProfile): ContactProfileDto {
  return { ...profile, fetchedAt: fetchedAt?.toISOString() ?? null };
}
