import { createServer } from 'node:http';
import { createAdapter } from '@socket.io/redis-adapter';
import { Queue, Worker } from 'bullmq';
import express from 'express';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { serveBaseline } from './listen';
import { isSigned } from './signature';
import { type IncomingMessage, messageEvent, messagesOf } from './webhook-messages';

const queueName = 'messages';
/** Jobs under way at a time; with 1 it falls behind at 1,000 a second. */
const concurrency = 20;

// Row 3: the usual way to scale the naive server: a BullMQ job for each event, a worker that emits through the
// Redis adapter. Answered once the job is in Redis. Nothing is stored.
serveBaseline(({ appSecret, redisUrl }) => {
  const connect = () => new Redis(redisUrl, { maxRetriesPerRequest: null });
  const app = express();
  const http = createServer(app);
  const io = new Server(http, { adapter: createAdapter(connect(), connect()) });
  io.on('connection', (socket) => void socket.join(String(socket.handshake.auth.account)));

  const queue = new Queue<IncomingMessage>(queueName, {
    connection: connect(),
    defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
  });
  app.post('/webhooks/meta', express.raw({ type: '*/*', limit: '3mb' }), async (request, response) => {
    const body = request.body as Buffer;
    if (!isSigned(body, request.get('x-hub-signature-256'), appSecret)) {
      response.sendStatus(401);
      return;
    }
    for (const message of messagesOf(body)) await queue.add('message', message);
    response.type('text/plain').send('EVENT_RECEIVED');
  });
  const worker = new Worker<IncomingMessage>(
    queueName,
    async ({ data: { account, message } }) => {
      io.to(account).emit(messageEvent, message);
    },
    { connection: connect(), concurrency },
  );
  worker.on('error', (error) => {
    throw error;
  });
  return http;
});
