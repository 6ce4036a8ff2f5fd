import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter } from '../rest';
import { CampaignLife } from './campaign-life.service';
import { campaignView } from './campaign-views';
import { Campaigns } from './campaigns.service';
import { CampaignDto } from './dto/campaign.dto';
import { TestSendDto, TestSentListDto } from './dto/test-send.dto';
import { ChooseWinnerDto } from './dto/trial.dto';
import { TestSends } from './test-sends.service';
import { Trials } from './trial/trials.service';

const WrongState = () =>
  ApiConflictResponse({ description: '`conflict`: its status does not allow it; `details.status`.' });

@ApiTags('campaigns')
@Authenticated()
@RequireRole('admin')
@Controller('v1/campaigns')
export class CampaignLifeController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly life: CampaignLife,
    private readonly tests: TestSends,
    private readonly trials: Trials,
  ) {}

  @Post(':id/test')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send what a campaign says to some contacts, for a look',
    description: 'Ordinary messages by whoever asks; nobody is a recipient of the campaign by it.',
  })
  @ApiOkResponse({ type: TestSentListDto })
  @ApiConflictResponse({ description: '`channel_disconnected`' })
  @ApiUnprocessableEntityResponse({ description: '`template_unknown`' })
  test(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { contactIds, variant }: TestSendDto,
  ): Promise<TestSentListDto> {
    return this.tests.send(session, id, contactIds, variant);
  }

  @Post(':id/schedule')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Let a draft start by itself at its time',
    description: 'At `schedule.startsAt`; by recipients’ own time as early as the first of them needs.',
  })
  @ApiOkResponse({ type: CampaignDto })
  @ApiConflictResponse({ description: '`conflict`: it is no draft. `channel_disconnected`.' })
  @ApiUnprocessableEntityResponse({ description: '`template_unknown`' })
  async schedule(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<CampaignDto> {
    await this.life.schedule(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/unschedule')
  @HttpCode(200)
  @ApiOperation({ summary: 'Make a draft of a scheduled campaign again' })
  @ApiOkResponse({ type: CampaignDto })
  @WrongState()
  async unschedule(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
  ): Promise<CampaignDto> {
    await this.life.unschedule(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/start')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Freeze the audience and begin to send',
    description:
      'Told by campaign.started; each recipient is sent one message, however often a process ends meanwhile.',
  })
  @ApiOkResponse({ type: CampaignDto })
  @ApiConflictResponse({ description: '`conflict`: it is no draft any more. `channel_disconnected`.' })
  @ApiUnprocessableEntityResponse({ description: '`template_unknown`' })
  async start(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CampaignDto> {
    await this.life.start(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Pause a campaign',
    description: 'What is on its way to Meta arrives; nothing else leaves.',
  })
  @ApiOkResponse({ type: CampaignDto })
  @WrongState()
  async pause(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CampaignDto> {
    await this.life.pause(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'Let a paused campaign go on where it was' })
  @ApiOkResponse({ type: CampaignDto })
  @ApiConflictResponse({ description: '`conflict`: it is not paused. `channel_disconnected`.' })
  @ApiUnprocessableEntityResponse({ description: '`template_unknown`' })
  async resume(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CampaignDto> {
    await this.life.resume(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/winner')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Say by hand what the rest is sent',
    description: 'Of a campaign that tries its variants (`trial`), before it is decided by itself. It is decided once.',
  })
  @ApiOkResponse({ type: CampaignDto })
  @ApiConflictResponse({ description: '`conflict`: nothing is to be decided; `details.status`.' })
  async choose(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() { variant }: ChooseWinnerDto,
  ): Promise<CampaignDto> {
    await this.trials.choose(workspaceId, id, variant);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a campaign for good', description: 'Whoever was not sent to yet is cancelled.' })
  @ApiOkResponse({ type: CampaignDto })
  @WrongState()
  async cancel(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<CampaignDto> {
    await this.life.cancel(workspaceId, id);
    return campaignView(await this.campaigns.one(workspaceId, id));
  }
}
