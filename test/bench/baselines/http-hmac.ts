import { createServer } from 'node:http';
import { serveBaseline } from './listen';
import { isSigned } from './signature';

// Row 1 (b): the least that Node can do: bare node:http checks the signature and stores nothing.
serveBaseline(({ appSecret }) =>
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
      const signed = isSigned(body, request.headers['x-hub-signature-256'] as string | undefined, appSecret);
      response.statusCode = signed ? 200 : 401;
      response.setHeader('Content-Type', 'text/plain');
      response.end(signed ? 'EVENT_RECEIVED' : 'Unauthorized');
    });
  }),
);
