import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { type NamespaceStats, RealtimeHub } from '@switchboard/realtime';
import { OperatorOnly } from '../identity';

@ApiTags('realtime')
@ApiBearerAuth()
@Controller('v1/realtime')
export class RealtimeStatsController {
  constructor(private readonly hub: RealtimeHub) {}

  @Get('stats')
  @OperatorOnly()
  @ApiOperation({
    summary: 'Sockets by namespace',
    description:
      'Of the process that answers; `GET /health` counts the sockets of all gateways. For the operator: it counts every workspace.',
  })
  @ApiOkResponse({ type: Object })
  stats(): Record<string, NamespaceStats> {
    return this.hub.stats();
  }
}
