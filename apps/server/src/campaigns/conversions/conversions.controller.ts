import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { ApiConflictResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { ConversionDto, RecordConversionDto } from '../dto/conversion.dto';
import { Conversions } from './conversions.service';

@ApiTags('campaigns')
@Authenticated()
@RequireRole('agent')
@Controller('v1/conversions')
export class ConversionsController {
  constructor(private readonly conversions: Conversions) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Tell what a contact did: an order, a sign-up, a visit',
    description:
      'It is put down to the latest campaign that wrote to them, and stands in its report. Once for each `key`.',
  })
  @ApiOkResponse({ type: ConversionDto })
  @ApiConflictResponse({ description: '`conflict`: the key is of another conversion.' })
  async record(
    @CurrentSession() { workspaceId, channelIds }: Session,
    @Body() body: RecordConversionDto,
  ): Promise<ConversionDto> {
    const { id, key, contactId, name, value, currency, at, campaignId, channelId } = await this.conversions.record(
      workspaceId,
      body,
    );
    const seen = !channelIds || (channelId !== null && channelIds.includes(channelId));
    return {
      ...{ id, key, contactId, name, value, currency, at: at.toISOString() },
      campaignId: seen ? campaignId : null,
    };
  }
}
