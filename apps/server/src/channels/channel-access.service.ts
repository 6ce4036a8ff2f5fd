import { Inject, Injectable, Logger } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { type AccountDetails, type GraphTarget, type Login, throughputOf } from '@switchboard/meta';
import { AuditLog } from '../audit';
import { SecretBox } from '../secrets';
import { type AccountRow, CredentialsRepository, type StatusChange } from './credentials.repository';
import { graphHostOf, mayCall } from './graph-hosts';

/** A connected account as those see it who call the Graph API for it. */
export interface ChannelAccount {
  id: string;
  workspaceId: string;
  platform: AccountRow['platform'];
  externalId: string;
  businessAccountId: string | null;
  name: string;
  login: Login;
  status: AccountRow['status'];
  statusReason: string | null;
  /** Given up: kept to be read, and never connected again. */
  released: boolean;
  details: AccountDetails;
  /** WhatsApp: what Meta takes from this number in a second. */
  messagesPerSecond: number | undefined;
  /** Meta's id of the app that its token is of. */
  appId: string;
  /** Tells this token from those before and after. */
  credentialsAt: Date | null;
  tokenExpiresAt: Date | null;
  /** `undefined` while there is no token: such a channel receives, and cannot send. */
  target: GraphTarget | undefined;
}

/**
 * The node that takes sends, uploads and reads of conversations: an Instagram account with Facebook Login has none of its own, its
 * page's takes them (Meta: Messenger API for Instagram, `POST /{page-id}/messages`).
 */
export const inboxNode = ({ externalId, details }: Pick<ChannelAccount, 'externalId' | 'details'>): string =>
  details.pageId ?? externalId;

/** A change made by another process is seen here after this, at the latest. */
const keptMs = 2000;
const keptChannels = 5000;

/** Opens the tokens of channels for those who call the Graph API. A token leaves this class only inside a GraphTarget. */
@Injectable()
export class ChannelAccess {
  private readonly logger = new Logger(ChannelAccess.name);
  private readonly kept = new Map<string, { account: ChannelAccount; readAt: number }>();
  private readonly connected: ((channelId: string) => Promise<unknown>)[] = [];

  constructor(
    private readonly repository: CredentialsRepository,
    private readonly database: Database,
    private readonly recorder: EventRecorder,
    private readonly audit: AuditLog,
    private readonly box: SecretBox,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** What is to happen once a channel can send again. */
  onConnected(listener: (channelId: string) => Promise<unknown>): void {
    this.connected.push(listener);
  }

  /** The account of a channel, at most 2 s old. */
  async account(channelId: string): Promise<ChannelAccount | undefined> {
    const kept = this.kept.get(channelId);
    if (kept && Date.now() - kept.readAt < keptMs) return kept.account;
    const row = await this.repository.account(channelId);
    if (!row) return undefined;
    const account = this.open(row);
    if (this.kept.size >= keptChannels) this.kept.clear();
    this.kept.set(channelId, { account, readAt: Date.now() });
    return account;
  }

  /** The account as it is now; for whoever is about to change it. */
  async currentAccount(channelId: string): Promise<ChannelAccount | undefined> {
    this.forget(channelId);
    return this.account(channelId);
  }

  /** Forgets what is kept of a channel; for whoever changes one. */
  forget(channelId: string): void {
    this.kept.delete(channelId);
  }

  /**
   * The token is dead, or the account is blocked: nothing works until somebody connects it again. Told once. Says nothing where the
   * channel has been given another token than the one that `account` was called with.
   */
  async stop(account: ChannelAccount, what: 'token' | 'account', reason: string): Promise<void> {
    const remedy =
      what === 'account'
        ? 'Settle it with Meta, then connect the channel again.'
        : 'Connect the channel again with a new token.';
    await this.setStatus(account.id, {
      status: 'failed',
      reason: `${reason.replace(/[.\s]+$/, '')}. ${remedy}`,
      credentialsAt: account.credentialsAt,
    });
  }

  /** Sets and tells a channel's state; a state that it has already is not told again. False where nothing changed. */
  async setStatus(channelId: string, change: StatusChange): Promise<boolean> {
    const { status, reason } = change;
    const changed = await this.database.transaction(async () => {
      const row = await this.repository.setStatus(channelId, change);
      if (!row) return false;
      const { workspaceId, platform, name, attempt } = row;
      await this.recorder.record([
        {
          type: 'channel.status_changed',
          workspaceId,
          audience: [rooms.workspace(workspaceId), rooms.channel(channelId)],
          data: { channelId, platform, status, reason, attempt },
        },
      ]);
      if (status === 'failed') {
        const subject = { kind: 'channel', id: channelId, name };
        await this.audit.recordItself(workspaceId, {
          action: 'channel.stopped',
          subject,
          details: { platform, reason },
        });
      }
      return true;
    });
    this.forget(channelId);
    if (changed && status === 'failed') this.logger.error(`Channel ${channelId} stopped: ${reason}`);
    return changed;
  }

  /** The channel has a token that works: what waited for it goes on. */
  async ready(channelId: string): Promise<void> {
    this.forget(channelId);
    for (const listener of this.connected) await listener(channelId);
  }

  private open(row: AccountRow): ChannelAccount {
    const { id, workspaceId, platform, externalId, businessAccountId, name, status, statusReason, released } = row;
    const { details, appId, credentialsAt, tokenExpiresAt } = row;
    const login = row.login ?? 'facebook';
    const messagesPerSecond = platform === 'whatsapp' ? throughputOf(details) : undefined;
    const account = {
      ...{ id, workspaceId, platform, externalId, businessAccountId, name, login, status, statusReason, released },
      ...{ details, messagesPerSecond, appId, credentialsAt, tokenExpiresAt },
    };
    if (!row.token) return { ...account, target: undefined };
    const baseUrl = row.graphHost ?? graphHostOf(login);
    // Allowed when it was set; the operator may have thought better of it since.
    if (!mayCall(baseUrl, this.config.graphHosts)) {
      this.logger.error(
        `Channel ${id} names ${baseUrl} as its Graph API, which GRAPH_HOSTS does not allow; it cannot send.`,
      );
      return { ...account, target: undefined };
    }
    const [appSecret] = JSON.parse(this.box.open(row.appSecrets)) as string[];
    return {
      ...account,
      target: {
        baseUrl,
        version: row.graphVersion ?? this.config.graphVersion,
        token: this.box.open(row.token),
        // Instagram Login has an app secret of its own, and no proof is asked for there.
        appSecret: login === 'facebook' ? appSecret : undefined,
      },
    };
  }
}
