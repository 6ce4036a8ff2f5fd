import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { type AuditAction, type AuditActor, type AuditSubject, auditActions } from '@switchboard/contracts';
import { Type } from 'class-transformer';
import { IsDate, IsIn, IsOptional, IsUUID, Matches, MaxDate, MinDate } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';

const actorKinds = ['user', 'api_key', 'operator', 'switchboard'] as const;

const TimeField = (description: string) =>
  applyDecorators(
    ApiPropertyOptional({ type: String, format: 'date-time', description }),
    IsOptional(),
    Type(() => Date),
    IsDate(),
    MinDate(new Date(0)),
    MaxDate(new Date('9999-12-31T23:59:59Z')),
  );

export class AuditLogQuery extends PageQuery {
  @ApiPropertyOptional({ enum: auditActions })
  @IsOptional()
  @IsIn(auditActions)
  action?: AuditAction;

  @ApiPropertyOptional({ format: 'uuid', description: 'What this user or API key did.' })
  @IsOptional()
  @IsUUID()
  actorId?: string;

  @ApiPropertyOptional({ example: 'channel', description: 'What was done to things of this kind.' })
  @IsOptional()
  @Matches(/^[a-z_]{1,40}$/, { message: 'subjectKind must be a kind such as user or channel' })
  subjectKind?: string;

  @ApiPropertyOptional({ maxLength: 100, description: 'What was done to this one.' })
  @IsOptional()
  @Matches(/^[\w.-]{1,100}$/, { message: 'subjectId must be an id' })
  subjectId?: string;

  @TimeField('Not earlier than this.')
  from?: Date;

  @TimeField('Earlier than this.')
  to?: Date;
}

export class AuditActorView implements AuditActor {
  @ApiProperty({ enum: actorKinds, description: '`operator`: whoever runs the instance, from outside the workspace.' })
  kind!: AuditActor['kind'];

  @ApiProperty({ format: 'uuid', nullable: true, type: String })
  id!: string | null;

  @ApiProperty({
    nullable: true,
    type: String,
    description: 'The email of the user or the name of the key, as it was then.',
  })
  name!: string | null;
}

export class AuditSubjectView implements AuditSubject {
  @ApiProperty({ example: 'channel' })
  kind!: string;

  @ApiProperty()
  id!: string;

  @ApiProperty({ nullable: true, type: String, description: 'As it was then.' })
  name!: string | null;
}

export class AuditEntryView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  @ApiProperty({ enum: auditActions })
  action!: AuditAction;

  @ApiProperty()
  actor!: AuditActorView;

  @ApiProperty()
  subject!: AuditSubjectView;

  @ApiProperty({ type: Object, description: 'What it takes to understand the action, such as `from` and `to`.' })
  details!: Record<string, unknown>;
}

export class AuditLogPage extends ListFrame {
  @ApiProperty({ type: [AuditEntryView] })
  items!: AuditEntryView[];
}
