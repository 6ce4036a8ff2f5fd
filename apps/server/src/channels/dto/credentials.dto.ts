import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUrl, Length, Matches } from 'class-validator';

export class ChannelCredentialsDto {
  @ApiProperty({
    writeOnly: true,
    description:
      'WhatsApp: a system user token; Messenger and Instagram with Facebook Login: the page token; Instagram Login: the Instagram user token. Encrypted at rest and never told again.',
    minLength: 8,
    maxLength: 2000,
    example: 'EAAG-token-of-the-account',
  })
  @IsString()
  @Length(8, 2000)
  @Matches(/^[\x21-\x7e]+$/, { message: 'token must be a token as Meta gave it, without spaces' })
  token!: string;

  @ApiPropertyOptional({
    enum: ['facebook', 'instagram'],
    default: 'facebook',
    description: 'Instagram only: through which login.',
  })
  @IsOptional()
  @IsIn(['facebook', 'instagram'])
  login?: 'facebook' | 'instagram';

  @ApiPropertyOptional({
    description: "Where the Graph API is, if not at Meta's; must be one of GRAPH_HOSTS.",
    example: 'https://graph.facebook.com',
  })
  @IsOptional()
  @IsUrl(
    { require_tld: false, require_protocol: true, protocols: ['http', 'https'] },
    { message: 'graphHost must be an http or https URL' },
  )
  graphHost?: string;

  @ApiPropertyOptional({ description: "Version of the Graph API; the instance's if left out.", example: 'v26.0' })
  @IsOptional()
  @Matches(/^v\d{1,3}\.\d{1,2}$/, { message: 'graphVersion must look like v26.0' })
  graphVersion?: string;
}
