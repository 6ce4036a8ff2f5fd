import { ConflictException, Injectable } from '@nestjs/common';
import { newId } from '@switchboard/database';
import { ChannelAccess, type ChannelAccount } from '../channels';
import type { Session } from '../identity';
import { invalidField, noSuch, noSuchNamed } from '../rest';
import { Audiences } from './audiences.service';
import { CampaignContents } from './campaign-contents.service';
import type { Audience, Trial, Variant } from './campaign-row';
import { CampaignsRepository, type CampaignWithTally } from './campaigns.repository';
import { isTimeZone, type Schedule } from './schedule';

/** What a campaign is made of. */
export interface CampaignOrder {
  name: string;
  channelId: string;
  audience: Audience;
  content?: Record<string, unknown> | undefined;
  variants?: Variant[] | undefined;
  consent?: 'no_opt_out' | 'opt_in' | undefined;
  failureRatio?: number | null | undefined;
  attributionHours?: number | undefined;
  schedule?: Schedule | null | undefined;
  trial?: Trial | null | undefined;
}

const defaults = { consent: 'no_opt_out', failureRatio: 0.3, attributionHours: 72 } as const;

/** Campaigns that are being made. */
@Injectable()
export class Campaigns {
  constructor(
    private readonly repository: CampaignsRepository,
    private readonly audiences: Audiences,
    private readonly contents: CampaignContents,
    private readonly access: ChannelAccess,
  ) {}

  /** @throws NotFoundException */
  async one(workspaceId: string, id: string): Promise<CampaignWithTally> {
    const found = await this.repository.find(workspaceId, id);
    if (found) return found;
    throw noSuch('campaign');
  }

  /** @throws HttpException that names the member at fault */
  async create({ workspaceId, userId }: Session, order: CampaignOrder): Promise<CampaignWithTally> {
    const id = newId();
    const made = await this.checked(workspaceId, order);
    await this.repository.insert({ ...made, id, workspaceId, createdBy: userId });
    return this.one(workspaceId, id);
  }

  /** What is left out stays. @throws HttpException that names the member at fault; `conflict` where it has begun */
  async change(workspaceId: string, id: string, order: Partial<CampaignOrder>): Promise<CampaignWithTally> {
    const { name, channelId, audience, variants, consent, failureRatio, attributionHours, schedule, trial } =
      await this.one(workspaceId, id);
    const given = Object.fromEntries(Object.entries(order).filter(([, value]) => value !== undefined));
    const said = given.content || given.variants ? {} : { variants };
    const before = { name, channelId, audience, consent, failureRatio, attributionHours, schedule, trial, ...said };
    const made = await this.checked(workspaceId, { ...before, ...given });
    if (!(await this.repository.change(workspaceId, id, made))) throw await this.begun(workspaceId, id, 'changed');
    return this.one(workspaceId, id);
  }

  /** @throws NotFoundException, ConflictException */
  async remove(workspaceId: string, id: string): Promise<void> {
    if (!(await this.repository.remove(workspaceId, id))) throw await this.begun(workspaceId, id, 'deleted');
  }

  /** Which of these contacts the workspace has. */
  known(workspaceId: string, contactIds: readonly string[]): Promise<Set<string>> {
    return this.repository.held(workspaceId, { contactIds: [...contactIds] });
  }

  /** The channel of a campaign. @throws NotFoundException that names it */
  async account(workspaceId: string, channelId: string): Promise<ChannelAccount> {
    const account = await this.access.account(channelId);
    if (account?.workspaceId !== workspaceId) throw noSuchNamed('channelId', 'channel');
    return account;
  }

  private async checked(workspaceId: string, order: CampaignOrder) {
    const { name, channelId, audience } = order;
    const { all, segmentIds = [], tagIds = [], contactIds = [], failedOf, importId } = audience;
    const account = await this.account(workspaceId, channelId);
    if (!all && !failedOf && !importId && segmentIds.length + tagIds.length + contactIds.length === 0) {
      throw invalidField('audience', 'must name somebody: all, segmentIds, tagIds, contactIds, importId or failedOf');
    }
    await this.audiences.known(workspaceId, audience);
    const variants = variantsOf(order);
    const columns = await this.audiences.columns({ workspaceId, audience });
    await this.contents.check(account, { variants, columns }, false);
    const trial = checkedTrial(order.trial, variants);
    const { consent = defaults.consent, attributionHours = defaults.attributionHours } = order;
    const failureRatio = order.failureRatio === undefined ? defaults.failureRatio : order.failureRatio;
    const schedule = checkedSchedule(order.schedule);
    return { name, channelId, audience, variants, consent, failureRatio, attributionHours, schedule, trial };
  }

  private async begun(workspaceId: string, id: string, done: string): Promise<Error> {
    const { status } = await this.one(workspaceId, id);
    return new ConflictException({
      code: 'conflict',
      message: `The campaign is ${status}; only a draft can be ${done}.`,
      details: { status },
    });
  }
}

/** @throws BadRequestException */
function variantsOf({ content, variants }: CampaignOrder): Variant[] {
  if ((content === undefined) === (variants === undefined)) {
    throw invalidField('content', 'or variants is required, and only one of them');
  }
  if (content) return [{ key: 'A', share: 100, content }];
  const keys = variants!.map(({ key }) => key);
  if (new Set(keys).size < keys.length) throw invalidField('variants', 'must have a key of their own each');
  const shares = variants!.reduce((sum, { share }) => sum + share, 0);
  if (shares !== 100) throw invalidField('variants', `must have shares that add up to 100; they add up to ${shares}`);
  return variants!.map(({ key, share, content: of }) => ({ key, share, content: of }));
}

/** @throws BadRequestException */
function checkedTrial(trial: Trial | null | undefined, variants: readonly Variant[]): Trial | null {
  if (!trial) return null;
  if (variants.length < 2) throw invalidField('trial', 'needs variants to choose from');
  const { share, decideAfterMinutes, by } = trial;
  return { share, decideAfterMinutes, by };
}

/** @throws BadRequestException */
function checkedSchedule(schedule: Schedule | null | undefined): Schedule | null {
  if (!schedule) return null;
  const { startsAt, timeZone, ownTimeAttribute, quietHours } = schedule;
  if (!isTimeZone(timeZone)) {
    throw invalidField('schedule.timeZone', 'must be the name of a time zone, such as Europe/Madrid');
  }
  if (ownTimeAttribute !== undefined && startsAt === undefined) {
    throw invalidField('schedule.ownTimeAttribute', 'needs startsAt, the hour that is meant');
  }
  const hours = quietHours && { from: quietHours.from, to: quietHours.to };
  return { startsAt, timeZone, ownTimeAttribute, quietHours: hours };
}
