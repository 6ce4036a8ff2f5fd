import { Controller, ForbiddenException, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter, Listing, noSuch } from '../rest';
import { WebhookDeliveryDto, WebhookDeliveryListDto, WebhookDeliveryQuery } from './dto/webhook-delivery.dto';
import { Intake } from './intake/intake.service';
import { type ItemRow, ItemsRepository } from './intake/items.repository';

@ApiTags('webhooks')
@ApiBearerAuth()
@RequireRole('viewer')
@Controller('v1/webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(
    private readonly items: ItemsRepository,
    private readonly intake: Intake,
    private readonly listing: Listing,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'What Meta sent, item by item',
    description:
      "Items of the workspace's own channels. A raw body can hold several tenants' items: it, and items nobody owns, are the operator's alone.",
  })
  @ApiOkResponse({ type: WebhookDeliveryListDto })
  list(@CurrentSession() session: Session, @Query() query: WebhookDeliveryQuery): Promise<WebhookDeliveryListDto> {
    if (query.scope === 'operator' && !session.isOperator) {
      throw new ForbiddenException({
        code: 'forbidden',
        message: 'scope: only the operator of the instance sees items that no workspace owns.',
      });
    }
    const workspaceId = query.scope === 'operator' ? null : session.workspaceId;
    const { state, channelId, field, before } = query;
    const load = (limit: number) =>
      this.items.list({ workspaceId, state, channelId, channelIds: session.channelIds, field, before, limit });
    return this.listing.page(session.workspaceId, query.limit, load, view, (row) => row.id);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One item' })
  @ApiOkResponse({ type: WebhookDeliveryDto })
  async one(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<WebhookDeliveryDto> {
    return view(await this.seen(session, id));
  }

  @Post(':id/replay')
  @HttpCode(200)
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Take an item in again',
    description:
      'For one that is quarantined or unowned; one that is processed stays as it is, since its effects happen once.',
  })
  @ApiOkResponse({ type: WebhookDeliveryDto })
  async replay(@CurrentSession() session: Session, @Param('id', IdParameter) id: string): Promise<WebhookDeliveryDto> {
    const item = await this.seen(session, id);
    if (item.state !== 'processed') await this.intake.takeIn([item.id]);
    const after = await this.items.find(id);
    return view(after ?? item);
  }

  private async seen(session: Session, id: string): Promise<ItemRow> {
    const item = await this.items.find(id);
    const mine =
      item && (item.workspaceId === session.workspaceId || (item.workspaceId === null && session.isOperator));
    if (!mine) throw noSuch('item');
    return item;
  }
}

function view(row: ItemRow): WebhookDeliveryDto {
  const { id, deliveryId, path, platform, accountId, channelId, field, kind, state, reason, receivedAt, raw } = row;
  return {
    id,
    deliveryId,
    path,
    platform,
    accountId,
    channelId,
    field,
    kind,
    state,
    reason,
    receivedAt: receivedAt.toISOString(),
    raw: JSON.parse(raw),
  };
}
