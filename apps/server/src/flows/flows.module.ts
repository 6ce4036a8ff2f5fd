import { Module } from '@nestjs/common';
import { ChannelsModule } from '../channels';
import { ContactsModule } from '../contacts';
import { MessagesModule } from '../messages';
import { SecretsModule } from '../secrets';
import { FlowChecks } from './checks/flow-checks.service';
import { KnownRepository } from './checks/known.repository';
import { ExecutionViewsRepository } from './execution-views.repository';
import { FlowExecutionsController } from './flow-executions.controller';
import { FlowExecutions } from './flow-executions.service';
import { FlowLifeController } from './flow-life.controller';
import { FlowsController } from './flows.controller';
import { FlowsGateway } from './flows.gateway';
import { FlowsProcessor } from './flows.processor';
import { FlowsRepository } from './flows.repository';
import { Flows } from './flows.service';
import { FlowFollower } from './following/flow-follower.service';
import { FlowTriggers } from './following/flow-triggers.service';
import { FollowerRepository } from './following/follower.repository';
import { FlowData } from './personal-data.service';
import { PersonalExecutionsRepository } from './personal-executions.repository';
import { BudgetsRepository } from './running/budgets.repository';
import { Effects } from './running/effects.service';
import { Endings } from './running/endings.service';
import { ExecutionsRepository } from './running/executions.repository';
import { FlowUpkeep } from './running/flow-upkeep.service';
import { HoldsRepository } from './running/holds.repository';
import { HttpCalls } from './running/http-calls.service';
import { OutsideCalls } from './running/outside-calls.service';
import { FlowRunner } from './running/runner.service';
import { ScopesRepository } from './running/scopes.repository';
import { Scopes } from './running/scopes.service';
import { Starts } from './running/starts.service';
import { StepsRepository } from './running/steps.repository';
import { FlowVersions } from './running/versions.service';
import { FlowSchedules } from './schedule/flow-schedules.service';
import { SchedulesRepository } from './schedule/schedules.repository';
import { FlowSecretsController } from './secrets/flow-secrets.controller';
import { FlowSecretsRepository } from './secrets/flow-secrets.repository';
import { FlowSecrets } from './secrets/flow-secrets.service';

/** What answers by itself: flows as they are made, what starts them, and how they are run. The language is libs/flows. */
@Module({
  imports: [ChannelsModule, ContactsModule, MessagesModule, SecretsModule],
  controllers: [FlowsController, FlowLifeController, FlowExecutionsController, FlowSecretsController],
  providers: [
    BudgetsRepository,
    Effects,
    Endings,
    ExecutionsRepository,
    ExecutionViewsRepository,
    FlowChecks,
    FlowData,
    FlowExecutions,
    FlowFollower,
    FlowRunner,
    Flows,
    FlowSchedules,
    FlowSecrets,
    FlowSecretsRepository,
    FlowsGateway,
    FlowsProcessor,
    FlowsRepository,
    FlowTriggers,
    FlowUpkeep,
    FlowVersions,
    FollowerRepository,
    HoldsRepository,
    HttpCalls,
    KnownRepository,
    OutsideCalls,
    PersonalExecutionsRepository,
    SchedulesRepository,
    Scopes,
    ScopesRepository,
    Starts,
    StepsRepository,
  ],
})
export class FlowsModule {}
