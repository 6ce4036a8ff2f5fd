import { Injectable, Logger } from '@nestjs/common';
import { Database } from '@switchboard/database';
import { GraphClient, GraphError, type GraphTarget, readFreshToken, readTokenEnd } from '@switchboard/meta';
import { SecretBox } from '../secrets';
import { ChannelAccess, type ChannelAccount } from './channel-access.service';
import { ChannelAlerts } from './channel-alerts.service';
import { ChannelGraph } from './channel-graph.service';
import { CredentialsRepository } from './credentials.repository';

const hour = 3_600_000;
const day = 24 * hour;
/** Meta does not renew a token younger than a day; a long-lived one lives 60 days. */
const firstRenewalMs = 25 * hour;
const renewEveryMs = 30 * day;
const nearEndMs = 10 * day;
/** Before a token ends that cannot be renewed here. */
const warnedMs = 7 * day;
const timeoutMs = 10_000;

/** How long tokens live, and their renewal where Meta has one: an Instagram Login token renews itself. */
@Injectable()
export class TokenLife {
  private readonly logger = new Logger(TokenLife.name);

  constructor(
    private readonly graph: GraphClient,
    private readonly channelGraph: ChannelGraph,
    private readonly access: ChannelAccess,
    private readonly repository: CredentialsRepository,
    private readonly box: SecretBox,
    private readonly database: Database,
    private readonly alerts: ChannelAlerts,
  ) {}

  /**
   * A long-lived token for an Instagram Login token that ends within the hour. Meta refuses one that is long-lived already, with no
   * code of its own for that: whatever it answers otherwise, the token that was given is the one to go on with.
   * @param secrets which of them is the Instagram app's is not known
   */
  async lasting(target: GraphTarget, secrets: readonly string[]): Promise<string> {
    const { token } = target;
    let refusal = 'the app has no secret';
    // The Instagram app's own comes last where it is another than the app's.
    for (const secret of secrets.toReversed()) {
      const query = { grant_type: 'ig_exchange_token', client_secret: secret, access_token: token };
      try {
        const { body } = await this.graph.call(target, { method: 'GET', path: 'access_token', query, timeoutMs });
        const fresh = readFreshToken(body);
        if (fresh) return fresh.token;
      } catch (error) {
        if (!(error instanceof GraphError)) throw error;
        refusal = error.message;
      }
    }
    this.logger.log(`An Instagram token is kept as it was given; it was exchanged for none: ${refusal}`);
    return token;
  }

  /** Learns when a new token ends, as far as Meta tells; what it does not tell keeps nobody from using it. */
  async learn(account: ChannelAccount): Promise<void> {
    const { id, login, credentialsAt, target } = account;
    if (!target || !credentialsAt) return;
    const end = await this.endOf(account);
    const renewAt = login === 'instagram' ? renewalOf(end) : end ? new Date(end - warnedMs) : null;
    await this.repository.renew(id, credentialsAt, {
      tokenExpiresAt: typeof end === 'number' ? new Date(end) : null,
      tokenRenewAt: renewAt,
    });
  }

  /** Renews a token, or tells that it ends soon where there is no renewal. @throws GraphError */
  async renew(channelId: string): Promise<void> {
    const account = await this.access.currentAccount(channelId);
    if (!account?.target || !account.credentialsAt) return;
    if (account.login === 'facebook') {
      await this.tellEnd(account);
      return;
    }
    const { body } = await this.channelGraph.call(account, {
      method: 'GET',
      path: 'refresh_access_token',
      query: { grant_type: 'ig_refresh_token', access_token: account.target.token },
      timeoutMs,
    });
    const fresh = readFreshToken(body);
    if (!fresh) throw new Error('the answer to the renewal holds no token');
    const end = Date.now() + (fresh.livesMs ?? 60 * day);
    const renewed = await this.repository.renew(channelId, account.credentialsAt, {
      token: this.box.seal(fresh.token),
      tokenExpiresAt: new Date(end),
      tokenRenewAt: renewalOf(end),
    });
    this.access.forget(channelId);
    if (renewed) this.logger.log(`The token of channel ${channelId} was renewed until ${new Date(end).toISOString()}.`);
  }

  private async tellEnd(account: ChannelAccount): Promise<void> {
    const { id, credentialsAt, tokenExpiresAt } = account;
    if (!tokenExpiresAt) return;
    const times = { tokenExpiresAt, tokenRenewAt: null };
    await this.database.transaction(async () => {
      if (!(await this.repository.renew(id, credentialsAt!, times))) return;
      const at = tokenExpiresAt.toISOString();
      const detail = `The token ends on ${at}. Give the channel a new one before (PUT /v1/channels/${id}/credentials).`;
      await this.alerts.tell(account, { kind: 'token_expiring', severity: 'warning', detail, at });
    });
  }

  private async endOf({ login, target, appId }: ChannelAccount): Promise<number | null | undefined> {
    const { token, appSecret } = target!;
    // Asked with the app's own token where its secret is known to be the right one.
    const asking = login === 'facebook' && appSecret ? { ...target!, token: `${appId}|${appSecret}` } : target!;
    try {
      const { body } = await this.graph.call(
        { ...asking, appSecret: undefined },
        { method: 'GET', path: 'debug_token', query: { input_token: token }, timeoutMs },
      );
      return readTokenEnd(body);
    } catch (error) {
      if (error instanceof GraphError) return undefined;
      throw error;
    }
  }
}

/** Halfway through its life; at once where it is near its end, and so older than the day before which Meta renews nothing. */
function renewalOf(end: number | null | undefined): Date | null {
  if (end === null) return null;
  const now = Date.now();
  if (end === undefined) return new Date(now + firstRenewalMs);
  if (end - now < nearEndMs) return new Date(now);
  return new Date(Math.min(now + renewEveryMs, Math.max(now + firstRenewalMs, end - nearEndMs)));
}
