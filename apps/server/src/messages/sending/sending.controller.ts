import {
  BadRequestException,
  Body,
  Controller,
  Headers,
  HttpCode,
  Param,
  Post,
  Put,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiBadGatewayResponse,
  ApiBadRequestResponse,
  ApiBearerAuth,
  ApiConflictResponse,
  ApiCreatedResponse,
  ApiHeader,
  ApiNoContentResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiTooManyRequestsResponse,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { MessageView } from '@switchboard/contracts';
import type { FastifyReply } from 'fastify';
import { CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter, RetryAfterHeader } from '../../rest';
import { MessageViewDto } from '../dto/views.dto';
import { CommentAnswerDto, CommentAnsweredDto, ReactionDto } from './dto/reaction.dto';
import { SendInConversationDto, SendMessageDto, type SendToDto } from './dto/send.dto';
import { Reactions } from './reactions.service';
import { type Sender, SendMessages, type SendTo } from './send-messages.service';

const RateUsedUp = () =>
  ApiTooManyRequestsResponse({ description: 'Meta would take no more now; `Retry-After` says when to try again.' });

const keyForm = /^[\x21-\x7e]{1,255}$/;

@ApiTags('messages')
@ApiBearerAuth()
@RequireRole('agent')
@ApiBadRequestResponse({
  description: '`invalid`: the content breaks a limit of the platform; `details` names each field.',
})
@ApiNotFoundResponse({ description: 'No such conversation, channel or contact in this workspace.' })
@ApiConflictResponse({ description: '`channel_disconnected`' })
@ApiUnprocessableEntityResponse({
  description:
    '`window_closed`, `never_wrote` and their kin: `details` says what would be allowed. `idempotency_key_reused`.',
})
@UseInterceptors(RetryAfterHeader)
@Controller('v1')
export class SendingController {
  constructor(
    private readonly messages: SendMessages,
    private readonly reactions: Reactions,
  ) {}

  @Post('conversations/:id/messages')
  @ApiOperation({ summary: 'Send a message in a conversation' })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same key again sends nothing and answers with the first message; held 7 days.',
  })
  @ApiCreatedResponse({ type: MessageViewDto, description: 'The message, `queued`; its events tell the rest.' })
  @ApiOkResponse({ type: MessageViewDto, description: 'The message that was taken before under this key.' })
  async sendInConversation(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) conversationId: string,
    @Body() body: SendInConversationDto,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    return this.answer(session, { conversationId }, body, key, reply);
  }

  @Post('messages')
  @ApiOperation({ summary: 'Send a message to a contact or an address' })
  @ApiHeader({ name: 'Idempotency-Key', required: false, description: 'As with a message in a conversation.' })
  @ApiCreatedResponse({ type: MessageViewDto, description: 'The message, `queued`.' })
  @ApiOkResponse({ type: MessageViewDto, description: 'The message that was taken before under this key.' })
  async send(
    @CurrentSession() session: Session,
    @Body() body: SendMessageDto,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MessageView> {
    const { channelId, to, ...options } = body;
    return this.answer(session, addressed(channelId, to), options, key, reply);
  }

  @Post('messages/:id/retry')
  @HttpCode(201)
  @ApiOperation({
    summary: 'Send a failed message, or one whose outcome is unknown, again',
    description: 'As a new message. One that is unknown may have reached the customer: look before you send it twice.',
  })
  @ApiCreatedResponse({ type: MessageViewDto, description: 'The new message, `queued`.' })
  retry(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<MessageView> {
    return this.messages.retry(senderOf(session), id);
  }

  @Put('messages/:id/reaction')
  @HttpCode(204)
  @ApiOperation({
    summary: 'React to a message, or take the reaction back',
    description: 'May be repeated without harm.',
  })
  @ApiNoContentResponse()
  @ApiBadGatewayResponse({ description: '`refused_by_meta`, `outcome_unknown`' })
  @RateUsedUp()
  async react(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() { emoji }: ReactionDto,
  ): Promise<void> {
    await this.reactions.react(workspaceId, id, emoji);
  }

  @Post('channels/:id/comment-answers')
  @ApiOperation({ summary: 'Answer a comment, beneath it or its author alone' })
  @ApiCreatedResponse({ type: CommentAnsweredDto })
  @ApiBadGatewayResponse({ description: '`refused_by_meta`, `outcome_unknown`' })
  @RateUsedUp()
  async answerComment(
    @CurrentSession() { workspaceId }: Session,
    @Param('id', IdParameter) id: string,
    @Body() { commentId, text, privately = false }: CommentAnswerDto,
  ): Promise<CommentAnsweredDto> {
    return { id: await this.reactions.answerComment(workspaceId, id, commentId, { text, privately }) };
  }

  private async answer(
    session: Session,
    to: SendTo,
    options: SendInConversationDto,
    key: string | undefined,
    reply: FastifyReply,
  ): Promise<MessageView> {
    if (key !== undefined && !keyForm.test(key)) {
      throw new BadRequestException({
        code: 'invalid',
        message: 'Idempotency-Key: 1 to 255 visible ASCII characters, a new one for each message.',
      });
    }
    const { message, repeated } = await this.messages.send(senderOf(session), { to, idempotencyKey: key, ...options });
    void reply.status(repeated ? 200 : 201);
    return message;
  }
}

/** What an API key sends is by a person too, as far as order and windows go: what is behind it is not known here. */
function senderOf({ workspaceId, userId, apiKeyId }: Session): Sender {
  const author =
    apiKeyId === undefined ? { kind: 'user' as const, id: userId } : { kind: 'api_key' as const, id: apiKeyId };
  return { workspaceId, author, actorId: userId, priority: 0 };
}

function addressed(channelId: string, { contactId, phone, userId }: SendToDto): SendTo {
  const given = [contactId, phone, userId].filter((one) => one !== undefined);
  if (given.length !== 1) {
    throw new BadRequestException({ code: 'invalid', message: 'to: name exactly one of contactId, phone and userId.' });
  }
  if (contactId !== undefined) return { channelId, contactId };
  return { channelId, address: userId === undefined ? { waId: phone!.replaceAll(/\D/g, '') } : { userId } };
}
