import type { FastifyInstance } from 'fastify';

/**
 * REST takes JSON and nothing else. A body that is announced and empty is none: clients name their content type whatever they send,
 * and many calls need no body.
 */
export function takeJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parse(request, body, done),
  );
}
