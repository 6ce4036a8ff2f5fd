import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { MessagesModule } from '../messages';
import { AudienceRepository } from './audience.repository';
import { Audiences } from './audiences.service';
import { CampaignContents } from './campaign-contents.service';
import { CampaignLifeController } from './campaign-life.controller';
import { CampaignLife } from './campaign-life.service';
import { CampaignReportsController } from './campaign-reports.controller';
import { CampaignsController } from './campaigns.controller';
import { CampaignsGateway } from './campaigns.gateway';
import { CampaignsRepository } from './campaigns.repository';
import { Campaigns } from './campaigns.service';
import { ConversionsController } from './conversions/conversions.controller';
import { ConversionsRepository } from './conversions/conversions.repository';
import { Conversions } from './conversions/conversions.service';
import { CampaignPricesController } from './costs/prices.controller';
import { PricesRepository } from './costs/prices.repository';
import { CampaignData } from './personal-data.service';
import { CampaignPreview } from './preview.service';
import { CampaignProgress } from './progress/campaign-progress.service';
import { CampaignWatch } from './progress/campaign-watch.service';
import { ProgressRepository } from './progress/progress.repository';
import { RecipientsRepository } from './recipients.repository';
import { ReportsRepository } from './reports.repository';
import { CampaignFeeder } from './sending/campaign-feeder.service';
import { CampaignSendsProcessor } from './sending/campaign-sends.processor';
import { CampaignUpkeep } from './sending/campaign-upkeep.service';
import { FeedRepository } from './sending/feed.repository';
import { TierLimitsRepository } from './sending/tier-limits.repository';
import { TierLimits } from './sending/tier-limits.service';
import { TestSends } from './test-sends.service';
import { TrialsRepository } from './trial/trials.repository';
import { Trials } from './trial/trials.service';

/** One message to many: whom, what, when, and what became of it. */
@Module({
  imports: [ChannelsModule, ContactsModule, MessagesModule],
  controllers: [
    CampaignsController,
    CampaignLifeController,
    CampaignPricesController,
    CampaignReportsController,
    ConversionsController,
  ],
  providers: [
    AudienceRepository,
    Audiences,
    CampaignContents,
    CampaignData,
    CampaignFeeder,
    CampaignLife,
    CampaignPreview,
    CampaignProgress,
    Campaigns,
    CampaignSendsProcessor,
    CampaignsGateway,
    CampaignsRepository,
    CampaignUpkeep,
    CampaignWatch,
    Conversions,
    ConversionsRepository,
    FeedRepository,
    PricesRepository,
    TestSends,
    TierLimits,
    TierLimitsRepository,
    ProgressRepository,
    RecipientsRepository,
    ReportsRepository,
    Trials,
    TrialsRepository,
  ],
})
export class CampaignsModule {}
