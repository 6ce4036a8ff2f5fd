import { createServer } from 'node:http';
import { Server } from 'socket.io';
import { serveBaseline } from './listen';

// Rows 5 and 6: Socket.IO itself with namespaces that do nothing. No token is looked at.
serveBaseline(() => {
  const http = createServer();
  const io = new Server(http, { perMessageDeflate: false });
  for (const name of ['/messages', '/webhooks', '/contacts', '/channels'])
    io.of(name).on('connection', () => undefined);
  return http;
});
