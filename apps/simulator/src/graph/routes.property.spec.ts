import fc from 'fast-check';
import { Random } from '../random';
import { GraphError } from './errors';
import { Inbox } from './messaging/inbox';
import type { GraphRequest } from './request';
import { handle } from './routes';
import { BusinessAccount } from './whatsapp/business-account';
import { WhatsAppNumber } from './whatsapp/number';
import { World } from './world';

const words = [
  ...[
    'messaging_product',
    'whatsapp',
    'to',
    '4917612345678',
    'recipient',
    'id',
    '7',
    'type',
    'text',
    'body',
    'image',
    'link',
  ],
  ...[
    'interactive',
    'button',
    'list',
    'action',
    'buttons',
    'sections',
    'rows',
    'reply',
    'title',
    'header',
    'contacts',
    'name',
  ],
  ...[
    'template',
    'hello',
    'language',
    'code',
    'en_US',
    'components',
    'parameters',
    'reaction',
    'message_id',
    'emoji',
    'status',
  ],
  ...[
    'read',
    'message',
    'attachment',
    'payload',
    'template_type',
    'generic',
    'elements',
    'quick_replies',
    'sender_action',
  ],
  ...[
    'react',
    'comment_id',
    'location',
    'latitude',
    'subscribed_fields',
    'fields',
    'limit',
    'after',
    'example',
    '__proto__',
  ],
];
const word = fc.constantFrom(...words);
const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    word,
    fc.constantFrom(null, true, 0, 1, -1, '', 'x'.repeat(5_000)),
    fc.array(tie('any'), { maxLength: 4 }),
    fc.dictionary(word, tie('any'), { maxKeys: 5 }),
  ),
})).any;

const paths = [
  ...[
    '1/messages',
    '1/media',
    '1',
    '2',
    '2/message_templates',
    '2/subscribed_apps',
    '2/phone_numbers',
    '1/marketing_messages',
  ],
  ...[
    '3',
    '3/messages',
    '3/message_attachments',
    '3/subscribed_apps',
    '3/conversations',
    '4/messages',
    '4',
    '7',
    'me',
    '',
  ],
  ...[
    'debug_token',
    'oauth/access_token',
    'access_token',
    'refresh_access_token',
    'app/subscriptions',
    '__proto__/constructor',
  ],
];

function world(): World {
  const world = new World({ now: () => 1e12, random: new Random(1), appCallsPerHour: 1e9, keepBodies: true });
  world.tokens.addApp({ id: 'app', secret: 's' });
  const assets = ['1', '2', '3', '4'];
  world.tokens.add({ value: 't', kind: 'user', appId: 'app', profileId: '3', assets, scopes: [] });
  const account = new BusinessAccount('2', 'Shop', 'TIER_UNLIMITED', 1e9, new Random(2));
  const setup = {
    businessAccountId: '2',
    phoneNumberId: '1',
    token: 't',
    windows: 'open',
    templates: [{ name: 'hello' }],
  } as const;
  world.businessAccounts.set('2', account);
  world.numbers.set('1', new WhatsAppNumber(account, setup));
  for (const [platform, id] of [
    ['messenger', '3'],
    ['instagram', '4'],
  ] as const) {
    world.inboxes.set(
      id,
      new Inbox(platform, { id, token: 't', windows: 'open', conversationsPerSecond: 1e6 }, 'shop', undefined),
    );
  }
  return world;
}

describe('whatever is called with whatever', () => {
  it('is answered, or refused with one of Meta’s errors', async () => {
    const meta = world();
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('GET', 'POST', 'DELETE'),
        fc.constantFrom(...paths),
        fc.dictionary(word, value, { maxKeys: 8 }),
        async (method, path, body) => {
          const request: GraphRequest = {
            ...{ method, host: undefined, origin: 'http://localhost', uploads: [], accessToken: 't' },
            ...{ path: path.split('/').filter(Boolean), params: body, body },
          };
          const refusal = await Promise.resolve()
            .then(() => handle(meta, request, { sent: [] }))
            .catch((error: unknown) => error);
          if (refusal instanceof Error) expect(refusal).toBeInstanceOf(GraphError);
        },
      ),
      { numRuns: 3_000 },
    );
  });
});
