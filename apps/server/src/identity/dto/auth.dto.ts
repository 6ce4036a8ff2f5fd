import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Role } from '@switchboard/contracts';
import { IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
import { roleNames } from '../roles';
import { EmailField, longestPassword, NewPasswordRules, shortestPassword } from './fields';

export class SignInRequest {
  @EmailField()
  email!: string;

  @ApiProperty({ maxLength: longestPassword })
  @IsString()
  @Length(1, longestPassword)
  password!: string;

  @ApiPropertyOptional({ format: 'uuid', description: 'Which workspace to enter; the one joined first if left out.' })
  @IsOptional()
  @IsUUID()
  workspaceId?: string;
}

export class RefreshRequest {
  @ApiProperty({ description: 'As it was given out; it works once.' })
  @IsString()
  @Matches(/^[\w-]{43}$/, { message: 'refreshToken must be a refresh token of this instance' })
  refreshToken!: string;
}

export class ChangePasswordRequest {
  @ApiProperty({ maxLength: longestPassword })
  @IsString()
  @Length(1, longestPassword)
  currentPassword!: string;

  @ApiProperty({ minLength: shortestPassword, maxLength: longestPassword })
  @NewPasswordRules()
  newPassword!: string;
}

export class SessionsQuery extends PageQuery {
  @ApiPropertyOptional({ format: 'uuid', description: 'Whose sessions; your own if left out.' })
  @IsOptional()
  @IsUUID()
  userId?: string;
}

export class UserView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ nullable: true, type: String })
  email!: string | null;

  @ApiProperty({ nullable: true, type: String })
  name!: string | null;

  @ApiProperty({ description: 'Runs the instance.' })
  isOperator!: boolean;
}

export class WorkspaceMembershipView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ enum: roleNames })
  role!: Role;
}

export class NamedWorkspace {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;
}

export class MeView {
  @ApiProperty({ format: 'uuid' })
  sessionId!: string;

  @ApiProperty({ format: 'date-time', description: 'When the access token ends.' })
  expiresAt!: string;

  @ApiProperty()
  user!: UserView;

  @ApiProperty()
  workspace!: NamedWorkspace;

  @ApiProperty({ enum: roleNames, description: 'The role in `workspace`, as the access token has it.' })
  role!: Role;

  @ApiProperty({ type: [WorkspaceMembershipView], description: 'Every workspace of the user.' })
  workspaces!: WorkspaceMembershipView[];
}

export class SignInView extends MeView {
  @ApiProperty({ description: 'JWT for `Authorization: Bearer` and for sockets.' })
  accessToken!: string;

  @ApiProperty({ description: 'Exchanged once for the next pair at /v1/auth/refresh.' })
  refreshToken!: string;
}

export class SessionView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  userId!: string;

  @ApiProperty({
    nullable: true,
    type: String,
    description: 'The application that vouches for it; null: signed in here.',
  })
  issuer!: string | null;

  @ApiProperty({ nullable: true, type: String })
  userAgent!: string | null;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;

  @ApiProperty({ description: 'The session of this request.' })
  current!: boolean;
}

export class SessionPage extends ListFrame {
  @ApiProperty({ type: [SessionView] })
  items!: SessionView[];
}
