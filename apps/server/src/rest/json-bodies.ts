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

/** No body of ours comes near it; what reads bodies goes down them level by level, and the stack ends at some thousands. */
const deepest = 100;

function problemOf(value: unknown): Error | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refused('be a JSON object');
  return nestsDeeper(value, deepest) ? refused(`nest at most ${deepest} levels deep`) : null;
}

const refused = (must: string): Error => Object.assign(new Error(`The body must ${must}.`), { statusCode: 400 });

function nestsDeeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((member) => nestsDeeper(member, levels - 1));
}
