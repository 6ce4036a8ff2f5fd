import { Injectable } from '@nestjs/common';
import { Database } from '@switchboard/database';
import type { TemplateChange } from './templates.repository';

/** What a webhook tells of a template; null where it says nothing of it. */
export interface TemplateNews {
  key: string;
  channelId: string;
  workspaceId: string;
  businessAccountId: string;
  metaTemplateId: string | null;
  name: string;
  language: string;
  at: Date;
  status: string | null;
  reason: string | null;
  category: string | null;
  quality: string | null;
  /** It is to be read through the Graph API. */
  reread: boolean;
}

@Injectable()
export class TemplateNewsRepository {
  constructor(private readonly database: Database) {}

  /**
   * Each template once. A state older than the one that is kept is not taken. Served by message_templates_meta and _name.
   * @returns those whose state or category moved, and the keys of those that are known
   */
  async apply(news: readonly TemplateNews[]): Promise<{ changes: TemplateChange[]; known: ReadonlySet<string> }> {
    const column = <K extends keyof TemplateNews>(key: K) => news.map((one) => one[key]);
    const { rows } = await this.database.query<TemplateChange & { key: string; moved: boolean }>({
      name: 'templates-apply-news',
      text: `
        with n as (
          select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
            $10::text[], $11::text[])
            as n(key, workspace_id, business_account_id, meta_template_id, name, language, at, status, reason, category, quality)
        ), old as (
          select n.*, t.id, t.status as old_status, t.category as old_category, n.status is not null and n.at >= t.status_at as newer
            from n join message_templates t on t.workspace_id = n.workspace_id and t.business_account_id = n.business_account_id
             and (t.meta_template_id = n.meta_template_id or (n.meta_template_id is null and t.name = n.name and t.language = n.language))
           order by t.id for update of t
        ), s as (
          update message_templates t set
            status = case when o.newer then o.status else t.status end,
            reason = case when o.newer then o.reason else t.reason end,
            status_at = case when o.newer then o.at else t.status_at end,
            category = coalesce(o.category, t.category), quality = coalesce(o.quality, t.quality), updated_at = now()
            from old o where t.id = o.id
          returning t.*, o.key, o.old_status, o.old_category
        )
        select s.key, s.id, s.workspace_id as "workspaceId", s.business_account_id as "businessAccountId", s.name, s.language, s.category,
               s.status, s.reason, s.old_status as "previousStatus",
               (s.old_status, s.old_category) is distinct from (s.status, s.category) as moved
          from s order by s.id`,
      values: [
        ...[
          column('key'),
          column('workspaceId'),
          column('businessAccountId'),
          column('metaTemplateId'),
          column('name'),
        ],
        ...[
          column('language'),
          column('at'),
          column('status'),
          column('reason'),
          column('category'),
          column('quality'),
        ],
      ],
    });
    const changes = rows.filter(({ moved }) => moved).map(({ moved: _, key: __, ...change }) => change);
    return { changes, known: new Set(rows.map(({ key }) => key)) };
  }
}
