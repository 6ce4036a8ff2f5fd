import { BadRequestException, ConflictException, Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database } from '@switchboard/database';
import { type AccountDetails, GraphError, type GraphTarget, type Login, type Platform } from '@switchboard/meta';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { SecretBox } from '../secrets';
import { AccountProof } from './account-proof.service';
import { ChannelAccess, type ChannelAccount } from './channel-access.service';
import { ChannelRegistry, type NewChannel } from './channel-registry.service';
import { type ChannelRow, ChannelsRepository } from './channels.repository';
import { CredentialsRepository } from './credentials.repository';
import { graphHostOf, mayCall } from './graph-hosts';
import { MetaApps } from './meta-apps.service';
import { TokenLife } from './token-life.service';
import { WebhookSubscription } from './webhook-subscription.service';

export interface Credentials {
  token: string;
  login?: Login | undefined;
  graphHost?: string | undefined;
  graphVersion?: string | undefined;
}

/** Details are read again after this; see ChannelHealth. */
export const detailsEveryMs = 6 * 3_600_000;

/** Connects channels: a token that the Graph API says is the account's own, the webhook subscription, what Meta tells of the account. */
@Injectable()
export class ChannelConnection {
  private readonly logger = new Logger(ChannelConnection.name);

  constructor(
    private readonly database: Database,
    private readonly registry: ChannelRegistry,
    private readonly channels: ChannelsRepository,
    private readonly credentials: CredentialsRepository,
    private readonly access: ChannelAccess,
    private readonly apps: MetaApps,
    private readonly proof: AccountProof,
    private readonly subscription: WebhookSubscription,
    private readonly tokens: TokenLife,
    private readonly box: SecretBox,
    private readonly audit: AuditLog,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /**
   * Registers an account that a token proves to be the workspace's own, and connects it.
   * @throws BadRequestException `invalid`, `token_refused`; ConflictException; NotFoundException; ServiceUnavailableException
   */
  async register(channel: NewChannel, given: Credentials, by: Session): Promise<string> {
    if (channel.platform === 'whatsapp' && channel.businessAccountId === undefined) {
      throw invalid(
        'businessAccountId',
        'businessAccountId: name the WhatsApp Business Account that the number is in.',
      );
    }
    const { id: metaAppId } = await this.registry.metaAppOf(channel);
    const { details, lasting } = await this.prove({ ...channel, metaAppId }, given);
    const row = await this.registry.register(channel, by, {
      status: 'connecting',
      with: ({ id, workspaceId }) => this.keep(id, workspaceId, lasting, details),
    });
    await this.establish(row.id);
    return row.id;
  }

  /** Gives a channel its token. @throws as `register` */
  async connect(channel: ChannelRow, given: Credentials, by: Session): Promise<void> {
    const { id, workspaceId } = channel;
    if (channel.releasedAt) {
      throw new ConflictException({
        code: 'channel_released',
        message: 'The account of this channel was given up; register it again with POST /v1/channels.',
      });
    }
    const { details, lasting } = await this.prove(channel, given);
    await this.database.transaction(async () => {
      await this.keep(id, workspaceId, lasting, details);
      await this.audit.record(by, { action: 'channel.connected', workspaceId, subject: subjectOf(channel) });
    });
    this.access.forget(id);
    // One that works goes on working while its new token takes over.
    if (channel.status !== 'connected') await this.access.setStatus(id, { status: 'connecting', reason: null });
    await this.establish(id);
  }

  /** What a channel with a token needs to be connected; begun again by the sweep where it was cut short. */
  async establish(channelId: string): Promise<void> {
    const account = await this.access.currentAccount(channelId);
    if (!account?.target) return;
    const { credentialsAt } = account;
    try {
      await this.subscription.make(account);
      await this.tokens.learn(account);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      await this.notEstablished(account, error);
      return;
    }
    await this.access.setStatus(channelId, { status: 'connected', reason: null, credentialsAt });
    await this.access.ready(channelId);
  }

  /** Whether the channel's token has its number in this business account. @throws BadRequestException */
  async proveBusinessAccount(account: ChannelAccount, businessAccountId: string): Promise<void> {
    await this.proof.prove({ ...account, businessAccountId }, account.target!);
  }

  /** Ends a channel's connection: Meta stops posting to it, the token is deleted. What waits to be sent is refused, or held if asked. */
  async disconnect(channel: ChannelRow, reason: string, by: Session): Promise<void> {
    const left = await this.unsubscribe(channel);
    await this.database.transaction(async () => {
      await this.credentials.delete(channel.id);
      await this.channels.rest(channel.id);
      await this.access.setStatus(channel.id, { status: 'disconnected', reason: left ? `${reason} ${left}` : reason });
      const { workspaceId } = channel;
      await this.audit.record(by, { action: 'channel.disconnected', workspaceId, subject: subjectOf(channel) });
    });
    this.access.forget(channel.id);
  }

  /** @returns what could not be undone at Meta */
  private async unsubscribe({ id, metaAppId }: ChannelRow): Promise<string | undefined> {
    const account = await this.access.currentAccount(id);
    if (!account?.target) return undefined;
    try {
      await this.subscription.remove(account, metaAppId);
      return undefined;
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      this.logger.warn(`The webhook subscription of channel ${id} could not be removed: ${error.message}`);
      return `Its webhook subscription could not be removed; remove it in the app’s settings at Meta: ${error.message}`;
    }
  }

  /** @returns what the Graph API tells of the account, and the credentials to keep */
  private async prove(
    channel: {
      platform: Platform;
      externalId: string;
      businessAccountId?: string | null | undefined;
      metaAppId: string;
    },
    given: Credentials,
  ): Promise<{ details: AccountDetails; lasting: Credentials }> {
    const { token, login = 'facebook', graphHost, graphVersion } = given;
    const { platform, externalId, businessAccountId = null, metaAppId } = channel;
    if (login === 'instagram' && platform !== 'instagram') {
      throw invalid('login', `login: ${platform} has no Instagram Login; leave it out.`);
    }
    if (graphHost !== undefined && !mayCall(graphHost, this.config.graphHosts)) {
      throw invalid('graphHost', 'graphHost: the operator has not allowed it; it must be one of GRAPH_HOSTS.');
    }
    const target: GraphTarget = {
      baseUrl: graphHost ?? graphHostOf(login),
      version: graphVersion ?? this.config.graphVersion,
      token,
      appSecret: login === 'facebook' ? await this.apps.secretOf(metaAppId) : undefined,
    };
    const details = await this.proof.prove({ platform, externalId, businessAccountId, login }, target);
    if (login === 'facebook') return { details, lasting: given };
    const lasting = await this.tokens.lasting(target, await this.apps.secretsOf(metaAppId));
    return { details, lasting: { ...given, token: lasting } };
  }

  /** Inside a transaction. */
  private async keep(
    channelId: string,
    workspaceId: string,
    { token, login = 'facebook', graphHost = undefined, graphVersion = undefined }: Credentials,
    details: AccountDetails,
  ): Promise<void> {
    await this.credentials.save({
      ...{ channelId, workspaceId, login, token: this.box.seal(token), tokenExpiresAt: null },
      ...{ graphHost: graphHost ?? null, graphVersion: graphVersion ?? null },
    });
    await this.channels.learn(channelId, details, detailsEveryMs);
  }

  private async notEstablished({ id, credentialsAt }: ChannelAccount, error: GraphError): Promise<void> {
    // The caller of the Graph API has stopped the channel already.
    if (error.errorClass === 'auth' || error.errorClass === 'account') return;
    const passing = ['throttled', 'pair_throttled', 'ambiguous', 'not_executed'].includes(error.errorClass);
    const words = `Meta did not take the subscription to the account’s webhooks: ${error.message}`;
    await this.access.setStatus(
      id,
      passing
        ? { status: 'reconnecting', reason: words, credentialsAt }
        : {
            status: 'failed',
            reason: `${words.replace(/[.\s]+$/, '')}. Give the token the permission, then connect the channel again.`,
            credentialsAt,
          },
    );
  }
}

export const subjectOf = ({ id, name }: ChannelRow) => ({ kind: 'channel', id, name });

const invalid = (field: string, message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field, problems: [message] }] });
