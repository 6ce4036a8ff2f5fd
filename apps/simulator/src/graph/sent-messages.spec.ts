import { keyOf, type SentMessage, SentMessages } from './sent-messages';

const sent = (id: string, more: Partial<SentMessage> = {}): SentMessage => {
  const facts = {
    platform: 'whatsapp',
    accountId: '1',
    recipient: '49',
    kind: 'text',
    at: 0,
    appId: '1',
    answered: true,
  } as const;
  const message = { ...facts, id, ...more };
  return { ...message, key: keyOf(message, message.body ?? {}) };
};

describe('the ledger', () => {
  it('knows a message by its sender’s own name for it, else by what was said to whom', () => {
    const ledger = new SentMessages();
    ledger.add(sent('1', { callbackData: 'a', body: { n: 1 } }));
    ledger.add(sent('2', { callbackData: 'a', body: { n: 2 } }));
    ledger.add(sent('3', { callbackData: 'b' }));
    ledger.add(sent('4', { body: { text: 'hi' } }));
    ledger.add(sent('5', { body: { text: 'hi' } }));
    ledger.add(sent('6', { body: { text: 'hi' }, recipient: '50' }));
    ledger.add(sent('7', { metadata: 'c' }));

    expect(ledger.repeated().map((copies) => copies.map(({ id }) => id))).toEqual([
      ['1', '2'],
      ['4', '5'],
    ]);
    expect([ledger.times('a'), ledger.times('b'), ledger.times('4'), ledger.times('c'), ledger.times('x')]).toEqual([
      2, 1, 2, 1, 0,
    ]);
  });

  it('finds the busiest second wherever it lies', () => {
    const ledger = new SentMessages();
    for (const at of [0, 900, 950, 999, 1_000, 1_899, 1_900]) ledger.add(sent(String(at), { at }));

    expect(ledger.busiestSecond()).toBe(5);
    expect(ledger.busiestSecond({}, 100)).toBe(3);
    expect(ledger.busiestSecond({ accountId: '2' })).toBe(0);
  });
});
