import { applyDecorators } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Role } from '@switchboard/contracts';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
import { type InvitationState, invitationStates } from '../invitations.repository';
import { roleNames } from '../roles';
import {
  ChannelIdsField,
  ChannelIdsView,
  EmailField,
  longestPassword,
  NewPasswordRules,
  PersonNameField,
  shortestPassword,
} from './fields';

const TokenField = () =>
  applyDecorators(
    ApiProperty({ description: 'As the link has it behind `#token=`.', example: 'A'.repeat(43) }),
    IsString(),
    Matches(/^[\w-]{43}$/, { message: 'token must be the token of an invitation' }),
  );

export class CreateInvitationRequest {
  @EmailField()
  email!: string;

  @ApiProperty({ enum: roleNames, description: 'No higher than your own.' })
  @IsIn(roleNames)
  role!: Role;

  @ChannelIdsField()
  channelIds?: string[] | null;

  @ApiPropertyOptional({
    type: Number,
    minimum: 1,
    maximum: 30,
    default: 7,
    description: 'For how many days it is open.',
  })
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(30)
  days = 7;
}

export class InvitationsQuery extends PageQuery {
  @ApiPropertyOptional({ enum: invitationStates })
  @IsOptional()
  @IsIn(invitationStates)
  state?: InvitationState;
}

export class InvitationTokenRequest {
  @TokenField()
  token!: string;
}

export class AcceptInvitationRequest extends InvitationTokenRequest {
  @ApiProperty({ minLength: shortestPassword, maxLength: longestPassword })
  @NewPasswordRules()
  password!: string;

  @PersonNameField()
  name?: string;
}

export class InvitationView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  email!: string;

  @ApiProperty({ enum: roleNames })
  role!: Role;

  @ChannelIdsView()
  channelIds!: string[] | null;

  @ApiProperty({ enum: invitationStates })
  state!: InvitationState;

  @ApiProperty({ format: 'uuid', description: 'The user who invited.' })
  invitedBy!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class NewInvitationView extends InvitationView {
  @ApiProperty({ description: 'Works once. It is not shown again.' })
  token!: string;

  @ApiProperty({
    example: 'https://switchboard.example/invitation#token=…',
    description: 'To be passed on by you: no mail is sent. Behind `PUBLIC_URL`, else the address of this request.',
  })
  link!: string;
}

export class OpenInvitationView {
  @ApiProperty()
  email!: string;

  @ApiProperty({ enum: roleNames })
  role!: Role;

  @ApiProperty()
  workspaceName!: string;

  @ApiProperty({ description: 'This person has an account: sign in, then send the token to /v1/invitations/join.' })
  hasAccount!: boolean;

  @ApiProperty({ format: 'date-time' })
  expiresAt!: string;
}

export class InvitationPage extends ListFrame {
  @ApiProperty({ type: [InvitationView] })
  items!: InvitationView[];
}
