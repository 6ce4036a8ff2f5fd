import { Injectable } from '@nestjs/common';
import type { AuditAction } from '@switchboard/contracts';
import type { Session } from './session';

/** Who does it, as far as the audit log needs to know. */
export type Doer = Pick<Session, 'userId' | 'workspaceId' | 'apiKeyId'>;

export interface TeamActivity {
  action: AuditAction;
  subject: { kind: string; id: string; name?: string | null };
  /** Never a token or a secret. */
  details?: Record<string, unknown>;
  /** Where it was done; the doer's workspace if left out. */
  workspaceId?: string;
}

type Listener = (doer: Doer, activity: TeamActivity) => Promise<void>;

/** Tells the audit log what was done, in the transaction in which it was. Call it last. */
@Injectable()
export class TeamActivities {
  private listener?: Listener;

  onActivity(listener: Listener): void {
    this.listener = listener;
  }

  async done(doer: Doer, activity: TeamActivity): Promise<void> {
    if (!this.listener) throw new Error('Nobody keeps the audit log: AuditModule is missing from the application.');
    await this.listener(doer, activity);
  }
}
