import {
  BadRequestException,
  Body,
  Controller,
  Get,
  GoneException,
  HttpCode,
  Inject,
  Post,
  Query,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiGoneResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import { type EventEnvelope, formatCursor, parseCursor } from '@switchboard/contracts';
import { EPOCH } from '@switchboard/database';
import { EventLogRepository, type StoredEvent } from '@switchboard/events';
import { maySee } from '@switchboard/realtime';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { CurrentSession, OperatorOnly, RequireRole, type Session } from '../identity';

export class EventQuery {
  @ApiPropertyOptional({
    description: 'Events after this cursor; from the oldest held if left out.',
    example: '54d4bde47d.0000000000000042',
  })
  @IsOptional()
  @IsString()
  after?: string;

  @ApiPropertyOptional({ minimum: 1, maximum: 1000, default: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit = 200;
}

export class EventListDto {
  @ApiProperty({ type: [Object], description: 'Event envelopes in order; see the event catalogue.' })
  items!: EventEnvelope[];
  @ApiProperty({ description: 'Pass as `after` to go on.' })
  next!: string;
  @ApiProperty({ description: 'The newest event when this was read.' })
  head!: string;
}

export class PruneEventsDto {
  @ApiProperty()
  @IsUUID()
  workspaceId!: string;

  @ApiProperty({ description: 'Events up to and including this cursor are deleted.' })
  @IsString()
  upTo!: string;
}

@ApiTags('events')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1')
export class EventLogController {
  constructor(
    private readonly log: EventLogRepository,
    @Inject(EPOCH) private readonly epoch: string,
  ) {}

  @Get('events')
  @ApiOperation({
    summary: 'The event log of the workspace',
    description: 'The same events, in the same order, as the sockets bring.',
  })
  @ApiOkResponse({ type: EventListDto })
  @ApiGoneResponse({
    description:
      'The cursor is older than what is held, or of another database: load the lists again and go on from their head.',
  })
  async events(@CurrentSession() session: Session, @Query() query: EventQuery): Promise<EventListDto> {
    const { head, floor } = (await this.log.heads([session.workspaceId])).get(session.workspaceId) ?? {
      head: 0,
      floor: 0,
    };
    const after = query.after === undefined ? floor : this.sequenceOf(query.after);
    if (after > head || (after < floor && after !== head)) {
      throw new GoneException({
        code: 'resync',
        message: 'after: events of then are no longer held; load the lists again and go on from their head.',
      });
    }
    const events = await this.log.read(session.workspaceId, after, head, query.limit);
    const seen = events.filter((event) => maySee(event, session));
    const last = events.at(-1)?.sequence ?? after;
    return {
      items: seen.map((event) => this.envelope(event)),
      next: formatCursor(this.epoch, last),
      head: formatCursor(this.epoch, head),
    };
  }

  @Post('events/prune')
  @HttpCode(200)
  @OperatorOnly()
  @ApiOperation({
    summary: "Delete the oldest events of a workspace's log",
    description: 'Clients that were away since before get a resync.',
  })
  async prune(@Body() body: PruneEventsDto): Promise<{ pruned: number }> {
    return { pruned: await this.log.prune(body.workspaceId, this.sequenceOf(body.upTo)) };
  }

  private sequenceOf(cursor: string): number {
    const parts = parseCursor(cursor);
    if (!parts)
      throw new BadRequestException({
        code: 'invalid',
        message: 'A cursor has the form <epoch>.<16 digits>, as lists and events carry it.',
      });
    if (parts.epoch !== this.epoch) {
      throw new GoneException({
        code: 'resync',
        message: 'The cursor is of another database; load the lists again and go on from their head.',
      });
    }
    return parts.sequence;
  }

  private envelope(event: StoredEvent): EventEnvelope {
    const { id, type, workspaceId, occurredAt, sequence, data } = event;
    return {
      id,
      type,
      workspaceId,
      occurredAt,
      cursor: formatCursor(this.epoch, sequence),
      data: JSON.parse(data) as EventEnvelope['data'],
    };
  }
}
