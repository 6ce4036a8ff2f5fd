import { Injectable } from '@nestjs/common';
import type { LabelView } from '@switchboard/contracts';
import { Database } from '@switchboard/database';

/** The labels of a workspace. A deleted one is on no list at once, and comes off the conversations afterwards. */
@Injectable()
export class LabelsRepository {
  constructor(private readonly database: Database) {}

  /** In descending id, newest first. Served by labels_workspace. */
  async list(workspaceId: string, before: string | undefined, limit: number): Promise<LabelView[]> {
    const { rows } = await this.database.query<LabelView>(
      `select id, name, color from labels
        where workspace_id = $1 and deleted_at is null and ($2::uuid is null or id < $2) order by id desc limit $3`,
      [workspaceId, before ?? null, limit],
    );
    return rows;
  }

  async count(workspaceId: string): Promise<number> {
    const { rows } = await this.database.query<{ count: number }>(
      'select count(*)::int as count from labels where workspace_id = $1 and deleted_at is null',
      [workspaceId],
    );
    return rows[0]!.count;
  }

  /** @returns undefined where the name is taken. */
  async create(workspaceId: string, label: LabelView): Promise<LabelView | undefined> {
    const { rows } = await this.database.query<LabelView>(
      `insert into labels (id, workspace_id, name, color) values ($1, $2, $3, $4)
       on conflict (workspace_id, lower(name)) where deleted_at is null do nothing returning id, name, color`,
      [label.id, workspaceId, label.name, label.color],
    );
    return rows[0];
  }

  /** Fails on labels_name where the name is taken. */
  async update(
    workspaceId: string,
    id: string,
    change: { name?: string; color?: string },
  ): Promise<LabelView | undefined> {
    const { rows } = await this.database.query<LabelView>(
      `update labels set name = coalesce($3, name), color = coalesce($4, color)
        where workspace_id = $1 and id = $2 and deleted_at is null returning id, name, color`,
      [workspaceId, id, change.name ?? null, change.color ?? null],
    );
    return rows[0];
  }

  /** @returns false where there is none. */
  async delete(workspaceId: string, id: string): Promise<boolean> {
    const { rowCount } = await this.database.query(
      'update labels set deleted_at = now() where workspace_id = $1 and id = $2 and deleted_at is null',
      [workspaceId, id],
    );
    return rowCount === 1;
  }

  /** Of the labels asked for, those that exist; none of them is deleted before the transaction ends. */
  async hold(workspaceId: string, ids: readonly string[]): Promise<string[]> {
    const { rows } = await this.database.query<{ id: string }>(
      `select id from labels where workspace_id = $1 and id = any($2::uuid[]) and deleted_at is null order by id for share`,
      [workspaceId, ids],
    );
    return rows.map(({ id }) => id);
  }

  /**
   * Takes deleted labels off conversations of all workspaces, at most `limit` at a time.
   * Conversations that somebody works on now are left for the next time. By labels_deleted and conversations_labels.
   * @returns how many conversations it took them off
   */
  async strip(limit: number): Promise<number> {
    const { rowCount } = await this.database.query(
      `update conversations c set
              label_ids = array(select l from unnest(c.label_ids) l where l <> all (select id from labels where deleted_at is not null) order by l)
         from (select d.id from conversations d
                where d.label_ids <> '{}' and d.label_ids && array(select id from labels where deleted_at is not null)
                limit $1 for update skip locked) worn
        where c.id = worn.id`,
      [limit],
    );
    return rowCount ?? 0;
  }

  /** Forgets deleted labels that no conversation wears. */
  async forget(): Promise<void> {
    await this.database.query(
      `delete from labels l where l.deleted_at is not null and not exists (
         select 1 from conversations c where c.label_ids <> '{}' and c.label_ids @> array[l.id])`,
    );
  }

  async anyDeleted(): Promise<boolean> {
    const { rows } = await this.database.query<{ any: boolean }>(
      'select exists (select 1 from labels where deleted_at is not null) as any',
    );
    return rows[0]!.any;
  }
}
