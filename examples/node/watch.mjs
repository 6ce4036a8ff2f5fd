// Prints what happens, and goes on where it was stopped: cursors are kept in a file.
// Usage: URL=http://127.0.0.1:3000 EMAIL=owner@example.com PASSWORD=… node examples/node/watch.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
// An application of its own has `npm install @switchboard/client socket.io-client` and imports '@switchboard/client'.
import { connect, Session } from '../../libs/client/dist/esm/index.js';

const { URL: url = 'http://127.0.0.1:3000', EMAIL: email = 'owner@example.com', PASSWORD: password = '' } = process.env;
const file = process.env.CURSORS ?? '.tmp/watch-cursors.json';

function fileCursors() {
  let held = {};
  try {
    held = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first time there is none.
  }
  return {
    get: (key) => held[key],
    set: (key, cursor) => {
      held[key] = cursor;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(held));
    },
  };
}

const session = new Session({ url });
await session.signIn({ email, password }).catch((error) => {
  console.error(error.message);
  process.exit(1);
});

const client = connect({ url, token: session.token, cursors: fileCursors() });
let shown;
client.connection.subscribe(({ status, error }) => {
  if (status !== shown) console.log('—', status, error?.message ?? '');
  shown = status;
});
client.on('message.received', ({ data: { message, conversation } }) => {
  console.log(message.platform, conversation.contact.name ?? 'somebody', '→', conversation.lastMessage?.preview);
});
client.on('message.failed', ({ data }) =>
  console.log('failed', data.messageIds.join(', '), data.errors?.[0]?.message ?? ''),
);
client.on('resync', ({ namespace, reason, refetch }) =>
  console.log('resync', namespace, reason, 'load', refetch.join(', ')),
);

process.once('SIGINT', () => client.close());
