import { Body, Controller, Get, GoneException, HttpCode, Inject, NotFoundException, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiGoneResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProperty,
  ApiPropertyOptional,
  ApiTags,
} from '@nestjs/swagger';
import {
  type EventEnvelope,
  type EventType,
  eventNamespaces,
  formatCursor,
  type ResyncReason,
} from '@switchboard/contracts';
import { EPOCH } from '@switchboard/database';
import { EventLogRepository, type StoredEvent } from '@switchboard/events';
import { maySee, RealtimeHub, refusal, sequenceOf } from '@switchboard/realtime';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsString, IsUUID, Max, Min } from 'class-validator';
import { CurrentSession, OperatorOnly, RequireRole, type Session } from '../identity';
import { invalidField } from '../rest';

export class EventQuery {
  @ApiPropertyOptional({
    description: 'Events after this cursor; from the oldest held if left out.',
    example: '54d4bde47d.0000000000000042',
  })
  @IsOptional()
  @IsString()
  after?: string;

  @ApiPropertyOptional({ type: 'integer', minimum: 1, maximum: 1000, default: 200 })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit = 200;
}

/** An event as sockets bring it. */
export class EventDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ enum: Object.keys(eventNamespaces) })
  type!: EventType;
  @ApiProperty({ format: 'uuid' })
  workspaceId!: string;
  @ApiProperty({ format: 'date-time', description: "By Meta's clock where Meta tells it." })
  occurredAt!: string;
  @ApiProperty({ example: '54d4bde47d.0000000000000042' })
  cursor!: string;
  @ApiProperty({ type: Object, description: 'As the event catalogue (docs/events.md) has it for the type.' })
  data!: unknown;
}

export class EventListDto {
  @ApiProperty({ type: [EventDto], description: 'In order.' })
  items!: EventEnvelope[];
  @ApiProperty({ description: 'Pass as `after` to go on.' })
  next!: string;
  @ApiProperty({ description: 'The newest event when this was read.' })
  head!: string;
}

export class PrunedDto {
  @ApiProperty({ description: 'How many events were deleted.' })
  pruned!: number;
}

export class PruneEventsDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  workspaceId!: string;

  @ApiProperty({ description: 'Events up to and including this cursor are deleted.' })
  @IsString()
  upTo!: string;
}

const cursorForm = 'must be a cursor, <epoch>.<16 digits>, as lists and events carry it';
const refusals: Record<Exclude<ResyncReason, 'cursor_invalid'>, string> = {
  cursor_expired: 'names events that are no longer held',
  cursor_foreign: 'is of another database, or of before a restore',
  cursor_unknown: 'is newer than the newest event',
};

@ApiTags('events')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1')
export class EventLogController {
  constructor(
    private readonly log: EventLogRepository,
    private readonly hub: RealtimeHub,
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
      '`resync`: the cursor cannot be served. `reason` says why, as over sockets; load `refetch` again and go on from the head of those lists.',
  })
  async events(@CurrentSession() session: Session, @Query() query: EventQuery): Promise<EventListDto> {
    const { head, floor } = (await this.log.heads([session.workspaceId])).get(session.workspaceId) ?? {
      head: 0,
      floor: 0,
    };
    const after = query.after === undefined ? floor : sequenceOf(query.after, this.epoch);
    const reason = typeof after === 'string' ? after : refusal(after, { head, floor });
    if (reason === 'cursor_invalid') throw invalidField('after', cursorForm);
    if (typeof after === 'string' || reason) throw this.resync(reason!);
    const events = await this.log.read(session.workspaceId, after, head, query.limit);
    const last = events.at(-1)?.sequence ?? after;
    if (last !== after + events.length || (events.length === 0 && after < head)) {
      // Some were dropped since the floor was read: a part of what was asked for would be a gap that nobody is told of.
      const { floor: now } = (await this.log.heads([session.workspaceId])).get(session.workspaceId)!;
      if (query.after === undefined && now > floor) return this.events(session, query);
      throw this.resync('cursor_expired');
    }
    const seen = events.filter((event) => maySee(event, session));
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
  @ApiOkResponse({ type: PrunedDto })
  @ApiNotFoundResponse({ description: 'There is no such workspace, or nothing has happened in it.' })
  async prune(@Body() { workspaceId, upTo }: PruneEventsDto): Promise<PrunedDto> {
    const sequence = sequenceOf(upTo, this.epoch);
    if (sequence === 'cursor_invalid') throw invalidField('upTo', cursorForm);
    if (typeof sequence === 'string') throw invalidField('upTo', refusals[sequence]);
    const stand = (await this.log.heads([workspaceId])).get(workspaceId);
    if (!stand) {
      throw new NotFoundException({
        code: 'not_found',
        message: 'workspaceId: there is no such workspace, or nothing has happened in it.',
      });
    }
    if (sequence > stand.head) throw invalidField('upTo', refusals.cursor_unknown);
    return { pruned: await this.log.prune(workspaceId, sequence) };
  }

  private resync(reason: Exclude<ResyncReason, 'cursor_invalid'>): GoneException {
    return new GoneException({
      code: 'resync',
      message: `after ${refusals[reason]}; load the lists again and go on from their head.`,
      reason,
      refetch: this.hub.refetch,
    });
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
