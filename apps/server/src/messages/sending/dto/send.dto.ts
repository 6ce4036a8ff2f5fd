import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { contentSchema } from '@switchboard/meta';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  ValidateNested,
} from 'class-validator';

type ApiSchema = Record<string, never>;

/** What every message that is to be sent has. */
class SendOptionsDto {
  @ApiProperty({
    description:
      'What is sent: an object by `type`. Which kinds each platform takes, and their limits, is in docs/sending.md.',
    example: { type: 'text', text: 'Hello!' },
    anyOf: (['whatsapp', 'messenger', 'instagram'] as const).map((one) => contentSchema(one) as unknown as ApiSchema),
  })
  @IsObject()
  content!: Record<string, unknown>;

  @ApiPropertyOptional({ format: 'uuid', description: 'The message of this conversation that is answered.' })
  @IsOptional()
  @IsUUID()
  replyToMessageId?: string;

  @ApiPropertyOptional({ description: "The sender's own id of it, told back in every event.", maxLength: 200 })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  // PostgreSQL takes neither NUL nor half a character.
  @Matches(/^[^\p{Cc}\p{Cs}]*$/u, { message: 'clientId must not hold control characters or halves of characters' })
  clientId?: string;

  @ApiPropertyOptional({
    description:
      'Messenger and Instagram: from 24 hours to 7 days after the customer’s last message, with the HUMAN_AGENT tag. The app needs Meta’s leave for it.',
  })
  @IsOptional()
  @IsBoolean()
  humanAgent?: boolean;

  @ApiPropertyOptional({
    enum: ['refuse', 'hold'],
    default: 'refuse',
    description: 'While the channel cannot send: refuse the message, or hold it until the channel is connected again.',
  })
  @IsOptional()
  @IsIn(['refuse', 'hold'])
  whenDisconnected?: 'refuse' | 'hold';
}

export class SendInConversationDto extends SendOptionsDto {}

/** How a message is addressed, in exactly one of these ways. */
const addresses = {
  contactId: { type: 'string', format: 'uuid', description: 'A contact of this workspace.' },
  phone: {
    type: 'string',
    description: 'WhatsApp: a phone number, digits with country code.',
    example: '34600111222',
  },
  userId: {
    type: 'string',
    description: 'A WhatsApp user id, or the page-scoped or Instagram-scoped id of a customer.',
  },
};

/** One of them. */
export class SendToDto {
  @IsOptional()
  @IsUUID()
  contactId?: string;

  @IsOptional()
  @Matches(/^\+?[0-9][0-9 ()-]{5,24}$/, {
    message: 'phone must be a phone number with its country code, e.g. 34600111222',
  })
  phone?: string;

  @IsOptional()
  @Matches(/^[0-9A-Za-z._-]{1,128}$/, { message: 'userId must be an id as Meta writes it' })
  userId?: string;
}

export class SendMessageDto extends SendOptionsDto {
  @ApiProperty({ format: 'uuid' })
  @IsUUID()
  channelId!: string;

  @ApiProperty({
    oneOf: Object.entries(addresses).map(([name, address]) => ({
      type: 'object',
      required: [name],
      properties: { [name]: address },
      additionalProperties: false,
    })),
    description: 'A contact or an address, in one way.',
  })
  @IsObject()
  @ValidateNested()
  @Type(() => SendToDto)
  to!: SendToDto;
}
