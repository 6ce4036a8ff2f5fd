import { itemsOf } from './incoming-item';

const delivery = (body: unknown, metaAppId = 'app') => ({
  id: 1,
  metaAppId,
  receivedAt: new Date('2026-11-21T10:00:00Z'),
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const message = (mid: string, account = '1') => ({
  object: 'page',
  entry: [
    {
      id: account,
      time: 1_700_000_000_000,
      messaging: [
        { sender: { id: '7' }, recipient: { id: account }, timestamp: 1_700_000_000_000, message: { mid, text: 'hi' } },
      ],
    },
  ],
});
const keyOf = (body: unknown, app?: string) => itemsOf(delivery(body, app))[0]!.dedupKey;

describe('the items of a delivery', () => {
  it.each(['[]', '{"object":"page","entry":[]}', '{"object":"page","entry":[{"id":"1","messaging":[]}]}'])(
    'are one to be seen, of a body that holds none: %s',
    (body) => {
      expect(itemsOf(delivery(body))).toMatchObject([
        { field: 'empty', raw: JSON.stringify(body), reason: expect.stringContaining('no entry'), platform: null },
      ]);
    },
  );

  it('are one however deep a body nests that holds none', () => {
    const deep = `{"object":"page","entry":[],"x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
    expect(itemsOf(delivery(deep))).toHaveLength(1);
  });

  it('say of what cannot be read what is wrong, where, and what to do', () => {
    const [item] = itemsOf(delivery({ object: 'page', entry: [7] }));
    expect(item!.reason).toMatch(/^It could not be read: the entry is not an object, at entry\[0\]\..*replay it\.$/);
  });

  it('have the same key when Meta tells the same again, in whatever company', () => {
    const together = message('m_1');
    together.entry.push(...message('m_2').entry);
    expect(itemsOf(delivery(together)).map((item) => item.dedupKey)).toEqual([
      keyOf(message('m_1')),
      keyOf(message('m_2')),
    ]);
  });

  it('have another key when they are of another account, or of another Meta app, which must not occupy it', () => {
    const keys = [
      keyOf(message('m_1')),
      keyOf(message('m_1', '2')),
      keyOf(message('m_1'), 'other'),
      keyOf(message('m_2')),
    ];
    expect(new Set(keys).size).toBe(4);
  });

  it('are one item with the reason when the body is no JSON', () => {
    const [item, ...others] = itemsOf(delivery('{"object":'));
    expect(others).toEqual([]);
    expect(item).toMatchObject({ field: 'malformed', reason: expect.stringContaining('not JSON') });
    expect(JSON.parse(item!.raw)).toBe('{"object":');
  });

  it('keep their raw form as JSON that any store takes, whatever it holds', () => {
    const [item] = itemsOf(
      delivery(String.raw`{"object":"page","entry":[{"id":"1","changes":[{"field":"x","value":"a\u0000\ud800"}]}]}`),
    );
    expect(item!.raw).toContain(String.raw`\u0000`);
    expect(item!.raw.isWellFormed()).toBe(true);
    expect(JSON.stringify(JSON.parse(item!.raw))).toBe(item!.raw);
  });
});
