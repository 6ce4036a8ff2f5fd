import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type ChannelAlertData, rooms } from '@switchboard/contracts';
import type { NewEvent } from '@switchboard/events';
import { type EffectItem, ItemEffects } from '../item-effects';
import { ChannelsRepository } from './channels.repository';

type Severity = ChannelAlertData['severity'];

/** Meta's words after which an account does not work as before. */
const grave = /DISABLED|DELETED|VIOLATION|RESTRICT|BANNED|OFFBOARDED|REMOVED|UNINSTALLED|REJECTED/;
const worth = /FLAGGED|DOWNGRADE|DEFERRED|DECLINED|PENDING/;

/** What webhooks tell of accounts and numbers: told as alerts, and the limits are read anew. */
@Injectable()
export class AccountNews implements OnModuleInit {
  constructor(
    private readonly effects: ItemEffects,
    private readonly channels: ChannelsRepository,
  ) {}

  onModuleInit(): void {
    this.effects.on('account', async (items) => this.tell(items, accountAlert));
    this.effects.on('phone_number', async (items) => this.tell(items, numberAlert));
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
