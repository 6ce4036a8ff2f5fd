import { WebSocketServer } from 'ws';
import { serveBaseline } from './listen';
import { takesBodies } from './takes-bodies';

// Row 4: the least that Node can do: every WebSocket is sent what comes in, as it came. No rooms, no protocol, one process.
serveBaseline(() => {
  const http = takesBodies((body) => {
    for (const socket of sockets.clients) socket.send(body, { binary: false });
  });
  const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
  return http;
});
