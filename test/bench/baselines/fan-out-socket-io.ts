import { createAdapter } from '@socket.io/redis-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { serveBaseline } from './listen';
import { takesBodies } from './takes-bodies';
import { messageEvent } from './webhook-messages';

const room = 'everybody';

// Row 4: what comes in is emitted to one room at once, through the adapter for several processes. Nothing is checked or stored.
serveBaseline(({ redisUrl }) => {
  const connect = () => new Redis(redisUrl, { maxRetriesPerRequest: null });
  const http = takesBodies((body) => io.to(room).emit(messageEvent, JSON.parse(body.toString())));
  const io = new Server(http, { adapter: createAdapter(connect(), connect()) });
  io.on('connection', (socket) => void socket.join(room));
  return http;
});
