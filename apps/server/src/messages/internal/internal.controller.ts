import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { InternalConversationSummary } from '@switchboard/contracts';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { IdParameter } from '../../rest';
import { InternalConversationViewDto } from '../dto/views.dto';
import { AddParticipantsDto, CreateInternalConversationDto, InternalMessageDto, PostedMessageDto } from './dto';
import { InternalConversations } from './internal-conversations.service';
import { InternalMessages } from './internal-messages.service';

@ApiTags('internal conversations')
@Authenticated()
@RequireRole('agent')
@Controller('v1/conversations')
export class InternalController {
  constructor(
    private readonly conversations: InternalConversations,
    private readonly messages: InternalMessages,
  ) {}

  @Post()
  @ApiOperation({
    summary: 'Begin an internal conversation',
    description: 'Of two users there is one direct conversation: where it exists it is given back.',
  })
  @ApiCreatedResponse({ type: InternalConversationViewDto })
  create(
    @CurrentSession() session: Session,
    @Body() body: CreateInternalConversationDto,
  ): Promise<InternalConversationSummary> {
    return body.kind === 'direct'
      ? this.conversations.direct(session, body.userId!)
      : this.conversations.group(session, body.title!, body.userIds!);
  }

  @Post(':id/internal-messages')
  @ApiOperation({ summary: 'Write in an internal conversation' })
  @ApiCreatedResponse({ type: PostedMessageDto })
  post(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { text, clientId }: InternalMessageDto,
  ): Promise<PostedMessageDto> {
    return this.messages.post(session, id, text, clientId);
  }

  @Post(':id/participants')
  @HttpCode(200)
  @ApiOperation({ summary: 'Add users to a group; they see what was written before' })
  @ApiOkResponse({ type: InternalConversationViewDto })
  add(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Body() { userIds }: AddParticipantsDto,
  ): Promise<InternalConversationSummary> {
    return this.conversations.add(session, id, userIds);
  }

  @Delete(':id/participants/:userId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Leave a group, or take somebody out of one that you began' })
  @ApiNoContentResponse()
  remove(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Param('userId', IdParameter) userId: string,
  ): Promise<void> {
    return this.conversations.remove(session, id, userId);
  }
}
