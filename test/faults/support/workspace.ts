import { randomUUID } from 'node:crypto';
import { type Account, messenger, messengerChat, type SimulatedItem } from '@switchboard/simulator';
import type { Platform, Tenant } from '../../support/api-client';
import { Dashboard } from './dashboard';
import type { Fronts } from './shop';

const platforms: Platform[] = ['whatsapp', 'messenger', 'instagram'];

/** One customer of ours: a channel of each platform, and clients that watch. */
export class Workspace {
  private constructor(
    readonly id: string,
    readonly accounts: readonly Account[],
    readonly dashboards: readonly Dashboard[],
    private readonly marks: Set<string>,
  ) {}

  static async of(tenant: Tenant, { one, two, shaky }: Fronts): Promise<Workspace> {
    const channels = await Promise.all(platforms.map((platform) => tenant.channel(platform)));
    const accounts = channels.map(({ externalId: id, businessAccountId }, at) => ({
      id,
      platform: platforms[at],
      ...(businessAccountId ? { businessAccountId, displayPhoneNumber: id } : {}),
    })) as Account[];
    // As an application does: it loads what is there, and goes on from the position read before that.
    const { body } = await tenant.api.get('/v1/conversations');
    const marks = new Set<string>();
    const given = { token: tenant.accessToken, cursor: body.head, marks };
    const narrow = { fields: ['messages'], channelId: channels[1]!.id };
    return new Workspace(
      tenant.workspaceId,
      accounts,
      [
        new Dashboard('a client that stays', one.url, given),
        new Dashboard('a client that stays at the other gateway', two.url, given),
        new Dashboard('a client that is cut', shaky.url, given),
        new Dashboard('a client of one channel that is cut', shaky.url, { ...given, interest: narrow }),
      ],
      marks,
    );
  }

  /** A new message for all clients to be told of. */
  mark(): SimulatedItem {
    const mark = randomUUID();
    this.marks.add(mark);
    return messenger.text(messengerChat({ account: { id: this.accounts[1]!.id }, now: Date.now }), mark, { id: mark });
  }

  /** Clients that have not been told of every mark in each of their namespaces. */
  get waiting(): Dashboard[] {
    return this.dashboards.filter(({ logs }) => logs.some(({ seen }) => seen.size < this.marks.size));
  }
}
