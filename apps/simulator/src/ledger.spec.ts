import { whatsappChat } from './cast';
import * as whatsapp from './forms/whatsapp';
import { Ledger } from './ledger';

describe('Ledger', () => {
  const chat = whatsappChat();
  const [one, two, three] = ['1', '2', '3'].map((words) => whatsapp.text(chat, words)) as [
    ReturnType<typeof whatsapp.text>,
    ReturnType<typeof whatsapp.text>,
    ReturnType<typeof whatsapp.text>,
  ];

  it('knows what was sent, how often, and since when it is acknowledged', () => {
    let time = 1_000;
    const ledger = new Ledger(() => time);
    ledger.sent([one, two]);
    ledger.sent([one]);
    ledger.acknowledge([one]);
    time = 2_000;
    ledger.acknowledge([one]);

    expect(ledger.get(one.id)).toMatchObject({
      platform: 'whatsapp',
      accountId: chat.account.id,
      kind: 'text',
      messageId: one.messageId,
      timesSent: 2,
      acknowledgedAt: 1_000,
      forged: false,
    });
    expect(ledger.acknowledged().map(({ id }) => id)).toEqual([one.id]);
    expect(ledger.unacknowledged().map(({ id }) => id)).toEqual([two.id]);
    expect(ledger.acknowledgedCount).toBe(1);
  });

  it('expects nothing of items that were only ever forged', () => {
    const ledger = new Ledger();
    ledger.sent([one], { forged: true });
    ledger.acknowledge([one]);
    ledger.sent([two], { forged: true });

    expect(ledger.acknowledged()).toEqual([]);
    expect(ledger.unacknowledged()).toEqual([]);
    expect(ledger.expectedMessages()).toEqual([]);
    expect(ledger.acknowledgedCount).toBe(0);
    expect(ledger.forged().map(({ id }) => id)).toEqual([one.id, two.id]);
    expect(ledger.acceptedForgeries().map(({ id }) => id)).toEqual([one.id]);
  });

  it('takes an item for genuine once it was signed rightly', () => {
    const ledger = new Ledger();
    ledger.sent([three], { forged: true });
    ledger.sent([three]);
    ledger.acknowledge([three]);

    expect(ledger.acknowledged().map(({ id }) => id)).toEqual([three.id]);
    expect(ledger.expectedMessages()).toMatchObject([{ messageId: three.messageId, text: '3' }]);
  });
});
