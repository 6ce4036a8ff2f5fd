import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import { asc, eq } from 'drizzle-orm';

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
