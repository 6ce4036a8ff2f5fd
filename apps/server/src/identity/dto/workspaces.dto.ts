import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsObject, IsOptional, ValidateNested } from 'class-validator';
import { ListFrame } from '../../rest';
import { EmailField, longestPassword, NameRules, NewPasswordRules, PersonNameField, shortestPassword } from './fields';

export class WorkspaceOwner {
  @EmailField()
  email!: string;

  @PersonNameField()
  name?: string;

  @ApiPropertyOptional({
    minLength: shortestPassword,
    maxLength: longestPassword,
    description: 'Needed unless the owner signs in here already, whose password stays as it is.',
  })
  @IsOptional()
  @NewPasswordRules()
  password?: string;
}

export class CreateWorkspaceRequest {
  @ApiProperty({ minLength: 1, maxLength: 200 })
  @NameRules()
  name!: string;

  @ApiProperty()
  @IsDefined()
  @IsObject()
  @ValidateNested()
  @Type(() => WorkspaceOwner)
  owner!: WorkspaceOwner;
}

export class WorkspaceView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty()
  name!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;
}

export class WorkspacePage extends ListFrame {
  @ApiProperty({ type: [WorkspaceView] })
  items!: WorkspaceView[];
}
