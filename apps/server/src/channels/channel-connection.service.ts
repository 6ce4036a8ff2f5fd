import { BadRequestException, Inject, Injectable } from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { GraphClient, GraphError, type GraphTarget } from '@switchboard/meta';
import { SecretBox } from '../secrets';
import { ChannelAccess } from './channel-access.service';
import type { ChannelRow } from './channels.repository';
import { CredentialsRepository } from './credentials.repository';
import { graphHostOf, mayCall } from './graph-hosts';
import { MetaApps } from './meta-apps.service';

export interface Credentials {
  token: string;
  login?: 'facebook' | 'instagram';
  graphHost?: string;
  graphVersion?: string;
}

/** Gives a channel the token it sends with, once the Graph API has said that it is that account's. */
@Injectable()
export class ChannelConnection {
  constructor(
    private readonly repository: CredentialsRepository,
    private readonly access: ChannelAccess,
    private readonly apps: MetaApps,
    private readonly graph: GraphClient,
    private readonly box: SecretBox,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  /** @throws BadRequestException `invalid`, `token_refused` */
  async connect(channel: ChannelRow, credentials: Credentials): Promise<void> {
    const { token, login = 'facebook', graphHost = null, graphVersion = null } = credentials;
    if (login === 'instagram' && channel.platform !== 'instagram') {
      throw invalid('login', `login: ${channel.platform} has no Instagram Login; leave it out.`);
    }
    if (graphHost !== null && !mayCall(graphHost, this.config.graphHosts)) {
      throw invalid('graphHost', 'graphHost: the operator has not allowed it; it must be one of GRAPH_HOSTS.');
    }
    await this.owns(channel, {
      baseUrl: graphHost ?? graphHostOf(login),
      version: graphVersion ?? this.config.graphVersion,
      token,
      appSecret: login === 'facebook' ? await this.apps.secretOf(channel.metaAppId) : undefined,
    });
    await this.repository.save({
      channelId: channel.id,
      workspaceId: channel.workspaceId,
      token: this.box.seal(token),
      tokenExpiresAt: null,
      login,
      graphHost,
      graphVersion,
    });
    await this.access.setStatus(channel.id, 'connected', null);
    await this.access.ready(channel.id);
  }

  /** The token must be able to read the account itself. */
  private async owns({ externalId }: ChannelRow, target: GraphTarget): Promise<void> {
    try {
      const { body } = await this.graph.call<{ id?: unknown }>(target, {
        method: 'GET',
        path: encodeURIComponent(externalId),
        query: { fields: 'id' },
        timeoutMs: 10_000,
      });
      if (String(body.id) === externalId) return;
      throw refused(`the Graph API answered for another account than ${externalId}.`);
    } catch (error) {
      if (error instanceof GraphError) throw refused(error.message);
      throw error;
    }
  }
}

const invalid = (field: string, message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field, problems: [message] }] });

const refused = (why: string) =>
  new BadRequestException({
    code: 'token_refused',
    message: `token: it cannot be used for this account: ${why}`,
    details: [{ field: 'token', problems: [why] }],
  });
