import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length, Matches } from 'class-validator';
import { ListFrame } from '../../rest';

export class PutSecretDto {
  @ApiProperty({
    example: 'CRM_TOKEN',
    pattern: '^[A-Za-z][A-Za-z0-9_]{0,63}$',
    description: 'Letters, digits and `_`, beginning with a letter; at most 64.',
  })
  @Matches(/^[A-Za-z][A-Za-z0-9_]{0,63}$/, {
    message: 'name must be letters, digits and _, beginning with a letter, at most 64',
  })
  name!: string;

  @ApiProperty({ minLength: 1, maxLength: 4000, description: 'Never shown again.' })
  @IsString()
  @Length(1, 4000)
  value!: string;
}

export class SecretDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;
  @ApiProperty({ example: 'CRM_TOKEN' })
  name!: string;
  @ApiProperty({ format: 'date-time' })
  updatedAt!: string;
}

export class SecretListDto extends ListFrame {
  @ApiProperty({ type: [SecretDto] })
  items!: SecretDto[];
}
