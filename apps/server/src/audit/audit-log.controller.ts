import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { Listing } from '../rest';
import { AuditLogRepository, type AuditRow, auditEntry } from './audit-log.repository';
import { type AuditEntryView, AuditLogPage, AuditLogQuery } from './dto/audit-log.dto';

@ApiTags('audit log')
@Authenticated()
@Controller('v1/audit-log')
export class AuditLogController {
  constructor(
    private readonly repository: AuditLogRepository,
    private readonly listing: Listing,
  ) {}

  @RequireRole('admin')
  @Get()
  @ApiOperation({ summary: 'Who did what in this workspace, newest first' })
  @ApiOkResponse({ type: AuditLogPage })
  list(@CurrentSession() { workspaceId }: Session, @Query() query: AuditLogQuery): Promise<AuditLogPage> {
    const load = (limit: number) => this.repository.list(workspaceId, { ...query, limit });
    return this.listing.page(workspaceId, query.limit, load, view, ({ id }) => id);
  }
}

function view(row: AuditRow): AuditEntryView {
  const { entryId, ...entry } = auditEntry(row);
  return { id: entryId, at: row.at.toISOString(), ...entry };
}
