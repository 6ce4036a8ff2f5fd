import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type LabelView, rooms } from '@switchboard/contracts';
import { Database, newId } from '@switchboard/database';
import { EventRecorder, type NewEvent } from '@switchboard/events';
import { Sweeper } from '@switchboard/queue';
import { noSuch } from '../../rest';
import { invalid, taken } from './errors';
import { LabelsRepository } from './labels.repository';

const mostLabels = 500;
const sweepEveryMs = 1000;
/** Few enough that an intake batch does not wait for them noticeably. */
const strippedAtOnce = 500;
const uniqueViolation = '23505';

/** The workspace's own labels. */
@Injectable()
export class Labels implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly repository: LabelsRepository,
    private readonly recorder: EventRecorder,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'deleted-labels', everyMs: sweepEveryMs, run: () => this.takeOff() });
  }

  list(workspaceId: string, before: string | undefined, limit: number): Promise<LabelView[]> {
    return this.repository.list(workspaceId, before, limit);
  }

  create(workspaceId: string, given: { name: string; color: string }): Promise<LabelView> {
    return this.database.transaction(async () => {
      if ((await this.repository.count(workspaceId)) >= mostLabels) {
        throw invalid('name', `a workspace has at most ${mostLabels} labels; delete one first.`);
      }
      const label = await this.repository.create(workspaceId, { id: newId(), ...given });
      if (!label) throw nameTaken();
      await this.tell(workspaceId, { type: 'label.created', data: { label } });
      return label;
    });
  }

  async update(workspaceId: string, id: string, change: { name?: string; color?: string }): Promise<LabelView> {
    try {
      return await this.database.transaction(async () => {
        const label = await this.repository.update(workspaceId, id, change);
        if (!label) throw noSuch('label');
        await this.tell(workspaceId, { type: 'label.updated', data: { label } });
        return label;
      });
    } catch (error) {
      if ((error as { code?: string }).code === uniqueViolation) throw nameTaken();
      throw error;
    }
  }

  async delete(workspaceId: string, id: string): Promise<void> {
    await this.database.transaction(async () => {
      if (!(await this.repository.delete(workspaceId, id))) throw noSuch('label');
      await this.tell(workspaceId, { type: 'label.deleted', data: { labelId: id.toLowerCase() } });
    });
  }

  /** Takes deleted labels off the conversations that wear them. */
  private async takeOff(): Promise<number> {
    if (!(await this.repository.anyDeleted())) return 0;
    for (let stripped = 0; ; ) {
      const more = await this.repository.strip(strippedAtOnce);
      stripped += more;
      if (more > 0) continue;
      await this.repository.forget();
      return stripped;
    }
  }

  private tell(
    workspaceId: string,
    event: Pick<Extract<NewEvent, { type: `label.${string}` }>, 'type' | 'data'>,
  ): Promise<void> {
    return this.recorder.record([{ ...event, workspaceId, audience: [rooms.workspace(workspaceId)] } as NewEvent]);
  }
}

const nameTaken = () => taken('name', 'another label of this workspace has this name.');
