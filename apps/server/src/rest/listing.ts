import { Inject, Injectable } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type Cursor, formatCursor } from '@switchboard/contracts';
import { EPOCH } from '@switchboard/database';
import { EventLogRepository } from '@switchboard/events';
import { Type } from 'class-transformer';
import { IsInt, IsOptional, IsUUID, Max, Min } from 'class-validator';

/** How lists are paged: newest first, each page from where the one before ended. */
export class PageQuery {
  @ApiPropertyOptional({
    type: 'integer',
    description: 'At most this many entries.',
    minimum: 1,
    maximum: 200,
    default: 50,
  })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(200)
  limit = 50;

  @ApiPropertyOptional({ format: 'uuid', description: '`next` of the page before.' })
  @IsOptional()
  @IsUUID()
  before?: string;
}

/** What every list carries besides its items. */
export class ListFrame {
  @ApiProperty({ type: String, nullable: true, description: 'Pass as `before` for the next page; null at the end.' })
  next!: string | null;

  @ApiProperty({
    description: 'The cursor of the event log read before the list: resume from it and nothing is missed in between.',
  })
  head!: string;
}

export interface Page<T> extends ListFrame {
  items: T[];
}

@Injectable()
export class Listing {
  constructor(
    private readonly log: EventLogRepository,
    @Inject(EPOCH) private readonly epoch: string,
  ) {}

  /** The head of a workspace's log. Read it before the list it goes with, so that the list may know more and never less. */
  async head(workspaceId: string): Promise<Cursor> {
    const heads = await this.log.heads([workspaceId]);
    return formatCursor(this.epoch, heads.get(workspaceId)?.head ?? 0);
  }

  /** Frames a page. `load` is asked for one entry more than wanted, which tells whether there is a next page. */
  async page<R, T>(
    workspaceId: string,
    limit: number,
    load: (limit: number) => Promise<R[]>,
    view: (row: R) => T,
    keyOf: (row: R) => string,
  ): Promise<Page<T>> {
    const head = await this.head(workspaceId);
    const rows = await load(limit + 1);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { items: shown.map(view), next: rows.length > limit && last !== undefined ? keyOf(last) : null, head };
  }
}
