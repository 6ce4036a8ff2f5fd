import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing } from '../rest';
import { campaignView, recipientView } from './campaign-views';
import { CampaignsRepository } from './campaigns.repository';
import { Campaigns } from './campaigns.service';
import { CampaignDto, CampaignListDto, CampaignQuery } from './dto/campaign.dto';
import { ChangeCampaignDto, CreateCampaignDto } from './dto/campaign-order.dto';
import { PreviewDto } from './dto/preview.dto';
import { RecipientListDto, RecipientQuery } from './dto/recipient.dto';
import { CampaignPreview } from './preview.service';
import { RecipientsRepository } from './recipients.repository';

const WrongState = () =>
  ApiConflictResponse({ description: '`conflict`: its status does not allow it; `details.status`.' });

@ApiTags('campaigns')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/campaigns')
export class CampaignsController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly preview: CampaignPreview,
    private readonly repository: CampaignsRepository,
    private readonly recipients: RecipientsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The campaigns of the workspace, newest first' })
  @ApiOkResponse({ type: CampaignListDto })
  list(
    @CurrentSession() { workspaceId, channelIds }: Session,
    @Query() query: CampaignQuery,
  ): Promise<CampaignListDto> {
    const { limit, before, status, channelId } = query;
    const load = (most: number) => this.repository.list(workspaceId, { status, channelId, channelIds }, before, most);
    return this.listing.page(workspaceId, limit, load, campaignView, ({ id }) => id);
  }

  @Post()
  @RequireRole('admin')
  @ApiOperation({ summary: 'Make a campaign', description: 'A draft: nothing is sent until it is started.' })
  @ApiCreatedResponse({ type: CampaignDto })
  async create(@CurrentSession() session: Session, @Body() body: CreateCampaignDto): Promise<CampaignDto> {
    return campaignView(await this.campaigns.create(session, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One campaign, with its counts' })
  @ApiOkResponse({ type: CampaignDto })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CampaignDto> {
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Patch(':id')
  @RequireRole('admin')
  @ApiOperation({ summary: 'Change a draft', description: 'What is left out stays.' })
  @ApiOkResponse({ type: CampaignDto })
  @WrongState()
  async change(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() body: ChangeCampaignDto,
  ): Promise<CampaignDto> {
    return campaignView(await this.campaigns.change(workspaceId, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Delete a draft', description: 'One that was started stays, for its messages name it.' })
  @ApiNoContentResponse()
  @WrongState()
  remove(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<void> {
    return this.campaigns.remove(workspaceId, id);
  }

  @Get(':id/preview')
  @ApiOperation({
    summary: 'What a campaign would do if it started now',
    description: 'Nothing is written down by it.',
  })
  @ApiOkResponse({ type: PreviewDto })
  @ApiUnprocessableEntityResponse({ description: '`template_unknown`' })
  previewOf(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<PreviewDto> {
    return this.preview.of(workspaceId, id);
  }

  @Get(':id/recipients')
  @ApiOperation({ summary: 'Whom a campaign is for, and where each stands', description: 'Frozen when it started.' })
  @ApiOkResponse({ type: RecipientListDto })
  async listRecipients(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Query() { limit, before, state, variant }: RecipientQuery,
  ): Promise<RecipientListDto> {
    await this.campaigns.one(workspaceId, id);
    const load = (most: number) => this.recipients.list(workspaceId, id, { state, variant }, before, most);
    return this.listing.page(workspaceId, limit, load, recipientView, ({ contactId }) => contactId);
  }
}
