import { Body, Controller, Delete, Get, HttpCode, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../../identity';
import { invalidField } from '../../rest';
import { PricesDto, SetPricesDto } from '../dto/prices.dto';
import { PricesRepository } from './prices.repository';

@ApiTags('campaigns')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/campaign-prices')
export class CampaignPricesController {
  constructor(private readonly repository: PricesRepository) {}

  @Get()
  @ApiOperation({
    summary: 'What the workspace says Meta’s messages cost',
    description: 'Meta’s own prices are in no API. Previews and reports of campaigns reckon with these.',
  })
  @ApiOkResponse({ type: PricesDto })
  async prices(@CurrentSession() { workspaceId }: Session): Promise<PricesDto> {
    const { currency = null, prices = [], updatedAt } = (await this.repository.find(workspaceId)) ?? {};
    return { currency, prices, updatedAt: updatedAt?.toISOString() ?? null };
  }

  @Put()
  @RequireRole('admin')
  @ApiOperation({ summary: 'Set the price list', description: 'In place of the one before.' })
  @ApiOkResponse({ type: PricesDto })
  async set(@CurrentSession() session: Session, @Body() { currency, prices }: SetPricesDto): Promise<PricesDto> {
    const keys = prices.map(({ category, callingCode }) => `${category} ${callingCode ?? ''}`);
    const twice = keys.findIndex((key, at) => keys.indexOf(key) < at);
    if (twice >= 0)
      throw invalidField(`prices[${twice}]`, 'is of a category and calling code that has a price already');
    const plain = prices.map(({ category, callingCode, price }) => ({ category, callingCode, price }));
    await this.repository.save(session.workspaceId, { currency, prices: plain });
    return this.prices(session);
  }

  @Delete()
  @HttpCode(204)
  @RequireRole('admin')
  @ApiOperation({ summary: 'Forget the price list' })
  @ApiNoContentResponse()
  remove(@CurrentSession() { workspaceId }: Session): Promise<void> {
    return this.repository.remove(workspaceId);
  }
}
