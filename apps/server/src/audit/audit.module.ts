import { Global, Module } from '@nestjs/common';
import { AuditLogController } from './audit-log.controller';
import { AuditLogRepository } from './audit-log.repository';
import { AuditLog } from './audit-log.service';
import { NotificationsGateway } from './notifications.gateway';

/** The audit log. Any feature may write to it. */
@Global()
@Module({
  controllers: [AuditLogController],
  providers: [AuditLog, AuditLogRepository, NotificationsGateway],
  exports: [AuditLog],
})
export class AuditModule {}
