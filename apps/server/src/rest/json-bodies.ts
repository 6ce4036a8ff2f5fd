import type { FastifyInstance } from 'fastify';

/**
 * REST takes JSON objects and nothing else. A body that is announced and empty is none: clients name their content type whatever they send,
 * and many calls need no body.
 */
export function takeJsonOnly(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === ''
      ? done(null, undefined)
      : parse(request, body, (error, value) => done(error ?? problemOf(value), value)),
  );
}

function problemOf(value: unknown): Error | null {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return null;
  return Object.assign(new Error('The body must be a JSON object.'), { statusCode: 400 });
}
