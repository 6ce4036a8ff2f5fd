import type { EventEnvelope, Namespace } from '@switchboard/contracts';
import { messengerChat } from '../cast';
import * as messenger from '../forms/messenger';
import type { SimulatedItem } from '../item';
import { Ledger } from '../ledger';
import { Witness } from './witness';

/** A server that tells what it is to tell of a few items, and a client that hears it. */
function world(items: SimulatedItem[]) {
  const ledger = new Ledger(() => 0);
  ledger.sent(items);
  ledger.acknowledge(items);
  const log: { namespace: Namespace; event: EventEnvelope }[] = [];
  const witness = new Witness();
  const tell = (namespace: Namespace, type: string, data: unknown) => {
    const cursor = `epoch.${String(log.length + 1).padStart(16, '0')}`;
    const event = { id: `event ${log.length}`, type, workspaceId: 'w', occurredAt: '', cursor, data } as EventEnvelope;
    log.push({ namespace, event });
  };
  for (const { id, platform, messageId, effect } of items) {
    tell('/webhooks', 'webhook.received', { itemId: `item of ${id}` });
    const message = { platform, platformMessageId: messageId };
    if (effect.kind === 'message') {
      tell('/messages', effect.direction === 'inbound' ? 'message.received' : 'message.sent', { message });
    }
    if (effect.kind === 'deletion') tell('/messages', 'message.deleted', { platformMessageId: messageId });
  }
  const hear = (entries = log) => {
    for (const { namespace, event } of entries) witness.hear(namespace, event);
    return witness.faults(ledger.acknowledged(), log);
  };
  return { witness, ledger, log, hear };
}

const chat = () => messengerChat({ now: Date.now });

function conversation(): SimulatedItem[] {
  const with_ = chat();
  const question = messenger.text(with_, 'Is it still there?');
  const echo = messenger.echo(with_, 'It is.');
  return [question, echo, messenger.read(with_, with_.now())];
}

describe('what a client received, held against the ledger', () => {
  it('is right when every event came once and in order', () => {
    const { hear, witness } = world(conversation());

    expect(hear()).toEqual([]);
    expect(witness.count).toBe(5);
  });

  it('is wrong when a message is missing, and says which', () => {
    const { hear, log } = world(conversation());
    const faults = hear(log.filter(({ event }) => event.type !== 'message.received'));

    expect(faults[0]).toMatch(/^1 of 2 acknowledged messages never reached the client: message.received messenger m_/);
  });

  it('is wrong whichever event is missing', () => {
    const { log } = world(conversation());
    for (const missing of log.keys()) {
      const { hear, log } = world(conversation());
      expect(hear(log.filter((_, at) => at !== missing))).not.toEqual([]);
    }
    expect.assertions(log.length);
  });

  it('is wrong when an event came twice, or a message was told twice', () => {
    const { hear, log } = world(conversation());
    const [first, ...rest] = log as [(typeof log)[0], ...typeof log];
    expect(hear([first, first, ...rest])).toEqual(['webhook.received epoch.0000000000000001 came twice.']);

    const twice = world(conversation());
    const told = twice.log.find(({ event }) => event.type === 'message.received')!;
    const again = { ...told.event, id: 'another', cursor: 'epoch.0000000000000009' };
    const faults = twice.hear([...twice.log, { namespace: told.namespace, event: again }]);
    expect(faults).toEqual([expect.stringMatching(/^message.received messenger m_\S+ was told 2 times\.$/)]);
  });

  it('is wrong when two events of a namespace changed places', () => {
    const { hear, log } = world(conversation());
    const faults = hear(log.toReversed());

    expect(faults).toContain('webhook.received epoch.0000000000000003 came after epoch.0000000000000005 in /webhooks.');
  });

  it('lets namespaces overtake each other: each has its own cursor', () => {
    const { hear, log } = world(conversation());
    const of = (wanted: Namespace) => log.filter(({ namespace }) => namespace === wanted);

    expect(hear([...of('/messages'), ...of('/webhooks')])).toEqual([]);
  });

  it('is wrong when the client was told of a message that was never sent', () => {
    const { hear, log } = world(conversation());
    const message = { platform: 'whatsapp', platformMessageId: 'forged' };
    const cursor = 'epoch.0000000000000009';
    const event = {
      id: 'forged',
      type: 'message.received',
      workspaceId: 'w',
      occurredAt: '',
      cursor,
      data: { message },
    };
    const faults = hear([...log, { namespace: '/messages', event: event as unknown as EventEnvelope }]);

    expect(faults).toEqual(['The client was told of messages that were never sent: message.received whatsapp forged.']);
  });

  it('takes a message that was deleted before it was known as told when its deletion was', () => {
    const with_ = chat();
    const message = messenger.text(with_, 'Never mind');
    const { hear, log } = world([message, messenger.deleted(with_, message.messageId!)]);
    const received = log.findIndex(({ event }) => event.type === 'message.received');
    log.splice(received, 1);

    expect(hear()).toEqual([]);
    const deletionMissing = world([message, messenger.deleted(with_, message.messageId!)]);
    const known = deletionMissing.log.filter(
      ({ event }) => !/received|deleted/.test(event.type) || 'itemId' in event.data,
    );
    expect(deletionMissing.hear(known)[0]).toMatch(/^1 of 1 acknowledged messages/);
  });

  it('does not count what has no cursor', () => {
    const { witness } = world([]);
    const unread = { id: '1', type: 'unread.changed', workspaceId: 'w', occurredAt: '', data: { total: 1 } };
    witness.hear('/messages', unread as unknown as EventEnvelope);

    expect(witness.count).toBe(0);
  });
});
