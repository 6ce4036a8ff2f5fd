import { Injectable } from '@nestjs/common';
import { readDefinition } from '@switchboard/meta';
import type { ChannelAccount } from '../channels';
import { Clock } from '../clock';
import { type ContactCondition, ContactImports, ContactSegments } from '../contacts';
import { noSuchNamed } from '../rest';
import { type AudienceQuestion, AudienceRepository, type FileColumns, type OwnTimes } from './audience.repository';
import type { Audience, AudienceParts, CampaignRow } from './campaign-row';
import { CampaignsRepository } from './campaigns.repository';
import { columnsIn } from './content/personal-content';
import { dueIn, isTimeZone, type Schedule } from './schedule';

const kinds = {
  ...{ segmentIds: 'segment', tagIds: 'tag', contactIds: 'contact', failedOf: 'campaign', importId: 'import' },
} as const;

/** Whom campaigns are for. */
@Injectable()
export class Audiences {
  constructor(
    private readonly campaigns: CampaignsRepository,
    private readonly repository: AudienceRepository,
    private readonly segments: ContactSegments,
    private readonly imports: ContactImports,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundException that names the member of the audience which is of nothing in this workspace */
  async known(workspaceId: string, audience: Audience): Promise<void> {
    await this.knownParts(workspaceId, audience, 'audience');
    if (audience.except) await this.knownParts(workspaceId, audience.except, 'audience.except');
  }

  /**
   * What is asked of the database for a campaign's audience as it is now.
   * @param definitions the templates of its variants, where they are known
   */
  async question(
    campaign: Pick<CampaignRow, 'workspaceId' | 'audience' | 'variants' | 'consent'>,
    { id: channelId, platform }: ChannelAccount,
    definitions: readonly (object | undefined)[],
  ): Promise<AudienceQuestion> {
    const { workspaceId, audience, variants, consent } = campaign;
    await this.filesRead(workspaceId, audience);
    const wanted = audience.all ? () => 'true' : await this.anyOf(workspaceId, audience);
    const unwanted = audience.except && (await this.anyOf(workspaceId, audience.except));
    const condition: ContactCondition = (parameters) =>
      `${wanted(parameters)}${unwanted ? ` and not ${unwanted(parameters)}` : ''}`;
    return {
      ...{ workspaceId, channelId, platform, condition, consent, now: this.clock.now() },
      needsWindow: variants.every(({ content }) => content.type !== 'template'),
      needsPhone: definitions.some((one) => one && readDefinition(one).category === 'AUTHENTICATION'),
    };
  }

  /** When its recipients are due, and whose hours count. */
  async times(question: AudienceQuestion, schedule: Schedule | null): Promise<OwnTimes> {
    const { now } = question;
    const { timeZone = null, ownTimeAttribute: attribute = '' } = schedule ?? {};
    const due = schedule && timeZone ? dueIn(timeZone, schedule, now) : now;
    const times: OwnTimes = { attribute, zones: [], timeZone, dueAt: new Date(Math.max(due.getTime(), now.getTime())) };
    if (!schedule || attribute === '') return times;
    const zones = (await this.repository.zones(question, attribute)).filter(isTimeZone);
    return { ...times, zones: zones.map((zone) => ({ zone, dueAt: dueIn(zone, schedule, now) })) };
  }

  /** The columns that texts may speak of. @throws HttpException that names the import */
  async columns({
    workspaceId,
    audience: { importId },
  }: Pick<CampaignRow, 'workspaceId' | 'audience'>): Promise<string[]> {
    return importId ? this.imports.campaignColumns(workspaceId, importId, 'audience.importId', false) : [];
  }

  /** What is frozen of the audience's file. */
  fileOf({ audience: { importId }, variants }: Pick<CampaignRow, 'audience' | 'variants'>): FileColumns | undefined {
    return importId ? { importId, columns: columnsIn(variants.map(({ content }) => content)) } : undefined;
  }

  /** What the file says of these contacts, by contact. */
  async rowsOf(
    { workspaceId, audience: { importId } }: Pick<CampaignRow, 'workspaceId' | 'audience'>,
    contactIds: readonly string[],
  ): Promise<Map<string, Record<string, string>>> {
    return importId ? this.imports.rowsOf(workspaceId, importId, contactIds) : new Map();
  }

  /** How many rows the audience's file has, and which are nobody's of it. */
  async fileCounts({ workspaceId, audience: { importId } }: Pick<CampaignRow, 'workspaceId' | 'audience'>) {
    if (!importId) return null;
    const { rows, failed: refused, duplicates } = await this.imports.find(workspaceId, importId);
    return { rows, refused, duplicates };
  }

  private async filesRead(workspaceId: string, { importId, except }: Audience): Promise<void> {
    if (importId) await this.imports.campaignColumns(workspaceId, importId, 'audience.importId', true);
    if (except?.importId) {
      await this.imports.campaignColumns(workspaceId, except.importId, 'audience.except.importId', true);
    }
  }

  private async anyOf(workspaceId: string, parts: AudienceParts): Promise<ContactCondition> {
    const conditions: ContactCondition[] = [];
    for (const id of parts.segmentIds ?? []) conditions.push(await this.segments.condition(workspaceId, id));
    return AudienceRepository.condition(parts, conditions);
  }

  private async knownParts(workspaceId: string, parts: AudienceParts, at: string): Promise<void> {
    const held = await this.campaigns.held(workspaceId, parts);
    for (const [member, kind] of Object.entries(kinds)) {
      const ids = [parts[member as keyof AudienceParts] ?? []].flat();
      if (ids.some((id) => !held.has(id.toLowerCase()))) throw noSuchNamed(`${at}.${member}`, kind);
    }
  }
}
