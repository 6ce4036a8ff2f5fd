import { Controller, Get, Inject } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { OperatorOnly } from '../identity';
import { type Census, GATEWAY_CENSUS, type GatewayCensus } from './gateway-census';

@ApiTags('realtime')
@ApiBearerAuth()
@Controller('v1/realtime')
export class RealtimeStatsController {
  constructor(@Inject(GATEWAY_CENSUS) private readonly census: GatewayCensus) {}

  @Get('stats')
  @OperatorOnly()
  @ApiOperation({
    summary: 'Sockets, by namespace',
    description:
      'Clients, authenticated, subscriptions and rooms of all gateways, at most two seconds old. For the operator: it counts every workspace.',
  })
  @ApiOkResponse({ type: Object })
  stats(): Promise<Census> {
    return this.census.take();
  }
}
