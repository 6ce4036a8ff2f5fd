import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadConfig } from '@switchboard/config';
import { Database, type OpenDatabase, openDatabase } from '@switchboard/database';
import { openQueueStore, type QueueStore, Sweeper } from '@switchboard/queue';
import { AppModule } from '../../apps/server/src/app.module';
import { Clock } from '../../apps/server/src/clock';
import { lanes } from '../../apps/server/src/flows/execution-row';
import { FlowExecutions } from '../../apps/server/src/flows/flow-executions.service';
import { Flows } from '../../apps/server/src/flows/flows.service';
import { OutsideCalls } from '../../apps/server/src/flows/running/outside-calls.service';
import { FlowRunner } from '../../apps/server/src/flows/running/runner.service';
import type { Session } from '../../apps/server/src/identity';
import { type Sockets, useSockets } from '../../apps/server/src/sockets';

/** The application on an embedded store, with nothing that runs by itself and a clock that a test sets. */
export class FlowWorld {
  now = new Date('2026-03-02T10:00:00Z');
  readonly session: Session;
  readonly channelId = randomUUID();

  private constructor(
    private readonly folder: string,
    private readonly store: OpenDatabase,
    private readonly queues: QueueStore,
    readonly app: NestFastifyApplication,
    private readonly sockets: Sockets,
  ) {
    jest.spyOn(app.get(Clock), 'now').mockImplementation(() => this.now);
    this.session = { workspaceId: randomUUID(), userId: randomUUID() } as Session;
  }

  static async open(environment: Record<string, string> = {}): Promise<FlowWorld> {
    const folder = mkdtempSync(join(tmpdir(), 'flow-world-'));
    const given = {
      SWITCHBOARD_DATA_DIR: folder,
      OWNER_PASSWORD: randomBytes(12).toString('hex'),
      LOG_LEVEL: 'silent',
    };
    const config = { ...loadConfig({ ...given, ...environment }), roles: [] };
    const store = await openDatabase(config, () => undefined);
    const queues = await openQueueStore(config, store.database.pool, { warn: () => undefined });
    const module = AppModule.for(config, store, queues);
    const app = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), {
      logger: false,
      abortOnError: false,
    });
    const sockets = useSockets(app, config, undefined);
    await app.init();
    const world = new FlowWorld(folder, store, queues, app, sockets);
    await world.seed();
    return world;
  }

  async close(): Promise<void> {
    await this.app.close();
    this.sockets.close();
    await this.queues.close();
    await this.store.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A contact who has written. */
  async contact(): Promise<{ contactId: string; conversationId: string }> {
    const [contactId, conversationId] = [randomUUID(), randomUUID()];
    const { workspaceId } = this.session;
    await this.query('insert into contacts (id, workspace_id, name) values ($1, $2, $3)', [
      contactId,
      workspaceId,
      'Ana',
    ]);
    await this.query(
      `insert into conversations (id, workspace_id, channel_id, contact_id, platform, last_message_at, last_inbound_at)
       values ($1, $2, $3, $4, 'messenger', $5, $5)`,
      [conversationId, workspaceId, this.channelId, contactId, this.now],
    );
    return { contactId, conversationId };
  }

  async published(definition: object): Promise<string> {
    const flows = this.app.get(Flows, { strict: false });
    const { id } = await flows.create(this.session, { name: 'Flow', definition });
    await flows.publish(this.session, id);
    return id;
  }

  async start(flowId: string, contactId: string): Promise<string> {
    const executions = this.app.get(FlowExecutions, { strict: false });
    return (await executions.start(this.session, flowId, { contactId, channelId: this.channelId })).id;
  }

  /** Does what is due, in every lane; calls that it makes may go on. */
  async run(): Promise<void> {
    const runner = this.app.get(FlowRunner, { strict: false });
    for (let lane = 0; lane < lanes; lane += 1) await runner.run(lane, Number.POSITIVE_INFINITY);
  }

  async at(time: string | number): Promise<void> {
    this.now = new Date(typeof time === 'number' ? this.now.getTime() + time : time);
    await this.run();
  }

  /** Once every call has been answered, and what came of it is written. */
  async settled(): Promise<void> {
    await this.app.get(OutsideCalls, { strict: false }).settled();
  }

  /** Runs what the sweeper would. */
  sweep(name: string): Promise<number> {
    const { sweeps } = this.app.get(Sweeper, { strict: false }) as unknown as {
      sweeps: { name: string; run: () => Promise<number> }[];
    };
    return sweeps.find((sweep) => sweep.name === name)!.run();
  }

  async execution(id: string) {
    const { execution, steps } = await this.app
      .get(FlowExecutions, { strict: false })
      .one(this.session.workspaceId, id);
    return { ...execution, steps };
  }

  // biome-ignore lint/suspicious/noExplicitAny: rows as they are
  async query(text: string, values: unknown[] = []): Promise<any[]> {
    return (await this.app.get(Database, { strict: false }).query(text, values)).rows;
  }

  private async seed(): Promise<void> {
    const { workspaceId, userId } = this.session;
    await this.query(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
    await this.query(`insert into users (id, email) values ($1, 'ana@example.com')`, [userId]);
    await this.query(`insert into memberships (user_id, workspace_id, role) values ($1, $2, 'owner')`, [
      userId,
      workspaceId,
    ]);
    const app = randomUUID();
    await this.query(
      `insert into meta_apps (id, app_id, name, secrets, verify_token_hash) values ($1, '1', 'App', '', '')`,
      [app],
    );
    await this.query(
      `insert into channels (id, workspace_id, platform, external_id, meta_app_id, name) values ($1, $2, 'messenger', '4711', $3, 'Page')`,
      [this.channelId, workspaceId, app],
    );
  }
}

export const hour = 3_600_000;
export const day = 24 * hour;
