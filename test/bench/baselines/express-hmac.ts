import { createServer } from 'node:http';
import express from 'express';
import { serveBaseline } from './listen';
import { isSigned } from './signature';

// Row 1 (a): Express 5 checks the signature and stores nothing.
serveBaseline(({ appSecret }) => {
  const app = express();
  app.post('/webhooks/meta', express.raw({ type: '*/*', limit: '3mb' }), (request, response) => {
    if (!isSigned(request.body as Buffer, request.get('x-hub-signature-256'), appSecret)) {
      response.sendStatus(401);
      return;
    }
    response.type('text/plain').send('EVENT_RECEIVED');
  });
  return createServer(app);
});
