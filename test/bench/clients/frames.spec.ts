import { connectFrame, cursorOf, offsetOf, readFrame } from './frames';

const event = (envelope: object, namespace = '/messages,') =>
  `42${namespace}${JSON.stringify(['message.received', envelope])}`;

describe('frames', () => {
  it('tells apart what a server sends', () => {
    expect(readFrame('0{"sid":"a","pingInterval":25000}')).toEqual({ kind: 'open' });
    expect(readFrame('2')).toEqual({ kind: 'ping' });
    expect(readFrame('40{"sid":"a"}')).toEqual({ kind: 'connected', namespace: '/' });
    expect(readFrame('40/messages,{"sid":"a"}')).toEqual({ kind: 'connected', namespace: '/messages' });
    expect(readFrame('41/messages,')).toEqual({ kind: 'disconnected', namespace: '/messages' });
    expect(readFrame('44/messages,{"message":"no"}')).toEqual({
      kind: 'refused',
      namespace: '/messages',
      reason: '{"message":"no"}',
    });
  });

  it('finds name and argument of an event', () => {
    for (const namespace of ['/', '/messages']) {
      const text = event({ id: 'x' }, namespace === '/' ? '' : `${namespace},`);
      const frame = readFrame(text);
      expect(frame).toMatchObject({ kind: 'event', namespace, name: 'message.received' });
      expect(text.slice((frame as { at: number }).at, -1)).toBe('{"id":"x"}');
    }
  });

  it('takes the cursor of the envelope, wherever it stands in it', () => {
    const at = (text: string) => (readFrame(text) as { at: number }).at;
    const first = event({ id: 'x', cursor: 'e.1', data: { cursor: 'e.9' } });
    const last = event({ id: 'x', data: { cursor: 'e.9' }, cursor: 'e.1' });
    const none = event({ id: 'x', data: { cursor: 'e.9' } });
    expect(cursorOf(first, at(first))).toBe('e.1');
    expect(cursorOf(last, at(last))).toBe('e.1');
    expect(cursorOf(none, at(none))).toBeUndefined();
    expect(cursorOf(event({ id: 'x', data: {} }), 0)).toBeUndefined();
  });

  it('asks for a namespace with a token', () => {
    expect(connectFrame('/messages', { token: 't' })).toBe('40/messages,{"token":"t"}');
    expect(connectFrame('/', {})).toBe('40{}');
  });

  it('finds the offset that recovery puts last', () => {
    expect(offsetOf('42["message",{"text":"a \\"b\\""},"1763780000000-0"]')).toBe('1763780000000-0');
  });
});
