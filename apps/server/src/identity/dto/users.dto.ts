import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { Role } from '@switchboard/contracts';
import { Transform } from 'class-transformer';
import { IsBoolean, IsIn, IsOptional, ValidateIf } from 'class-validator';
import { ListFrame, PageQuery } from '../../rest';
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

export class CreateUserRequest {
  @EmailField()
  email!: string;

  @PersonNameField()
  name?: string;

  @ApiPropertyOptional({
    minLength: shortestPassword,
    maxLength: longestPassword,
    description: 'Needed unless the operator adds somebody who signs in here already, whose password stays as it is.',
  })
  @IsOptional()
  @NewPasswordRules()
  password?: string;

  @ApiProperty({ enum: roleNames, description: 'No higher than your own.' })
  @IsIn(roleNames)
  role!: Role;

  @ChannelIdsField()
  channelIds?: string[] | null;
}

export class ChangeRightsRequest {
  @ApiPropertyOptional({ enum: roleNames, description: 'No higher than your own. Left out: as it is.' })
  @ValidateIf((_, value) => value !== undefined)
  @IsIn(roleNames)
  role?: Role;

  @ChannelIdsField()
  channelIds?: string[] | null;
}

export class UsersQuery extends PageQuery {
  @ApiPropertyOptional({ description: 'Lists those of other applications who were removed and are kept out.' })
  @IsOptional()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  removed?: boolean;
}

export class MemberView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ nullable: true, type: String })
  email!: string | null;

  @ApiProperty({ nullable: true, type: String })
  name!: string | null;

  @ApiProperty({ enum: roleNames, nullable: true, description: 'null once removed.' })
  role!: Role | null;

  @ChannelIdsView()
  channelIds!: string[] | null;

  @ApiProperty({ description: 'Comes with tokens of another application.' })
  external!: boolean;

  @ApiProperty({ description: 'Disabled by the operator: cannot sign in anywhere.' })
  disabled!: boolean;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  joinedAt!: string | null;

  @ApiProperty({ format: 'date-time', nullable: true, type: String })
  removedAt!: string | null;
}

export class MemberPage extends ListFrame {
  @ApiProperty({ type: [MemberView] })
  items!: MemberView[];
}
