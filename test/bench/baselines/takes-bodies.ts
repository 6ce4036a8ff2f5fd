import { createServer, type Server } from 'node:http';

/** An HTTP server that hands on what is posted to it. */
export function takesBodies(take: (body: Buffer) => void): Server {
  return createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (request.method === 'POST') take(Buffer.concat(chunks));
      response.setHeader('Content-Type', 'text/plain');
      response.end('ok');
    });
  });
}
