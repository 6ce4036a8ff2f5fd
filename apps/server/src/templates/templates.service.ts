import {
  BadRequestException,
  ConflictException,
  Injectable,
  NotFoundException,
  ServiceUnavailableException,
  UnprocessableEntityException,
} from '@nestjs/common';
import { Database } from '@switchboard/database';
import { EventRecorder } from '@switchboard/events';
import { GraphError, readListedTemplate, templateCreationProblems } from '@switchboard/meta';
import { AuditLog } from '../audit';
import { ChannelAccess, type ChannelAccount, ChannelGraph, ChannelWithoutToken } from '../channels';
import type { Session } from '../identity';
import { noSuch } from '../rest';
import { changeEvent } from './template-events';
import { TemplateSyncRepository } from './template-sync.repository';
import { TemplateSync } from './template-sync.service';
import { type TemplateRow, TemplatesRepository } from './templates.repository';

type TemplateAccount = ChannelAccount & { businessAccountId: string };

/** "Message template not found", told with the code of an invalid parameter. */
const notFoundSubcode = 2593002;
const timeoutMs = 30_000;

/** The templates of WhatsApp business accounts: made, deleted and read at Meta, kept here. */
@Injectable()
export class Templates {
  constructor(
    private readonly database: Database,
    private readonly repository: TemplatesRepository,
    private readonly schedule: TemplateSyncRepository,
    private readonly reading: TemplateSync,
    private readonly access: ChannelAccess,
    private readonly graph: ChannelGraph,
    private readonly recorder: EventRecorder,
    private readonly audit: AuditLog,
  ) {}

  /** Reads them from Meta now. @throws HttpException */
  async sync({ workspaceId }: Session, channelId: string): Promise<{ found: number }> {
    const account = await this.accountOf(workspaceId, channelId);
    return { found: await answered(() => this.reading.run(account)) };
  }

  /** @throws HttpException */
  async create(session: Session, channelId: string, template: object): Promise<TemplateRow> {
    const { workspaceId } = session;
    const account = await this.accountOf(workspaceId, channelId);
    refuseProblems(template);
    const { businessAccountId } = account;
    const { body } = await answered(() =>
      this.graph.call<{ id?: unknown; status?: unknown; category?: unknown }>(account, {
        method: 'POST',
        path: `${encodeURIComponent(businessAccountId)}/message_templates`,
        json: template,
        timeoutMs,
      }),
    );
    const { id, status = 'PENDING', category } = body;
    const made = readListedTemplate({ ...template, id, status, ...(category === undefined ? {} : { category }) });
    if (!made) {
      throw new ServiceUnavailableException({
        code: 'outcome_unknown',
        message: `Meta answered without the template’s id; read the templates again (POST /v1/channels/${channelId}/templates/sync).`,
      });
    }
    const owner = { workspaceId, businessAccountId };
    return this.database.transaction(async () => {
      const [change] = await this.repository.save(owner, [made]);
      const { name, language } = made;
      const rowId = change?.id ?? (await this.repository.idOf(owner, name, language));
      const subject = { kind: 'template', id: rowId, name };
      await this.audit.record(session, { action: 'template.created', subject, details: { language } });
      if (change) await this.recorder.record([changeEvent(change)]);
      return (await this.repository.find(workspaceId, rowId))!;
    });
  }

  /** Deletes one language of a template at Meta and here. @throws HttpException */
  async remove(session: Session, id: string): Promise<void> {
    const { workspaceId } = session;
    const template = await this.one(workspaceId, id);
    const { businessAccountId, name, language, metaTemplateId } = template;
    const channelId = await this.schedule.channelOf({ workspaceId, businessAccountId });
    if (!channelId) throw disconnected('No channel of this business account has a token.');
    const account = await this.accountOf(workspaceId, channelId);
    await answered(() =>
      this.graph
        .call(account, {
          method: 'DELETE',
          path: `${encodeURIComponent(businessAccountId)}/message_templates`,
          query: { name, hsm_id: metaTemplateId },
          timeoutMs,
        })
        .catch((error: unknown) => {
          if (!(error instanceof GraphError && error.facts.subcode === notFoundSubcode)) throw error;
        }),
    );
    await this.database.transaction(async () => {
      if (!(await this.repository.remove(workspaceId, id))) return;
      const subject = { kind: 'template', id, name };
      await this.audit.record(session, { action: 'template.deleted', subject, details: { language } });
      await this.recorder.record([changeEvent({ ...template, previousStatus: template.status, status: 'DELETED' })]);
    });
  }

  /** @throws NotFoundException */
  async one(workspaceId: string, id: string): Promise<TemplateRow> {
    const row = await this.repository.find(workspaceId, id);
    if (row) return row;
    throw noSuch('template');
  }

  /** The business account of a channel. @throws HttpException */
  async accountOf(workspaceId: string, channelId: string): Promise<TemplateAccount> {
    const account = await this.access.currentAccount(channelId);
    if (account?.workspaceId !== workspaceId) {
      throw new NotFoundException({
        code: 'not_found',
        message: 'channelId: there is no such channel in this workspace.',
      });
    }
    const { platform, businessAccountId } = account;
    if (platform !== 'whatsapp') throw invalid('channelId', `channelId: ${platform} has no templates of this kind.`);
    if (businessAccountId === null) {
      const remedy = `PATCH /v1/channels/${channelId}, businessAccountId`;
      throw invalid('channelId', `channelId: the channel’s business account is not known; name it first (${remedy}).`);
    }
    return { ...account, businessAccountId };
  }
}

function refuseProblems(template: object): void {
  const problems = templateCreationProblems(template);
  if (problems.length === 0) return;
  throw new BadRequestException({
    code: 'invalid',
    message: problems.map(({ message }) => message).join(' '),
    details: problems.map(({ field, rule, message }) => ({
      field: field === '' ? 'template' : `template.${field}`,
      rule,
      problems: [message],
    })),
  });
}

/** What Meta refuses is told in Meta's words; what may have been done is not told as refused. */
async function answered<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (error instanceof ChannelWithoutToken) throw disconnected(error.message);
    if (!(error instanceof GraphError)) throw error;
    const { errorClass, message, facts, retryAfterMs } = error;
    if (errorClass === 'throttled') {
      const wait = retryAfterMs === undefined ? '' : ` Meta asks to wait ${Math.ceil(retryAfterMs / 1000)} s.`;
      throw new ServiceUnavailableException({ code: 'throttled', message: `Meta throttles: ${message}.${wait}` });
    }
    if (errorClass === 'ambiguous' || errorClass === 'not_executed') {
      const remedy = 'read the templates again to see what became of it (POST /v1/channels/:id/templates/sync).';
      throw new ServiceUnavailableException({
        code: 'outcome_unknown',
        message: `Meta did not say: ${message}; ${remedy}`,
      });
    }
    const words = [facts.userTitle, facts.userMessage].filter((part) => part !== undefined).join(': ');
    throw new UnprocessableEntityException({
      code: 'template_refused',
      message: words === '' ? message : `${message}: ${words}`,
      details: { code: facts.code, subcode: facts.subcode, fbtraceId: facts.fbtraceId },
    });
  }
}

const disconnected = (why: string) =>
  new ConflictException({ code: 'channel_disconnected', message: `${why} Connect the channel first.` });
const invalid = (field: string, message: string) =>
  new BadRequestException({ code: 'invalid', message, details: [{ field, problems: [message] }] });
