import { judgeItems, judgeLog, judgeMessages, judgeSequence, type LoggedEvent, type StoredMessage } from './oracle';

const event = (sequence: number): LoggedEvent => ({
  sequence,
  type: sequence % 2 ? 'webhook.received' : 'message.received',
  id: `event-${sequence}`,
  field: 'messages',
  audience: ['workspace:w'],
  itemId: sequence % 2 ? `item-${sequence}` : null,
  messageId: sequence % 2 ? null : `message-${sequence}`,
});
const log = [1, 2, 3, 4, 5, 6].map(event);
const items = [1, 3, 5].map((n) => ({ id: `item-${n}`, element: `{"n":${n}}`, state: 'processed' }));
const message = (n: number): StoredMessage => ({
  id: `message-${n}`,
  accountId: 'page',
  messageId: `m_${n}`,
  direction: 'inbound',
  status: 'received',
  deleted: false,
});
const messages = [2, 4, 6].map(message);
const without = <T>(list: readonly T[], at: number) => list.filter((_, index) => index !== at);

describe('the oracle on what a client was told', () => {
  it('is content with all of it, in order', () => {
    expect(judgeSequence(log, log)).toEqual([]);
  });

  it('finds an event that was dropped, wherever it stood', () => {
    for (const at of log.keys()) {
      const { sequence, type } = log[at]!;
      expect(judgeSequence(without(log, at), log)).toEqual([`${sequence} ${type} never came`]);
    }
  });

  it('finds an event that came twice', () => {
    expect(judgeSequence([...log, log[5]!], log)).toEqual(['6 message.received came twice']);
    expect(judgeSequence([...log.slice(0, 4), ...log.slice(2)], log)).toContain('3 webhook.received came twice');
  });

  it('finds two events that changed places', () => {
    const told = [log[0]!, log[2]!, log[1]!, ...log.slice(3)];
    expect(judgeSequence(told, log)).toEqual(['2 message.received came after 3']);
  });

  it('finds an event that was for somebody else, and one in the place of another', () => {
    expect(judgeSequence(log, without(log, 3))).toEqual(['4 message.received came though it is not for this client']);
    const told = [...log.slice(0, 5), { ...log[5]!, id: 'other' }];
    expect(judgeSequence(told, log)).toEqual(['6 is message.received other in place of another']);
  });

  it('keeps a long list short', () => {
    const complaints = judgeSequence(
      [],
      Array.from({ length: 100 }, (_, at) => event(at + 1)),
    );
    expect(complaints).toHaveLength(6);
    expect(complaints[5]).toBe('and 95 more');
  });
});

describe('the oracle on the log', () => {
  it('is content with a dense log that tells of everything once', () => {
    expect(judgeLog(log, 6, items, messages)).toEqual([]);
  });

  it('finds a hole and a head that is ahead', () => {
    expect(judgeLog(without(log, 1), 6, items, without(messages, 0))).toContain(
      'sequence 3 stands at place 2 of the log',
    );
    expect(judgeLog(log, 7, items, messages)).toEqual(['the log holds 6 events and its head is 7']);
  });

  it('finds an item told twice, and a message never told', () => {
    const twice = [...log, { ...event(7), itemId: 'item-5' }];
    expect(judgeLog(twice, 7, items, messages)).toEqual(['event of item item-5 is there twice']);
    expect(judgeLog(log, 6, items, [...messages, message(8)])).toEqual(['event of inbound message message-8 is lost']);
  });

  it('wants of a message only its deletion where that came first', () => {
    const deleted = { ...message(8), deleted: true };
    const deletion = { ...event(7), type: 'message.deleted', itemId: null, messageId: 'message-8' };
    expect(judgeLog([...log, deletion], 7, items, [...messages, deleted])).toEqual([]);
    expect(judgeLog(log, 6, items, [...messages, deleted])).toEqual(['event of inbound message message-8 is lost']);
  });
});

describe('the oracle on the database', () => {
  const acknowledged = items.map(({ element }) => element);

  it('is content when each acknowledged fact is there once', () => {
    expect(judgeItems(acknowledged, items)).toEqual([]);
    expect(judgeMessages(messages, messages)).toEqual([]);
  });

  it('finds what is lost, doubled, made up or not settled', () => {
    expect(judgeItems(acknowledged, without(items, 0))).toEqual(['item {"n":1} is lost']);
    expect(judgeItems(acknowledged, [...items, items[0]!])).toEqual(['item {"n":1} is there twice']);
    expect(judgeItems(without(acknowledged, 0), items)).toEqual([
      'item {"n":1} is there and nobody was acknowledged it',
    ]);
    const quarantined = [...items.slice(1), { ...items[0]!, state: 'quarantined' }];
    expect(judgeItems(acknowledged, quarantined)).toEqual(['item {"n":1} is quarantined']);
  });

  it('finds a message that is lost, doubled, or in a state it left long ago', () => {
    expect(judgeMessages(messages, without(messages, 1))).toEqual(['message page/m_4 is lost']);
    expect(judgeMessages(messages, [...messages, messages[1]!])).toEqual(['message page/m_4 is there twice']);
    const read = { ...messages[0]!, direction: 'outbound' as const, status: 'read', deleted: true };
    expect(judgeMessages([read], [{ ...read, status: 'delivered', deleted: false }])).toEqual([
      'message page/m_2 is deleted: false',
      'message page/m_2 is delivered and not read',
    ]);
  });
});
