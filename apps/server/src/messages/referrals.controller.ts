import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { ReferralView } from '@switchboard/contracts';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, ListFrame, Listing, noSuch, PageQuery } from '../rest';
import { ConversationsRepository } from './conversations.repository';
import { type ReferralRow, ReferralsRepository } from './intake/referrals.repository';

class ReferralDto {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  @ApiProperty({ format: 'uuid' })
  contactId!: string;

  @ApiProperty({ type: String, nullable: true, description: "Meta's id of the message that carried it." })
  platformMessageId!: string | null;

  @ApiProperty({
    type: Object,
    description: '`source`, `type`, `ref`, `adId`, `clickId`, `url`, `headline` …: what Meta told.',
  })
  referral!: ReferralView;

  @ApiProperty({ format: 'date-time' })
  at!: string;
}

class ReferralListDto extends ListFrame {
  @ApiProperty({ type: [ReferralDto] })
  items!: ReferralDto[];
}

@ApiTags('conversations')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/conversations/:id/referrals')
export class ReferralsController {
  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly referrals: ReferralsRepository,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The advertisements and links that brought the customer of a conversation, newest first' })
  @ApiOkResponse({ type: ReferralListDto })
  async list(
    @CurrentSession() session: Session,
    @Param('id', IdParameter) id: string,
    @Query() query: PageQuery,
  ): Promise<ReferralListDto> {
    const conversation = await this.conversations.find(session.workspaceId, id);
    if (!conversation) throw noSuch('conversation');
    const load = (limit: number) => this.referrals.list(session.workspaceId, conversation, query.before, limit);
    return this.listing.page(session.workspaceId, query.limit, load, viewOf, ({ id }) => id);
  }
}

const viewOf = ({ id, contactId, platformMessageId, referral, at }: ReferralRow): ReferralDto => ({
  id,
  contactId,
  platformMessageId,
  referral,
  at: at.toISOString(),
});
