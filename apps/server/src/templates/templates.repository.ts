import { Injectable } from '@nestjs/common';
import { Database, newId, schema } from '@switchboard/database';
import type { ListedTemplate } from '@switchboard/meta';
import { and, desc, eq, lt, sql } from 'drizzle-orm';

export type TemplateRow = typeof schema.messageTemplates.$inferSelect;

export interface TemplateFilter {
  businessAccountId?: string | undefined;
  status?: string | undefined;
  category?: string | undefined;
  language?: string | undefined;
  /** Beginning of the name. */
  name?: string | undefined;
}

/** Templates belong to a business account, as a workspace sees it. */
export interface TemplateOwner {
  workspaceId: string;
  businessAccountId: string;
}

/** A template whose state has moved. */
export interface TemplateChange extends TemplateOwner {
  id: string;
  name: string;
  language: string;
  category: string;
  status: string;
  previousStatus: string | null;
  reason: string | null;
}

const changeColumns = `s.id, s.workspace_id as "workspaceId", s.business_account_id as "businessAccountId", s.name, s.language, s.category,
  s.status, s.reason`;

@Injectable()
export class TemplatesRepository {
  constructor(private readonly database: Database) {}

  /** Newest first. Served by message_templates_list. */
  list(
    workspaceId: string,
    { businessAccountId, status, category, language, name }: TemplateFilter,
    before: string | undefined,
    limit: number,
  ): Promise<TemplateRow[]> {
    const { messageTemplates: t } = schema;
    return this.database.orm
      .select()
      .from(t)
      .where(
        and(
          eq(t.workspaceId, workspaceId),
          businessAccountId === undefined ? undefined : eq(t.businessAccountId, businessAccountId),
          status === undefined ? undefined : eq(t.status, status),
          category === undefined ? undefined : eq(t.category, category),
          language === undefined ? undefined : eq(t.language, language),
          name === undefined ? undefined : sql`starts_with(${t.name}, ${name})`,
          before === undefined ? undefined : lt(t.id, before),
        ),
      )
      .orderBy(desc(t.id))
      .limit(limit);
  }

  async find(workspaceId: string, id: string): Promise<TemplateRow | undefined> {
    const { messageTemplates: t } = schema;
    const [row] = await this.database.orm
      .select()
      .from(t)
      .where(and(eq(t.workspaceId, workspaceId), eq(t.id, id)));
    return row;
  }

  async idOf({ workspaceId, businessAccountId }: TemplateOwner, name: string, language: string): Promise<string> {
    const { messageTemplates: t } = schema;
    const [row] = await this.database.orm
      .select({ id: t.id })
      .from(t)
      .where(
        and(
          ...[eq(t.workspaceId, workspaceId), eq(t.businessAccountId, businessAccountId)],
          ...[eq(t.name, name), eq(t.language, language)],
        ),
      );
    return row!.id;
  }

  /** The template that a channel would send, and whether its templates are known at all. Served by message_templates_name. */
  async ofChannel(
    channelId: string,
    name: string,
    language: string,
  ): Promise<{ syncedAt: Date | null; definition: object | null; status: string; category: string } | undefined> {
    const { rows } = await this.database.query({
      name: 'templates-of-channel',
      text: `
        select c.templates_synced_at as "syncedAt", t.definition, t.status, t.category
          from channels c left join message_templates t on t.workspace_id = c.workspace_id
           and t.business_account_id = c.business_account_id and t.name = $2 and t.language = $3
         where c.id = $1`,
      values: [channelId, name, language],
    });
    return rows[0];
  }

  async now(): Promise<Date> {
    const { rows } = await this.database.query<{ now: Date }>('select clock_timestamp() as now');
    return rows[0]!.now;
  }

  /** Stores what Meta lists, each name and language once. @returns those that are new or whose state or category moved */
  async save(
    { workspaceId, businessAccountId }: TemplateOwner,
    listed: readonly ListedTemplate[],
  ): Promise<TemplateChange[]> {
    const column = <K extends keyof ListedTemplate>(key: K) => listed.map((one) => one[key]);
    const { rows } = await this.database.query<TemplateChange>({
      name: 'templates-save',
      text: `
        with n as (
          select * from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
            as n(id, meta_template_id, name, language, category, status, quality, reason, definition)
        ), old as (
          select t.name, t.language, t.status, t.category from message_templates t join n on n.name = t.name and n.language = t.language
           where t.workspace_id = $1 and t.business_account_id = $2
        ), s as (
          insert into message_templates as t (id, workspace_id, business_account_id, meta_template_id, name, language, category, status,
            status_at, quality, reason, definition, seen_at)
          select id, $1, $2, meta_template_id, name, language, category, status, clock_timestamp(), quality, reason, definition::json,
                 clock_timestamp()
            from n order by name, language
          on conflict (workspace_id, business_account_id, name, language) do update set
            meta_template_id = excluded.meta_template_id, category = excluded.category, status = excluded.status, quality = excluded.quality,
            status_at = case when t.status = excluded.status then t.status_at else excluded.status_at end,
            reason = excluded.reason, definition = excluded.definition, seen_at = excluded.seen_at,
            updated_at = case when (t.status, t.category, t.definition::text) = (excluded.status, excluded.category, excluded.definition::text)
              then t.updated_at else now() end
          returning *
        )
        select ${changeColumns}, o.status as "previousStatus" from s left join old o on o.name = s.name and o.language = s.language
         where (o.status, o.category) is distinct from (s.status, s.category) order by s.name, s.language`,
      values: [
        ...[
          workspaceId,
          businessAccountId,
          listed.map(() => newId()),
          column('id'),
          column('name'),
          column('language'),
        ],
        ...[column('category'), column('status'), column('quality'), column('reason')],
        listed.map(({ definition }) => JSON.stringify(definition).replaceAll('\\u0000', '')),
      ],
    });
    return rows;
  }

  /** Those that Meta does not list any more go; one that was just created may not be listed yet. */
  async removeUnseen({ workspaceId, businessAccountId }: TemplateOwner, since: Date): Promise<TemplateChange[]> {
    const { rows } = await this.database.query<TemplateChange>({
      name: 'templates-remove-unseen',
      text: `
        with s as (
          delete from message_templates t where t.workspace_id = $1 and t.business_account_id = $2 and t.seen_at < $3::timestamptz
             and not (t.status = 'PENDING' and t.created_at > $3::timestamptz - interval '2 minutes')
          returning *
        ) select ${changeColumns}, s.status as "previousStatus" from s order by s.name, s.language`,
      values: [workspaceId, businessAccountId, since],
    });
    return rows.map((row) => ({ ...row, status: 'DELETED' }));
  }

  async remove(workspaceId: string, id: string): Promise<boolean> {
    const { messageTemplates: t } = schema;
    const removed = await this.database.orm
      .delete(t)
      .where(and(eq(t.workspaceId, workspaceId), eq(t.id, id)))
      .returning({ id: t.id });
    return removed.length > 0;
  }
}
