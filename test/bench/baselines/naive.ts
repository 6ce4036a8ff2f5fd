import { createServer } from 'node:http';
import express from 'express';
import { Server } from 'socket.io';
import { serveBaseline } from './listen';
import { isSigned } from './signature';
import { messageEvent, messagesOf } from './webhook-messages';

// Rows 2 and 3: the server of a tutorial. Nothing is stored and nothing queued: what comes in is emitted at once.
serveBaseline(({ appSecret }) => {
  const app = express();
  const http = createServer(app);
  const io = new Server(http);
  io.on('connection', (socket) => void socket.join(String(socket.handshake.auth.account)));
  app.post('/webhooks/meta', express.raw({ type: '*/*', limit: '3mb' }), (request, response) => {
    const body = request.body as Buffer;
    if (!isSigned(body, request.get('x-hub-signature-256'), appSecret)) {
      response.sendStatus(401);
      return;
    }
    for (const { account, message } of messagesOf(body)) io.to(account).emit(messageEvent, message);
    response.type('text/plain').send('EVENT_RECEIVED');
  });
  return http;
});
