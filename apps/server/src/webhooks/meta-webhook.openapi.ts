import type { OpenAPIObject } from '@nestjs/swagger';

const text = { 'text/plain': { schema: { type: 'string' } } };
/** Meta has no access token: a verify token and signatures take its place. */
const forEverybody = { 'x-role': 'public' };
const query = (name: string, description: string) => ({
  ...({ name, description, in: 'query', required: true } as const),
  schema: { type: 'string' },
});

/** Meta's callback, which is a route of its own and no controller. */
export const metaCallbackPaths: OpenAPIObject['paths'] = {
  '/webhooks/meta': {
    get: {
      ...forEverybody,
      tags: ['webhooks'],
      operationId: 'MetaWebhook_verify',
      summary: "Meta's verification of the callback URL",
      parameters: [
        query('hub.mode', '`subscribe`'),
        query('hub.verify_token', 'That of a Meta app set up here.'),
        query('hub.challenge', 'Given back as it is.'),
      ],
      responses: {
        200: { description: 'The challenge.', content: text },
        400: { description: 'Another `hub.mode`, or no `hub.challenge`.' },
        403: { description: 'The verify token is of no Meta app set up here.' },
      },
    },
    post: {
      ...forEverybody,
      tags: ['webhooks'],
      operationId: 'MetaWebhook_receive',
      summary: "Meta's webhooks",
      description: 'Answered 200 once it is committed. At most 3 MB.',
      parameters: [
        {
          name: 'X-Hub-Signature-256',
          in: 'header',
          required: true,
          description: '`sha256=` and the HMAC-SHA256 of the raw body under the app secret, in hex.',
          schema: { type: 'string' },
        },
      ],
      requestBody: { required: true, content: { 'application/json': { schema: { type: 'object' } } } },
      responses: {
        200: { description: '`EVENT_RECEIVED`: it is kept.', content: text },
        401: { description: 'Not signed with a secret of a Meta app set up here; nothing is kept.' },
        413: { description: 'Larger than 3 MB.' },
        503: { description: 'It could not be kept; send it again.' },
      },
    },
  },
};
