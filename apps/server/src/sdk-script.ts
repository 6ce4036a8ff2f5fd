import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { shippedPath } from '@switchboard/config';
import type { FastifyInstance } from 'fastify';

/** Its name stays the same from version to version, so a browser asks again after this long, and is told by ETag that it has it. */
const cacheSeconds = 300;

/** `/sdk/switchboard.js`: the client SDK as one script for pages that are built without tools. */
export function serveSdkScript(fastify: FastifyInstance): void {
  const script = readFileSync(shippedPath('dist/sdk/switchboard.js'));
  const compressed = gzipSync(script);
  const etag = `"${createHash('sha256').update(script).digest('base64url')}"`;
  fastify.get('/sdk/switchboard.js', (request, reply) => {
    const { 'if-none-match': known, 'accept-encoding': encodings = '' } = request.headers;
    void reply.headers({
      etag,
      vary: 'accept-encoding',
      'cache-control': `public, max-age=${cacheSeconds}`,
      'cross-origin-resource-policy': 'cross-origin',
    });
    if (known?.split(/, */).some((one) => one.replace(/^W\//, '') === etag)) return reply.status(304).send();
    void reply.type('text/javascript; charset=utf-8');
    return /\bgzip\b/.test(String(encodings))
      ? reply.header('content-encoding', 'gzip').send(compressed)
      : reply.send(script);
  });
}
