import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import { asc, desc, eq, lt } from 'drizzle-orm';

export type MetaAppRow = typeof schema.metaApps.$inferSelect;

@Injectable()
export class MetaAppsRepository {
  constructor(private readonly database: Database) {}

  all(): Promise<MetaAppRow[]> {
    return this.database.orm
      .select()
      .from(schema.metaApps)
      .orderBy(asc(schema.metaApps.createdAt), asc(schema.metaApps.id));
  }

  /** Newest first. Served by the primary key. */
  list(before: string | undefined, limit: number): Promise<MetaAppRow[]> {
    const { metaApps } = schema;
    return this.database.orm
      .select()
      .from(metaApps)
      .where(before ? lt(metaApps.id, before) : undefined)
      .orderBy(desc(metaApps.id))
      .limit(limit);
  }

  /** False where a channel names it (channels_meta_app), or there is none. */
  async delete(id: string): Promise<boolean> {
    const { rowCount } = await this.database.query({
      name: 'meta-apps-delete',
      text: 'delete from meta_apps a where a.id = $1 and not exists (select 1 from channels c where c.meta_app_id = a.id)',
      values: [id],
    });
    return rowCount === 1;
  }

  async byAppId(appId: string): Promise<MetaAppRow | undefined> {
    const [row] = await this.database.orm.select().from(schema.metaApps).where(eq(schema.metaApps.appId, appId));
    return row;
  }

  async byId(id: string): Promise<MetaAppRow | undefined> {
    const [row] = await this.database.orm.select().from(schema.metaApps).where(eq(schema.metaApps.id, id));
    return row;
  }

  async save(app: Pick<MetaAppRow, 'id' | 'appId' | 'name' | 'secrets' | 'verifyTokenHash'>): Promise<MetaAppRow> {
    const { secrets, verifyTokenHash, name } = app;
    const [row] = await this.database.orm
      .insert(schema.metaApps)
      .values(app)
      .onConflictDoUpdate({
        target: schema.metaApps.appId,
        set: { secrets, verifyTokenHash, name, updatedAt: new Date() },
      })
      .returning();
    return row!;
  }
}
