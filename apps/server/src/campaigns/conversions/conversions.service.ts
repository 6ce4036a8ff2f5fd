import { ConflictException, Injectable } from '@nestjs/common';
import { Database, newId } from '@switchboard/database';
import { Clock } from '../../clock';
import { phoneOf } from '../../contacts';
import { invalidField, noSuchNamed } from '../../rest';
import { type ConversionRow, ConversionsRepository } from './conversions.repository';

/** What somebody did. */
export interface ConversionOrder {
  contactId?: string | undefined;
  phone?: string | undefined;
  key: string;
  name: string;
  value?: number | undefined;
  currency?: string | undefined;
  at?: string | undefined;
}

/** Other systems' clocks may be ahead by so much. */
const aheadMs = 300_000;

/** What contacts did elsewhere after a campaign wrote to them: orders, sign-ups, visits. */
@Injectable()
export class Conversions {
  constructor(
    private readonly database: Database,
    private readonly repository: ConversionsRepository,
    private readonly clock: Clock,
  ) {}

  /** Once for each key: the same again is answered with the first. @throws HttpException that names the member at fault; `conflict` */
  async record(workspaceId: string, order: ConversionOrder): Promise<ConversionRow> {
    const { key, name, value = null, currency = null } = order;
    const now = this.clock.now();
    const at = order.at === undefined ? now : new Date(order.at);
    if (at.getTime() > now.getTime() + aheadMs) throw invalidField('at', 'must not be to come');
    if ((value === null) !== (currency === null)) throw invalidField('value', 'and currency go together');
    const contactId = await this.contactOf(workspaceId, order);
    const made = { id: newId(), workspaceId, key, contactId, name, value, currency, at };
    await this.database.transaction(() => this.repository.insert(made));
    const kept = (await this.repository.find(workspaceId, key))!;
    if (kept.id !== made.id && !same(kept, made, order.at !== undefined)) {
      throw new ConflictException({
        code: 'conflict',
        message: `key: ${key} is of another conversion already (${kept.id}); give each a key of its own.`,
      });
    }
    return kept;
  }

  private async contactOf(workspaceId: string, { contactId, phone }: ConversionOrder): Promise<string> {
    if ((contactId === undefined) === (phone === undefined)) {
      throw invalidField('contactId', 'or phone is required, and only one of them');
    }
    const digits = phone === undefined ? undefined : phoneOf(phone);
    if (phone !== undefined && digits === undefined) throw invalidField('phone', 'must be a number with country code');
    const found = await this.repository.contactOf(workspaceId, { contactId, phone: digits });
    if (!found) throw noSuchNamed(contactId === undefined ? 'phone' : 'contactId', 'contact');
    return found;
  }
}

function same(
  kept: ConversionRow,
  { contactId, name, value, currency, at }: Omit<ConversionRow, 'campaignId' | 'variant' | 'channelId'>,
  timed: boolean,
): boolean {
  const told = [kept.contactId, kept.name, kept.value, kept.currency];
  return (
    told.every((one, n) => one === [contactId, name, value, currency][n]) &&
    (!timed || kept.at.getTime() === at.getTime())
  );
}
