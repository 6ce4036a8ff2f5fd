import { createAdapter } from '@socket.io/redis-streams-adapter';
import { Redis } from 'ioredis';
import { Server } from 'socket.io';
import { serveBaseline } from './listen';
import { takesBodies } from './takes-bodies';
import { messageEvent, messagesOf } from './webhook-messages';

// Row 7: what Socket.IO itself has for clients that return, on the adapter that keeps events for it, with its own settings. Nothing is
// checked or stored besides. Each client is in the room of the one customer it looks after.
serveBaseline(({ redisUrl }) => {
  const http = takesBodies((body) => {
    for (const { message } of messagesOf(body)) {
      const { sender } = message as { sender: { id: string } };
      io.to(sender.id).emit(messageEvent, message);
    }
  });
  const io = new Server(http, {
    adapter: createAdapter(new Redis(redisUrl, { maxRetriesPerRequest: null })),
    connectionStateRecovery: {},
  });
  io.on('connection', (socket) => {
    if (!socket.recovered) void socket.join(String(socket.handshake.auth.account));
  });
  return http;
});
