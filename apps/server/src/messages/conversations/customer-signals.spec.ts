import { CustomerCourtesy, type CustomerSignals } from './customer-signals';

const conversation = { workspaceId: 'w', conversationId: 'c' };
const settled = () => new Promise(setImmediate);

describe('what a customer is shown', () => {
  it('is passed on to whoever shows it', async () => {
    const shown: unknown[] = [];
    const signals: CustomerSignals = {
      typing: (at, on) => void shown.push([at, on]),
      read: async (at, id) => void shown.push([at, id]),
    };
    const courtesy = new CustomerCourtesy(signals);
    courtesy.typing(conversation, true);
    courtesy.read(conversation, 'wamid.1');
    await settled();
    expect(shown).toEqual([
      [conversation, true],
      [conversation, 'wamid.1'],
    ]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no token');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no token'))],
  ])('is no matter of the user where showing it %s', async (_, fail) => {
    const courtesy = new CustomerCourtesy({ typing: fail, read: fail });
    expect(() => courtesy.typing(conversation, false)).not.toThrow();
    expect(() => courtesy.read(conversation, 'wamid.1')).not.toThrow();
    await settled();
  });

  it('is nothing where nobody shows it', () => {
    expect(() => new CustomerCourtesy().typing(conversation, true)).not.toThrow();
  });
});
