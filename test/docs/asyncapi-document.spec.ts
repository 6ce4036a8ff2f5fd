import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { clientMessages } from '@switchboard/contracts';
import { RealtimeGateway } from '@switchboard/realtime';
import { MessagesGateway } from '../../apps/server/src/messages/messages.gateway';
import { asyncApiFile } from './asyncapi-document';

const made = asyncApiFile();
const document = JSON.parse(made);

/** Names of the messages that a gateway of its own accord takes. */
function takenBy({ prototype }: { prototype: object }): string[] {
  return Object.getOwnPropertyNames(prototype)
    .map((name) => Object.getOwnPropertyDescriptor(prototype, name)!.value)
    .map((handler) => typeof handler === 'function' && Reflect.getMetadata('message', handler))
    .filter((name) => typeof name === 'string');
}

describe('libs/contracts/asyncapi.json', () => {
  it('says what the code says (else: npm run docs)', () => {
    expect(readFileSync(join(__dirname, '../../libs/contracts/asyncapi.json'), 'utf8')).toBe(made);
  });

  it('refers to nothing that it does not hold', () => {
    const refs = [...made.matchAll(/"\$ref": "#\/([^"]+)"/g)].map(([, path]) => path!.split('/'));
    expect(refs.length).toBeGreaterThan(100);
    for (const path of refs) {
      const found = path.reduce((part, name) => part?.[name], document);
      expect([path.join('/'), typeof found]).toEqual([path.join('/'), 'object']);
    }
  });

  it('names the messages that the gateways take', () => {
    expect(takenBy(RealtimeGateway).sort()).toEqual([...clientMessages.everywhere].sort());
    expect(takenBy(MessagesGateway).sort()).toEqual([...clientMessages['/messages']].sort());
  });
});
