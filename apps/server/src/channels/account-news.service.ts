import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type ChannelAlertData, rooms } from '@switchboard/contracts';
import { Database } from '@switchboard/database';
import type { NewEvent } from '@switchboard/events';
import { classifyGraphError } from '@switchboard/meta';
import { type EffectItem, ItemEffects } from '../item-effects';
import { ChannelAccess } from './channel-access.service';
import { ChannelsRepository } from './channels.repository';

type Severity = ChannelAlertData['severity'];

/** Meta's words after which an account does not work as before. */
const grave = /DISABLED|DELETED|VIOLATION|RESTRICT|BANNED|OFFBOARDED|REMOVED|UNINSTALLED|REJECTED/;
const worth = /FLAGGED|DOWNGRADE|DEFERRED|DECLINED|PENDING/;

/** Meta's times are in whole seconds. */
const clockMs = 1000;

/** What webhooks tell of accounts and numbers: told as alerts, and the limits are read anew. */
@Injectable()
export class AccountNews implements OnModuleInit {
  private readonly logger = new Logger(AccountNews.name);

  constructor(
    private readonly effects: ItemEffects,
    private readonly channels: ChannelsRepository,
    private readonly access: ChannelAccess,
    private readonly database: Database,
  ) {}

  onModuleInit(): void {
    this.effects.on('status', (items) => this.stopUnpaid(items));
    this.effects.on('account', async (items) => this.tell(items, accountAlert));
    this.effects.on('phone_number', async (items) => this.tell(items, numberAlert));
  }

  /**
   * A message that Meta took may fail for what ails the account (131042: it cannot pay). That stops the channel as the same error in the
   * answer to a call does, once this is committed; the next failure says it again, where a process dies between.
   */
  private async stopUnpaid(items: readonly EffectItem<'status'>[]): Promise<NewEvent[]> {
    const reasons = new Map<string, { at: number; reason: string }>();
    for (const { channel, effect } of items) {
      const error = effect.errors?.find(({ code }) => isOfAccount(code));
      if (effect.status !== 'failed' || !error || (reasons.get(channel.id)?.at ?? 0) >= effect.at) continue;
      const words = error.details ?? error.message ?? error.title;
      reasons.set(channel.id, { at: effect.at, reason: `${words ?? 'Meta refuses the account'} (code ${error.code})` });
    }
    for (const [channelId, { at, reason }] of reasons) {
      this.database.afterCommit(() =>
        this.stop(channelId, at, reason).catch((error) => this.unstopped(channelId, error)),
      );
    }
    return [];
  }

  /** Not where it has been connected again since. */
  private async stop(channelId: string, at: number, reason: string): Promise<void> {
    const account = await this.access.currentAccount(channelId);
    if (!account?.target || (account.credentialsAt?.getTime() ?? 0) > at + clockMs) return;
    await this.access.stop(account, 'account', reason);
  }

  private unstopped(channelId: string, error: Error): void {
    this.logger.error(
      `Channel ${channelId} could not be stopped (${error.message}), though Meta says that its account fails.`,
    );
  }

  private async tell<I extends EffectItem<'account'> | EffectItem<'phone_number'>>(
    items: readonly I[],
    alertOf: (item: I) => Pick<ChannelAlertData, 'kind' | 'severity' | 'detail'>,
  ): Promise<NewEvent[]> {
    await this.channels.readAccountsNow([...new Set(items.map(({ channel }) => channel.id))]);
    return items.map((item): NewEvent => {
      const { id: channelId, workspaceId, platform } = item.channel;
      return {
        type: 'channel.alert',
        workspaceId,
        audience: [rooms.workspace(workspaceId), rooms.channel(channelId)],
        data: { channelId, platform, at: new Date(item.effect.at).toISOString(), ...alertOf(item) },
      };
    });
  }
}

const isOfAccount = (code: number | undefined): boolean =>
  code !== undefined && classifyGraphError({ status: 400, code }) === 'account';

const severityOf = (words: string): Severity =>
  grave.test(words) && !words.startsWith('UN')
    ? 'critical'
    : worth.test(words) && !words.startsWith('UN')
      ? 'warning'
      : 'info';

function accountAlert({ effect }: EffectItem<'account'>): Pick<ChannelAlertData, 'kind' | 'severity' | 'detail'> {
  const { change, event, severity, reason, entity } = effect;
  const about = entity?.id === undefined ? '' : ` (${entity.type ?? 'entity'} ${entity.id})`;
  const told = `${event ?? change}${severity === undefined ? '' : ` ${severity}`}`.toUpperCase();
  const why = reason === undefined ? '' : `: ${reason}`;
  return {
    kind: 'account',
    severity: /CRITICAL|WARNING/.test(told) ? (told.includes('CRITICAL') ? 'critical' : 'warning') : severityOf(told),
    detail: `Meta says of the account${about}: ${event ?? change}${why}.`,
  };
}

function numberAlert({ effect }: EffectItem<'phone_number'>): Pick<ChannelAlertData, 'kind' | 'severity' | 'detail'> {
  const { change, displayNumber, event, decision, limit, verifiedName, username, status, reason } = effect;
  const word = event ?? decision ?? status ?? change;
  const more = [limit, verifiedName, username, reason].filter((part) => part !== undefined).join(', ');
  return {
    kind: 'number',
    severity: severityOf(word.toUpperCase()),
    detail: `Meta says of the number ${displayNumber ?? ''} (${change}): ${word}${more === '' ? '' : ` (${more})`}.`,
  };
}
