import { ConflictException, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
} from '@nestjs/swagger';
import { ChannelAccess, type ChannelAccount } from '../../channels';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, noSuch } from '../../rest';
import { BackfillRepository } from './backfill.repository';
import { Backfill } from './backfill.service';

export class BackfillDto {
  @ApiProperty({ enum: ['none', 'running', 'idle'], description: '`none`: WhatsApp, or nothing was read yet.' })
  state!: string;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'How far back the run reads.' })
  since!: string | null;
  @ApiProperty({ description: 'Conversations looked at by the run.' })
  conversations!: number;
  @ApiProperty({ description: 'Messages it has brought.' })
  messages!: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true })
  startedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'When the last run was done.' })
  finishedAt!: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true, description: 'Since when webhooks are missing.' })
  silentSince!: string | null;
  @ApiProperty({ type: String, nullable: true, description: 'Why the last step failed.' })
  problem!: string | null;
}

@ApiTags('channels')
@ApiBearerAuth()
@Controller('v1/channels')
export class BackfillController {
  constructor(
    private readonly backfill: Backfill,
    private readonly repository: BackfillRepository,
    private readonly access: ChannelAccess,
  ) {}

  @Get(':id/backfill')
  @RequireRole('viewer')
  @ApiOperation({ summary: 'How far the conversations of a page or Instagram account have been read from Meta' })
  @ApiOkResponse({ type: BackfillDto })
  @ApiNotFoundResponse({ description: 'No such channel in this workspace.' })
  async one(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<BackfillDto> {
    await this.found(workspaceId, id);
    return this.view(workspaceId, id);
  }

  @Post(':id/backfill')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Read the conversations of a page or Instagram account from Meta now',
    description:
      'Over BACKFILL_PERIOD. What is stored already is not stored twice; what is old is told as one event a conversation.',
  })
  @ApiOkResponse({ type: BackfillDto })
  @ApiNotFoundResponse({ description: 'No such channel in this workspace.' })
  @ApiConflictResponse({ description: '`channel_disconnected`, `no_backfill`' })
  async begin(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<BackfillDto> {
    const account = await this.found(workspaceId, id);
    if (account.platform === 'whatsapp') {
      throw new ConflictException({ code: 'no_backfill', message: 'WhatsApp has no conversations to be read.' });
    }
    if (!account.target) {
      throw new ConflictException({
        code: 'channel_disconnected',
        message: 'The channel has no token; connect it first.',
      });
    }
    await this.backfill.begin(id, true);
    return this.view(workspaceId, id);
  }

  private async found(workspaceId: string, id: string): Promise<ChannelAccount> {
    const account = await this.access.account(id);
    if (account?.workspaceId === workspaceId) return account;
    throw noSuch('channel');
  }

  private async view(workspaceId: string, id: string): Promise<BackfillDto> {
    const row = await this.repository.of(workspaceId, id);
    return {
      state: row?.state ?? 'none',
      since: row?.since.toISOString() ?? null,
      conversations: row?.conversations ?? 0,
      messages: row?.messages ?? 0,
      startedAt: row?.startedAt.toISOString() ?? null,
      finishedAt: row?.finishedAt?.toISOString() ?? null,
      silentSince: row?.silentSince?.toISOString() ?? null,
      problem: row?.problem ?? null,
    };
  }
}
