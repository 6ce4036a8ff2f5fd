import type { AppConfig } from '@switchboard/config';
import type { FastifyInstance } from 'fastify';

const everywhere = /^\/(health(\/(live|ready))?|metrics)(\?|$)/;

/** A process without the api role answers for its health and, as a gateway, for sockets; the rest is another process's. */
export function limitToRoles(fastify: FastifyInstance, { roles }: Pick<AppConfig, 'roles'>): void {
  if (roles.includes('api')) return;
  fastify.addHook('onRequest', async (request, reply) => {
    if (everywhere.test(request.url)) return;
    const detail = `This process has the roles ${roles.join(', ')}; send this to one with the role api.`;
    await reply
      .status(404)
      .type('application/problem+json')
      .send(JSON.stringify({ type: 'about:blank', title: 'Not found', status: 404, code: 'not_found', detail }));
  });
}
