import { Injectable } from '@nestjs/common';
import { Database, schema } from '@switchboard/database';
import { and, desc, eq, isNull, lt, sql } from 'drizzle-orm';

const { apiKeys } = schema;

export type ApiKeyRow = Omit<typeof apiKeys.$inferSelect, 'hash'> & { expired: boolean };
export type NewApiKeyRow = Omit<typeof apiKeys.$inferInsert, 'createdAt' | 'lastUsedAt' | 'revokedAt'>;

/** Without the hash, which nobody needs to see. */
const columns = {
  id: apiKeys.id,
  workspaceId: apiKeys.workspaceId,
  name: apiKeys.name,
  role: apiKeys.role,
  scopes: apiKeys.scopes,
  channelIds: apiKeys.channelIds,
  hint: apiKeys.hint,
  createdBy: apiKeys.createdBy,
  createdAt: apiKeys.createdAt,
  expiresAt: apiKeys.expiresAt,
  lastUsedAt: apiKeys.lastUsedAt,
  revokedAt: apiKeys.revokedAt,
  expired: sql<boolean>`coalesce(${apiKeys.expiresAt} <= now(), false)`,
};

@Injectable()
export class ApiKeysRepository {
  constructor(private readonly database: Database) {}

  async add(key: NewApiKeyRow): Promise<ApiKeyRow> {
    const [row] = await this.database.orm.insert(apiKeys).values(key).returning(columns);
    return row!;
  }

  /** The key of a hash, by its unique index, of whatever workspace: the key says which. Its use is noted at most every five minutes. */
  async use(hash: Buffer): Promise<ApiKeyRow | undefined> {
    const [row] = await this.database.orm.select(columns).from(apiKeys).where(eq(apiKeys.hash, hash));
    if (row && !row.revokedAt && !row.expired) await this.noteUse(row);
    return row;
  }

  /** Newest first, by the index api_keys_workspace. */
  list(workspaceId: string, before: string | undefined, limit: number): Promise<ApiKeyRow[]> {
    return this.database.orm
      .select(columns)
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, workspaceId), before ? lt(apiKeys.id, before) : undefined))
      .orderBy(desc(apiKeys.id))
      .limit(limit);
  }

  /** @returns the key if it was there and not revoked yet. */
  async revoke(workspaceId: string, id: string): Promise<ApiKeyRow | undefined> {
    const [row] = await this.database.orm
      .update(apiKeys)
      .set({ revokedAt: sql`clock_timestamp()` })
      .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
      .returning(columns);
    return row;
  }

  async exists(workspaceId: string, id: string): Promise<boolean> {
    const rows = await this.database.orm
      .select({ id: apiKeys.id })
      .from(apiKeys)
      .where(and(eq(apiKeys.workspaceId, workspaceId), eq(apiKeys.id, id)));
    return rows.length > 0;
  }

  private async noteUse({ id, workspaceId }: ApiKeyRow): Promise<void> {
    await this.database.query(
      `update api_keys set last_used_at = clock_timestamp()
        where id = $1 and workspace_id = $2 and (last_used_at is null or last_used_at < now() - interval '5 minutes')`,
      [id, workspaceId],
    );
  }
}
