import { readFileSync } from 'node:fs';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { SwaggerModule } from '@nestjs/swagger';
import { type AppConfig, doubtful, shippedPath } from '@switchboard/config';
import { type OpenDatabase, openDatabase } from '@switchboard/database';
import { AppLogger } from '@switchboard/observability';
import { openQueueStore, type QueueStore } from '@switchboard/queue';
import type { FastifyInstance } from 'fastify';
import { AppModule } from './app.module';
import { checkListenAddress } from './listen-address';
import { acceptUploads, describeApi, restValidation, takeJsonOnly } from './rest';
import { limitToRoles } from './role-limit';
import { serveSdkScript } from './sdk-script';
import { type Sockets, useSockets } from './sockets';
import { metaCallbackPaths } from './webhooks';

export interface RunningServer {
  url: string;
  /** Drains and stops. False when something did not finish within the configured time. */
  stop: (reason: string) => Promise<boolean>;
}

const restBodyLimit = 1024 * 1024;

/**
 * Connections that may wait to be accepted; the kernel lowers it to `net.core.somaxconn` (4,096 on Linux). With Node's 511 most of 2,000
 * clients that come back at once were dropped, to try again seconds later, or reset (row 7 of docs/performance.md).
 */
const backlog = 65_535;

/** Opens the stores, starts what the process's roles say, and listens. */
export async function startServer(config: AppConfig): Promise<RunningServer> {
  const logger = new AppLogger(config);
  await checkListenAddress(config);
  for (const doubt of doubtful(config)) logger.warn(doubt, 'Configuration');
  const database = await openDatabase(config, (error) =>
    logger.warn(`Connection to PostgreSQL lost (${error.message}); it is made again when needed.`, 'Database'),
  );
  const queues = await openQueueStore(config, database.database.pool, {
    warn: (message) => logger.warn(message, 'Queue'),
  }).catch(async (error) => {
    await database.close();
    throw error;
  });
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.for(config, database, queues),
    httpAdapter(config),
    {
      logger,
      abortOnError: false,
      // Nest's own takes forms too, and refuses an empty body.
      bodyParser: false,
    },
  );
  app.useGlobalPipes(restValidation);
  app.enableCors({
    origin: config.corsOrigins.includes('*') ? true : config.corsOrigins,
    credentials: false,
    maxAge: 600,
  });
  const fastify = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
  takeJsonOnly(fastify);
  limitToRoles(fastify, config);
  await acceptUploads(app);
  const endConnections = lastAnswers(fastify);
  const sockets = useSockets(app, config, queues.redis);
  if (config.roles.includes('api')) {
    serveDocs(app, fastify);
    serveSdkScript(fastify);
  }
  // Nest types only the port, but hands the rest on to Fastify.
  await app.listen({ port: config.port, backlog } as never, config.host);
  const url = config.publicUrl ?? (await app.getUrl()).replace('[::]', '127.0.0.1').replace('0.0.0.0', '127.0.0.1');
  logger.log(`Listening on ${url} with roles ${config.roles.join(', ')} and store ${config.store}.`, 'Switchboard');
  return {
    url,
    stop: (reason) => {
      endConnections();
      return stop(reason, app, queues, database, sockets, config, logger);
    },
  };
}

/**
 * From the call on, every answer ends its connection. A client that sends without a pause (Meta's webhooks, a proxy) keeps its
 * connections busy, and closing waits for the last of them: until the shutdown timeout, measured.
 */
function lastAnswers(fastify: FastifyInstance): () => void {
  let stopping = false;
  fastify.addHook('onSend', (_request, reply, payload, done) => {
    if (stopping) void reply.header('connection', 'close');
    done(null, payload);
  });
  return () => {
    stopping = true;
  };
}

function httpAdapter(config: AppConfig): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: restBodyLimit,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    // On close, idle keep-alive connections end at once and requests under way are finished.
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 200 },
  });
}

function serveDocs(app: NestFastifyApplication, fastify: FastifyInstance): void {
  SwaggerModule.setup('docs', app, () => describeApi(app, metaCallbackPaths));
  const events = readFileSync(shippedPath('libs/contracts/asyncapi.json'));
  fastify.get('/docs/events', (_request, reply) => reply.type('application/json; charset=utf-8').send(events));
  fastify.get('/', (_request, reply) => reply.redirect('/docs'));
}

async function stop(
  reason: string,
  app: NestFastifyApplication,
  queues: QueueStore,
  database: OpenDatabase,
  sockets: Sockets,
  config: AppConfig,
  logger: AppLogger,
): Promise<boolean> {
  logger.log(`${reason}: finishing what runs, for at most ${config.shutdownTimeout / 1000} s.`, 'Switchboard');
  const work = (async () => {
    await sockets.drain();
    // Nest closes workers, then HTTP and sockets, then queues; the stores they use come after all of them.
    await app.close();
    sockets.close();
    await queues.close();
    await database.close();
    return true;
  })();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), config.shutdownTimeout);
  });
  const clean = await Promise.race([
    work.catch((error: Error) => {
      logger.error(`Stopping failed: ${error.message}`, error.stack, 'Switchboard');
      return false;
    }),
    late,
  ]);
  clearTimeout(timer);
  logger.log(
    clean ? 'Stopped.' : 'Stopped before everything had finished; what was left is taken up at the next start.',
    'Switchboard',
  );
  return clean;
}
