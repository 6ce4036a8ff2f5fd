import { Controller, Get, Param, type StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { csvDownload } from '../contacts';
import { Authenticated, CurrentSession, RequireRole, type Session } from '../identity';
import { IdParameter } from '../rest';
import { Campaigns } from './campaigns.service';
import { ConversionsRepository } from './conversions/conversions.repository';
import { PricesRepository } from './costs/prices.repository';
import { costOf } from './costs/pricing';
import { ReportDto } from './dto/report.dto';
import { reportOf } from './report';
import { type ReportRow, ReportsRepository } from './reports.repository';

const rowsOfPage = 1000;
const columns = [
  'contact',
  'name',
  'phone',
  'variant',
  'state',
  'reason',
  'code',
  'message',
  'message id',
  'queued',
  'replied',
  'conversions',
  'value',
];

@ApiTags('campaigns')
@Authenticated()
@RequireRole('viewer')
@Controller('v1/campaigns')
export class CampaignReportsController {
  constructor(
    private readonly campaigns: Campaigns,
    private readonly repository: ReportsRepository,
    private readonly conversions: ConversionsRepository,
    private readonly prices: PricesRepository,
  ) {}

  @Get(':id/report')
  @ApiOperation({
    summary: 'What became of a campaign so far',
    description: 'By variant, too, with the winner where there is one.',
  })
  @ApiOkResponse({ type: ReportDto })
  async report(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<ReportDto> {
    const campaign = await this.campaigns.one(workspaceId, id);
    const prices = await this.prices.find(workspaceId);
    return {
      ...reportOf(campaign.tally ?? {}),
      decision: campaign.decision,
      conversions: await this.conversions.ofCampaign(workspaceId, id),
      cost: prices ? costOf(prices, await this.prices.paid(workspaceId, id)) : null,
    };
  }

  @Get(':id/report.csv')
  @RequireRole('admin')
  @ApiOperation({
    summary: 'Every recipient of a campaign, as CSV',
    description: 'Cells that a spreadsheet would run as a formula begin with a quote.',
  })
  @ApiOkResponse({ description: 'The file.', content: { 'text/csv': { schema: { type: 'string' } } } })
  async csv(@CurrentSession() { workspaceId }: Session, @Param('id', IdParameter) id: string): Promise<StreamableFile> {
    await this.campaigns.one(workspaceId, id);
    return csvDownload('campaign.csv', columns, this.pages(workspaceId, id));
  }

  private async *pages(workspaceId: string, id: string): AsyncIterable<string[][]> {
    for (let after: string | undefined; ; ) {
      const rows = await this.repository.page(workspaceId, id, after, rowsOfPage);
      yield rows.map(cellsOf);
      if (rows.length < rowsOfPage) return;
      after = rows.at(-1)!.contactId;
    }
  }
}

function cellsOf(row: ReportRow): string[] {
  const { contactId, name, phone, variant, state, reason, code, message, messageId, queuedAt, repliedAt } = row;
  const sums = [String(row.conversions), row.value];
  const times = [queuedAt?.toISOString(), repliedAt?.toISOString()];
  return [contactId, name, phone, variant, state, reason, code, message, messageId, ...times, ...sums].map(
    (cell) => cell ?? '',
  );
}
