import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Sweeper } from '@switchboard/queue';
import { ChannelConnection } from './channel-connection.service';
import { ChannelHealth } from './channel-health.service';
import { ChannelsRepository } from './channels.repository';
import { CredentialsRepository } from './credentials.repository';
import { TokenLife } from './token-life.service';

/** Channels looked after in one round. */
const most = 10;
/** Until a round that ended in an error is tried again. */
const detailsLeaseMs = 15 * 60_000;
const renewalLeaseMs = 60 * 60_000;

/** Keeps channels connected: ends what was begun, renews tokens, reads limits and quality. */
@Injectable()
export class ChannelUpkeep implements OnModuleInit {
  private readonly logger = new Logger(ChannelUpkeep.name);

  constructor(
    private readonly channels: ChannelsRepository,
    private readonly credentials: CredentialsRepository,
    private readonly connection: ChannelConnection,
    private readonly health: ChannelHealth,
    private readonly tokens: TokenLife,
    private readonly sweeper: Sweeper,
  ) {}

  onModuleInit(): void {
    this.sweeper.register({ name: 'channels-connecting', everyMs: 2000, run: () => this.connectAgain() });
    this.sweeper.register({ name: 'channels-details', everyMs: 5000, run: () => this.readDetails() });
    this.sweeper.register({ name: 'channels-tokens', everyMs: 5000, run: () => this.renewTokens() });
  }

  private async connectAgain(): Promise<number> {
    const due = await this.channels.takeConnecting(most);
    await this.each(due, 'could not be connected', (id) => this.connection.establish(id));
    return due.length;
  }

  private async readDetails(): Promise<number> {
    const due = await this.channels.takeDetailsDue(most, detailsLeaseMs);
    await this.each(due, 'could not be read', (id) => this.health.read(id));
    return 0;
  }

  private async renewTokens(): Promise<number> {
    const due = await this.credentials.takeRenewals(most, renewalLeaseMs);
    await this.each(due, 'has a token that could not be renewed', (id) => this.tokens.renew(id));
    return 0;
  }

  private async each(ids: readonly string[], failed: string, work: (id: string) => Promise<void>): Promise<void> {
    await Promise.all(
      ids.map((id) =>
        work(id).catch((error: Error) =>
          this.logger.warn(`Channel ${id} ${failed} (${error.message}); it is tried again later.`),
        ),
      ),
    );
  }
}
