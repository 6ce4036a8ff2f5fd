import {
  BadRequestException,
  ConflictException,
  ForbiddenException,
  Injectable,
  ServiceUnavailableException,
} from '@nestjs/common';
import { Database } from '@switchboard/database';
import { GraphError } from '@switchboard/meta';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { noSuch } from '../rest';
import { ChannelAccess } from './channel-access.service';
import { ChannelConnection, subjectOf } from './channel-connection.service';
import { ChannelHealth } from './channel-health.service';
import { ChannelRegistry } from './channel-registry.service';
import { ChannelRemoval } from './channel-removal.service';
import { type ChannelFacts, ChannelsRepository } from './channels.repository';
import type { ChangeChannelDto, RegisterChannelDto } from './dto/channel.dto';
import type { ChannelCredentialsDto } from './dto/credentials.dto';

/** What may be done to channels, and by whom. */
@Injectable()
export class Channels {
  constructor(
    private readonly repository: ChannelsRepository,
    private readonly registry: ChannelRegistry,
    private readonly connection: ChannelConnection,
    private readonly removal: ChannelRemoval,
    private readonly health: ChannelHealth,
    private readonly access: ChannelAccess,
    private readonly database: Database,
    private readonly audit: AuditLog,
  ) {}

  async register(session: Session, body: RegisterChannelDto): Promise<ChannelFacts> {
    const { token, login, graphHost, graphVersion, workspaceId = session.workspaceId, ...account } = body;
    if (workspaceId !== session.workspaceId && !session.isOperator) {
      throw forbidden('workspaceId: only the operator registers an account for another workspace; leave it out.');
    }
    const channel = { ...account, workspaceId };
    if (token !== undefined) {
      const id = await this.connection.register(channel, { token, login, graphHost, graphVersion }, session);
      return this.must(workspaceId, id);
    }
    if (!session.isOperator) {
      throw forbidden(
        'token: send the account’s token, which proves that it is yours; without one only the operator of the instance registers accounts.',
      );
    }
    const given = Object.entries({ login, graphHost, graphVersion }).find(([, value]) => value !== undefined);
    if (given) throw invalid(given[0], `${given[0]}: it says how a token is used; send the token too.`);
    const { id } = await this.registry.register(channel, session, { status: 'connected', byOperator: true });
    return this.must(workspaceId, id);
  }

  /** @throws NotFoundException */
  async find({ workspaceId }: Session, id: string): Promise<ChannelFacts> {
    return this.must(workspaceId, id);
  }

  async change(session: Session, id: string, body: ChangeChannelDto): Promise<ChannelFacts> {
    const channel = await this.reachable(session, id);
    const { name, businessAccountId, metaAppId } = body;
    if (metaAppId !== undefined && !session.isOperator) {
      throw forbidden('metaAppId: only the operator of the instance changes a channel’s Meta app.');
    }
    if (businessAccountId !== undefined) await this.mayBeIn(session, channel, businessAccountId);
    const app = metaAppId === undefined ? undefined : await this.registry.metaAppOf({ metaAppId });
    const changed = {
      ...(name === undefined ? {} : { name }),
      ...(businessAccountId === undefined ? {} : { businessAccountId }),
      ...(app === undefined ? {} : { metaAppId: app.id }),
    };
    if (Object.keys(changed).length > 0) {
      const { workspaceId } = channel;
      await this.database.transaction(async () => {
        await this.repository.change(workspaceId, id, changed);
        const details = { ...body };
        await this.audit.record(session, {
          action: 'channel.changed',
          workspaceId,
          subject: subjectOf(channel),
          details,
        });
      });
    }
    this.access.forget(id);
    const moved = app?.id !== undefined && app.id !== channel.metaAppId;
    const another = businessAccountId !== undefined && businessAccountId !== channel.businessAccountId;
    // Webhooks are subscribed for the app, and at the business account.
    if (moved || another) await this.connection.establish(id);
    return this.must(channel.workspaceId, id);
  }

  async connect(session: Session, id: string, body: ChannelCredentialsDto): Promise<ChannelFacts> {
    const { workspaceId } = session;
    await this.connection.connect(await this.must(workspaceId, id), body, session);
    return this.must(workspaceId, id);
  }

  async check({ workspaceId }: Session, id: string): Promise<ChannelFacts> {
    const channel = await this.must(workspaceId, id);
    if (channel.login === null) {
      throw new ConflictException({
        code: 'channel_disconnected',
        message: 'The channel has no token; connect it (PUT /v1/channels/:id/credentials).',
      });
    }
    try {
      await this.health.read(id);
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      // What stops the channel shows in its state.
      if (error.errorClass !== 'auth' && error.errorClass !== 'account') {
        const message = `Meta could not be asked: ${error.message}`;
        throw new ServiceUnavailableException({ code: 'graph_unavailable', message });
      }
    }
    return this.must(workspaceId, id);
  }

  async disconnect(session: Session, id: string): Promise<ChannelFacts> {
    const { workspaceId } = session;
    await this.connection.disconnect(await this.must(workspaceId, id), 'It was disconnected.', session);
    return this.must(workspaceId, id);
  }

  async remove(session: Session, id: string, keepHistory: boolean): Promise<void> {
    await this.removal.remove(await this.reachable(session, id), keepHistory, session);
  }

  /** Templates and alerts of a business account go to the channel that names it, so a workspace must have its number there. */
  private async mayBeIn(session: Session, channel: ChannelFacts, businessAccountId: string): Promise<void> {
    if (channel.platform !== 'whatsapp') {
      throw invalid('businessAccountId', `businessAccountId: ${channel.platform} has none; leave it out.`);
    }
    const account = await this.access.currentAccount(channel.id);
    if (account?.target) await this.connection.proveBusinessAccount(account, businessAccountId);
    else if (!session.isOperator) {
      throw new ConflictException({
        code: 'channel_disconnected',
        message: 'businessAccountId: the channel has no token that proves it; connect the channel first.',
      });
    }
  }

  private async reachable(session: Session, id: string): Promise<ChannelFacts> {
    if (!session.isOperator) return this.must(session.workspaceId, id);
    const row = await this.repository.findAnywhere(id);
    if (row) return row;
    throw notFound();
  }

  private async must(workspaceId: string, id: string): Promise<ChannelFacts> {
    const row = await this.repository.find(workspaceId, id);
    if (row) return row;
    throw notFound();
  }
}

const notFound = () => noSuch('channel');
const forbidden = (message: string) => new ForbiddenException({ code: 'forbidden', message });
const invalid = (field: string, message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field, problems: [message] }] });
