import { Controller, Get, Header, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiServiceUnavailableResponse, ApiTags } from '@nestjs/swagger';
import { registry } from '@switchboard/observability';
import type { FastifyReply } from 'fastify';
import { Public } from '../identity';
import { GATEWAY_CENSUS, type GatewayCensus } from '../sockets';
import { HealthDto, LiveDto, ReadyDto } from './dto/health.dto';
import { HealthService } from './health.service';

@ApiTags('health')
@Public()
@Controller()
export class HealthController {
  constructor(
    private readonly health: HealthService,
    @Inject(GATEWAY_CENSUS) private readonly census: GatewayCensus,
  ) {}

  @Get('health/live')
  @ApiOperation({ summary: 'The process runs' })
  @ApiOkResponse({ type: LiveDto })
  live(): LiveDto {
    return { status: 'ok' };
  }

  @Get('health/ready')
  @ApiOperation({
    summary: 'The process can do its work',
    description: 'Each store with its latency in milliseconds; 503 when one is down or the process is draining.',
  })
  @ApiOkResponse({ type: ReadyDto })
  @ApiServiceUnavailableResponse({ type: ReadyDto, description: 'A store is down, or this process is draining.' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadyDto> {
    const ready = await this.health.ready();
    if (ready.status !== 'ok') reply.status(503);
    return ready;
  }

  @Get('health')
  @ApiOperation({ summary: 'The whole installation: stores, and sockets across all gateways' })
  @ApiOkResponse({ type: HealthDto })
  @ApiServiceUnavailableResponse({ type: HealthDto, description: 'A store is down, or this process is draining.' })
  async overview(@Res({ passthrough: true }) reply: FastifyReply): Promise<HealthDto> {
    const [{ status, stores }, sockets] = await Promise.all([this.health.ready(), this.census.take()]);
    if (status !== 'ok') reply.status(503);
    const { connections, users } = sockets;
    return {
      status,
      timestamp: new Date().toISOString(),
      services: {
        database: stores.database,
        redis: stores.redis,
        websocket: {
          status: sockets.gateways > 0 ? 'ok' : 'down',
          connections,
          authenticatedUsers: users,
          averageConnectionsPerUser: users === 0 ? 0 : Math.round((connections / users) * 100) / 100,
        },
      },
    };
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  @ApiOperation({ summary: 'Prometheus metrics of this process' })
  @ApiOkResponse({ description: 'In the text format.', content: { 'text/plain': { schema: { type: 'string' } } } })
  metrics(): Promise<string> {
    return registry.metrics();
  }
}
