import { runInNewContext } from 'node:vm';
import { world } from './support/world';

const path = '/sdk/switchboard.js';

describe('the script that the server gives to pages', () => {
  it.each(world.apis)('is the SDK as one global, from %s', async (api) => {
    const answer = await fetch(api + path);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('content-encoding')).toBe('gzip');
    const script = await answer.text();
    expect(script.length).toBeLessThan(100_000);
    const page: { Switchboard?: Record<string, unknown> } = {};
    runInNewContext(`${script}; this.Switchboard = Switchboard;`, page);
    expect(page.Switchboard).toMatchObject({
      connect: expect.any(Function),
      Session: expect.any(Function),
      browserCursors: expect.any(Function),
    });
  });

  it('is not sent again to a browser that has it, and sent plain to one that cannot unpack it', async () => {
    const first = await fetch(world.apis[0] + path);
    const whole = await first.text();
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('public, max-age=300');
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`]) {
      const again = await fetch(world.apis[0] + path, { headers: { 'if-none-match': known } });
      expect([again.status, await again.text()]).toEqual([304, '']);
    }
    const headers = { 'if-none-match': '"other"', 'accept-encoding': 'identity' };
    const plain = await fetch(world.apis[0] + path, { headers });
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(whole);
  });
});
