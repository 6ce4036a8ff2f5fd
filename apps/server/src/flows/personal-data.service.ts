import { Injectable, type OnModuleInit } from '@nestjs/common';
import { EventRecorder } from '@switchboard/events';
import { Clock } from '../clock';
import { type DataSubject, PersonalDataSources } from '../contacts';
import { PersonalExecutionsRepository } from './personal-executions.repository';
import { Endings } from './running/endings.service';

/** What flows keep of a person: which they went through, and what was asked, answered and done. The counts stay. */
@Injectable()
export class FlowData implements OnModuleInit {
  constructor(
    private readonly repository: PersonalExecutionsRepository,
    private readonly endings: Endings,
    private readonly recorder: EventRecorder,
    private readonly sources: PersonalDataSources,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.sources.register({
      name: 'flows',
      read: (subject) => this.read(subject),
      begin: (subject) => this.end(subject),
      erase: (subject) => this.repository.erase(subject),
    });
  }

  private async *read(subject: DataSubject): AsyncIterable<unknown> {
    yield* await this.repository.read(subject);
  }

  private async end(subject: DataSubject): Promise<void> {
    const live = await this.repository.live(subject);
    await this.recorder.record(await this.endings.cancel(subject.workspaceId, live, 'erased', this.clock.now()));
  }
}
