import { createHash, timingSafeEqual } from 'node:crypto';
import {
  ConflictException,
  Inject,
  Injectable,
  Logger,
  NotFoundException,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { Database, newId } from '@switchboard/database';
import { type SigningKey, signingKey } from '@switchboard/meta';
import { AuditLog } from '../audit';
import type { Session } from '../identity';
import { SecretBox } from '../secrets';
import { type MetaAppRow, MetaAppsRepository } from './meta-apps.repository';

/** An app secret ready for hashing, and whose it is. */
export interface AppSigningKey extends SigningKey {
  /** Our id of the Meta app. */
  metaAppId: string;
}

export interface MetaAppSettings {
  appId: string;
  name: string;
  /** The current secret first, then those being rotated out, then the Instagram app's own. */
  secrets: string[];
  verifyToken: string;
}

const reloadAfterMs = 5000;
/** A signature that matches nothing may be of a secret another process has just saved; not more often than this. */
const retryAfterMs = 1000;

/** The Meta apps whose webhooks this instance accepts, with their secrets in memory. */
@Injectable()
export class MetaApps implements OnApplicationBootstrap {
  private readonly logger = new Logger(MetaApps.name);
  private keys: AppSigningKey[] = [];
  private verifyTokens: Buffer[] = [];
  private loadedAt = 0;
  private loading?: Promise<void>;

  constructor(
    private readonly repository: MetaAppsRepository,
    private readonly box: SecretBox,
    private readonly database: Database,
    private readonly audit: AuditLog,
    @Inject(APP_CONFIG) private readonly config: AppConfig,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { metaAppId, metaAppSecrets, metaVerifyToken } = this.config;
    if (metaAppId && metaAppSecrets && metaVerifyToken) {
      await this.save({
        appId: metaAppId,
        name: `Meta app ${metaAppId}`,
        secrets: metaAppSecrets,
        verifyToken: metaVerifyToken,
      });
    }
    await this.load();
  }

  /** @param by who saves it; nobody when it comes from the configuration. */
  async save(settings: MetaAppSettings, by?: Session): Promise<MetaAppRow> {
    const row = await this.database.transaction(async () => {
      const saved = await this.repository.save({
        id: newId(),
        appId: settings.appId,
        name: settings.name,
        secrets: this.box.seal(JSON.stringify(settings.secrets)),
        verifyTokenHash: sha256(settings.verifyToken),
      });
      const subject = { kind: 'meta_app', id: saved.id, name: saved.name };
      if (by) await this.audit.record(by, { action: 'meta_app.saved', subject, details: { appId: saved.appId } });
      return saved;
    });
    await this.load();
    return row;
  }

  list(before: string | undefined, limit: number): Promise<MetaAppRow[]> {
    return this.repository.list(before, limit);
  }

  /** @throws NotFoundException, ConflictException */
  async delete(id: string, by: Session): Promise<void> {
    const app = await this.repository.byId(id);
    if (!app) throw new NotFoundException({ code: 'not_found', message: 'There is no such Meta app.' });
    if (await this.deleted(app, by)) return;
    throw new ConflictException({
      code: 'meta_app_in_use',
      message:
        'Channels name this Meta app, some perhaps of other workspaces or given up with their history: give each another one (PATCH /v1/channels/:id, metaAppId) first.',
    });
  }

  private async deleted({ id, name, appId }: MetaAppRow, by: Session): Promise<boolean> {
    try {
      return await this.database.transaction(async () => {
        if (!(await this.repository.delete(id))) return false;
        const subject = { kind: 'meta_app', id, name };
        await this.audit.record(by, { action: 'meta_app.deleted', subject, details: { appId } });
        return true;
      });
    } catch (error) {
      // A channel was registered for it at the same moment.
      if ((error as { code?: string }).code === '23503') return false;
      throw error;
    } finally {
      await this.load();
    }
  }

  byAppId(appId: string): Promise<MetaAppRow | undefined> {
    return this.repository.byAppId(appId);
  }

  /** The current secret of an app, for `appsecret_proof`. */
  async secretOf(id: string): Promise<string | undefined> {
    return (await this.secretsOf(id))[0];
  }

  /** All secrets of an app, the Instagram app's own last; none where there is no such app. */
  async secretsOf(id: string): Promise<string[]> {
    const app = await this.repository.byId(id);
    return app ? (JSON.parse(this.box.open(app.secrets)) as string[]) : [];
  }

  /** The secrets to try on a webhook, refreshed in the background: the hot path never waits for the database. */
  signingKeys(): readonly AppSigningKey[] {
    if (Date.now() - this.loadedAt > reloadAfterMs) {
      this.load().catch((error: Error) =>
        this.logger.warn(`Meta apps could not be read again (${error.message}); the known ones go on.`),
      );
    }
    return this.keys;
  }

  /** After a signature that matched nothing: the secrets again, if they may have changed since. */
  async freshSigningKeys(): Promise<readonly AppSigningKey[]> {
    if (Date.now() - this.loadedAt > retryAfterMs) await this.load();
    return this.keys;
  }

  async acceptsVerifyToken(token: string): Promise<boolean> {
    if (Date.now() - this.loadedAt > retryAfterMs) await this.load();
    const given = sha256(token);
    return this.verifyTokens.some((known) => timingSafeEqual(known, given));
  }

  private load(): Promise<void> {
    this.loading ??= this.read().finally(() => {
      this.loading = undefined;
    });
    return this.loading;
  }

  private async read(): Promise<void> {
    // Before the query: a change made while it runs is then seen by the next load at the latest.
    this.loadedAt = Date.now();
    const apps = await this.repository.all();
    this.keys = apps.flatMap((app) => {
      const secrets = JSON.parse(this.box.open(app.secrets)) as string[];
      return secrets.map((secret) => ({ ...signingKey(secret), metaAppId: app.id }));
    });
    this.verifyTokens = apps.map((app) => app.verifyTokenHash);
  }
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();
