import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import { ContactBook } from './contact-book.service';
import { ContactRecordsRepository } from './contact-records.repository';
import type { ContactRecord } from './contact-views';
import {
  ChangeContactDto,
  ContactDto,
  ContactListDto,
  ContactQuery,
  CreateContactDto,
  IdentityDto,
} from './dto/contact.dto';
import { ContactSegments } from './segments/contact-segments.service';

@ApiTags('contacts')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/contacts')
export class ContactsController {
  constructor(
    private readonly contacts: ContactBook,
    private readonly records: ContactRecordsRepository,
    private readonly segments: ContactSegments,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The contacts of the workspace, newest first' })
  @ApiOkResponse({ type: ContactListDto })
  async list(@CurrentSession() { workspaceId }: Session, @Query() query: ContactQuery): Promise<ContactListDto> {
    const { search, tagId, segmentId, before } = query;
    const condition = segmentId ? await this.segments.condition(workspaceId, segmentId) : undefined;
    const load = (limit: number) => this.records.list(workspaceId, { search, tagId, before, limit }, condition);
    return this.listing.page(workspaceId, query.limit, load, contactView, (row) => row.id);
  }

  @Post()
  @RequireRole('agent')
  @ApiOperation({ summary: 'Add a contact' })
  @ApiCreatedResponse({ type: ContactDto })
  async create(@CurrentSession() { workspaceId }: Session, @Body() body: CreateContactDto): Promise<ContactDto> {
    return contactView(await this.contacts.create(workspaceId, body));
  }

  @Get(':id')
  @ApiOperation({
    summary: 'One contact',
    description: 'Of one that was merged, the error’s `details.mergedInto` tells into which.',
  })
  @ApiOkResponse({ type: ContactDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<ContactDto> {
    return contactView(await this.contacts.find(workspaceId, id));
  }

  @Patch(':id')
  @RequireRole('agent')
  @ApiOperation({ summary: 'Change a contact; what is left out stays' })
  @ApiOkResponse({ type: ContactDto })
  async change(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeContactDto,
  ): Promise<ContactDto> {
    return contactView(await this.contacts.change(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete a contact who has no conversations' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.contacts.remove(workspaceId, id);
  }

  @Post(':id/identities')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({ summary: 'Add a way in which a contact is known' })
  @ApiOkResponse({ type: ContactDto })
  async addIdentity(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: IdentityDto,
  ): Promise<ContactDto> {
    return contactView(await this.contacts.addIdentity(workspaceId, id, body));
  }

  @Post(':id/identities/remove')
  @HttpCode(200)
  @RequireRole('agent')
  @ApiOperation({
    summary: 'Take an identity away',
    description: 'Whoever writes under it afterwards is a contact of their own.',
  })
  @ApiOkResponse({ type: ContactDto })
  async removeIdentity(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: IdentityDto,
  ): Promise<ContactDto> {
    return contactView(await this.contacts.removeIdentity(workspaceId, id, body));
  }
}

export function contactView(row: ContactRecord): ContactDto {
  const { workspaceId: _, lastSeenAt, createdAt, updatedAt, ...shown } = row;
  return {
    ...shown,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
  };
}
