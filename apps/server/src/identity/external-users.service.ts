import { Injectable, Logger } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { SessionRefused } from '@switchboard/realtime';
import { Arrivals } from './arrivals';
import { type ExternalUser, ExternalUsersRepository } from './external-users.repository';
import type { ExternalIdentity } from './issuer-mapping';
import { revokedToken, type Session } from './session';
import { TeamActivities } from './team-activities';

const uniqueViolation = '23505';

/** Users of other applications: made when their first token comes, never an owner, never somebody who signs in here. */
@Injectable()
export class ExternalUsersService {
  private readonly logger = new Logger(ExternalUsersService.name);

  constructor(
    private readonly users: ExternalUsersRepository,
    private readonly arrivals: Arrivals,
    private readonly activities: TeamActivities,
    private readonly database: Database,
  ) {}

  /** @throws SessionRefused */
  async sessionOf(identity: ExternalIdentity): Promise<Session> {
    const user = (await this.users.known(identity)) ?? (await this.admit(identity));
    return {
      id: identity.sessionId,
      userId: user.id,
      email: user.email,
      workspaceId: identity.workspaceId,
      role: identity.role,
      ...(user.channelIds ? { channelIds: user.channelIds } : {}),
      isOperator: false,
      // An issuer whose clock runs ahead must not give out tokens that outlive a revocation made after they were seen.
      issuedAt: Math.min(identity.issuedAt, user.seenAt.getTime()),
      expiresAt: identity.expiresAt,
    };
  }

  private async admit(identity: ExternalIdentity): Promise<ExternalUser> {
    try {
      return await this.tryAdmit(identity, identity.email);
    } catch (error) {
      // Somebody took the address between the look and the insert.
      if ((error as { code?: string }).code !== uniqueViolation) throw error;
      return this.tryAdmit(identity, null);
    }
  }

  private tryAdmit(identity: ExternalIdentity, email: string | null): Promise<ExternalUser> {
    return this.database.transaction(async () => {
      await this.users.addIfUnknown(identity, newId(), email);
      const user = await this.users.lock(identity);
      if (!user || user.disabled) throw new SessionRefused('forbidden', 'This user has been disabled.');
      const membership = await this.users.join(user.id, identity);
      if (membership === 'removed') {
        throw new SessionRefused('forbidden', 'This user has been removed from the workspace.');
      }
      if (membership === 'no_workspace') {
        this.logger.warn(
          `A token of ${identity.issuer} was refused: workspace ${identity.workspaceId} does not exist. Correct AUTH_ISSUERS.`,
        );
        throw new SessionRefused('forbidden', 'The workspace does not exist.');
      }
      if (membership === 'joined') await this.arrivals.joined(identity.workspaceId, user.id);
      if (!(await this.users.keepSession(user.id, identity))) throw revokedToken();
      if (membership === 'joined') {
        const { workspaceId, role, issuer } = identity;
        const subject = { kind: 'user', id: user.id, name: user.email ?? identity.name };
        await this.activities.done(
          { userId: user.id, workspaceId },
          { action: 'member.added', subject, details: { role, issuer } },
        );
      }
      return { ...user, channelIds: await this.users.channelIdsOf(identity.workspaceId, user.id) };
    });
  }
}
