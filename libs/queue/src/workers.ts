import { BullRegistrar, WorkerHost } from '@nestjs/bullmq';
import {
  type BeforeApplicationShutdown,
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { APP_CONFIG, type AppConfig } from '@switchboard/config';
import { queueNames } from './catalogue';
import { Sweeper } from './sweeper';

/** Starts the workers in a process with the worker role, and closes them before anything they use. */
@Injectable()
export class Workers implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Workers.name);
  private hosts: WorkerHost[] = [];
  private readonly warnedAt = new Map<string, number>();

  constructor(
    @Inject(APP_CONFIG) private readonly config: AppConfig,
    private readonly registrar: BullRegistrar,
    private readonly discovery: DiscoveryService,
    private readonly sweeper: Sweeper,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('worker')) return;
    this.registrar.register();
    this.hosts = this.discovery
      .getProviders()
      .map((wrapper) => wrapper.instance as unknown)
      .filter((instance): instance is WorkerHost => instance instanceof WorkerHost);
    this.eachQueueHasOneHandler();
    for (const { worker } of this.hosts) {
      worker.on('error', (error) => this.report(worker.name, error));
      worker.on('failed', (job, error) =>
        this.logger.error(`Job ${job?.name} of queue ${worker.name} failed: ${error.message}`),
      );
    }
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.sweeper.stop();
    await Promise.all(this.hosts.map((host) => host.worker.close()));
  }

  private eachQueueHasOneHandler(): void {
    for (const name of queueNames) {
      const handlers = this.hosts.filter((host) => host.worker.name === name).length;
      if (handlers !== 1)
        throw new Error(`Queue ${name} has ${handlers} handlers; it needs exactly one @Processor('${name}').`);
    }
  }

  /** A store that is away makes every worker complain several times a second; one line in ten seconds tells as much. */
  private report(queue: string, error: Error): void {
    const last = this.warnedAt.get(queue) ?? 0;
    if (Date.now() - last < 10_000) return;
    this.warnedAt.set(queue, Date.now());
    this.logger.warn(`Worker of ${queue}: ${error.message}. It goes on by itself when the store is back.`);
  }
}
