import { createHash, createHmac, hkdfSync } from 'node:crypto';
import { messenger } from '@switchboard/simulator';
import { closeSockets } from '../support/socket-client';
import { until } from '../support/until';
import { Host, openMediaShop, png } from './support/media-shop';
import { closeGraphs } from './support/sending-shop';
import { openShop, strangerSawNothing } from './support/shop';
import { world } from './support/world';

const hosts: Host[] = [];

afterEach(closeSockets);
afterEach(closeGraphs);
afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

async function host(answer: ConstructorParameters<typeof Host>[0]): Promise<{ host: Host; port: number }> {
  const made = new Host(answer);
  hosts.push(made);
  return { host: made, port: await made.listen() };
}

const load = (url: string, headers: Record<string, string> = {}) => fetch(`${world.apis[0]}${url}`, { headers });
const platforms = ['whatsapp', 'messenger', 'instagram'] as const;

describe.each(platforms)('a file that a customer sends by %s', (platform) => {
  it('is fetched from Meta, told, and shown to the workspace and to nobody else', async () => {
    const [desk, stranger] = await Promise.all([openMediaShop(platform), openShop(platform)]);
    const bytes = png(platform);
    await desk.receivesFile(bytes);
    const media = await desk.shown('stored');
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(media).toMatchObject({ mimeType: 'image/png', size: bytes.length, sha256, error: null });

    const [told] = await desk.shop.messages.waitFor('message.media_stored');
    const { messages, conversation } = await desk.shop.onlyConversation();
    expect(told!.data).toMatchObject({
      messageId: messages[0].id,
      conversationId: conversation.id,
      platform,
      attachment: 0,
      media: { id: media.id, mimeType: 'image/png', size: bytes.length, sha256 },
    });

    const answer = await load(media.url);
    expect(Buffer.from(await answer.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'image/png',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': expect.stringMatching(/^private, max-age=\d+$/),
    });

    expect((await desk.shop.api.get(`/v1/media/${media.id}`)).body.id).toBe(media.id);
    expect((await stranger.api.get(`/v1/media/${media.id}`)).status).toBe(404);
    await strangerSawNothing(desk.shop as never, stranger);
  });

  it('is fetched from no host of the private network, and the reason is kept', async () => {
    const desk = await openMediaShop(platform);
    const { host: inside, port } = await host((response) => response.end('the secrets of the network'));
    if (platform === 'whatsapp') desk.graph.always({ method: 'GET', path: /1234$/ }).fail(100);
    await desk.receivesUrl(`http://localhost:${port}/latest/meta-data`);
    const media = await desk.shown('failed');
    expect(media).toMatchObject({ url: null, error: expect.any(String) });
    if (platform !== 'whatsapp') expect(media.error).toContain('no media host');
    const [told] = await desk.shop.messages.waitFor('message.media_failed');
    expect(told!.data).toMatchObject({ mediaId: media.id, reason: media.error });
    expect(inside.requests).toHaveLength(0);
  });
});

describe('a file at an address', () => {
  it('that redirects into the private network is not fetched from there', async () => {
    const desk = await openMediaShop('messenger');
    const { host: inside, port } = await host((response) => response.end('the secrets of the network'));
    const { host: door, port: open } = await host((response) =>
      response.writeHead(302, { location: `http://localhost:${port}/admin` }).end(),
    );
    await desk.receivesUrl(`http://127.0.0.1:${open}/photo.png`);
    expect((await desk.shown('failed')).error).toContain('no media host');
    expect([door.requests.length, inside.requests.length]).toEqual([1, 0]);
  });

  it('that redirects without end is given up', async () => {
    const desk = await openMediaShop('messenger');
    const { host: circle, port } = await host((response) => response.writeHead(302, { location: '/again' }).end());
    await desk.receivesUrl(`http://127.0.0.1:${port}/photo.png`);
    expect((await desk.shown('failed')).error).toContain('redirects');
    expect(circle.requests.length).toBe(4);
  });

  it.each(['announced', 'endless'])('that is too large (%s) is not read on', async (how) => {
    const desk = await openMediaShop('messenger');
    let sent = 0;
    const { port } = await host((response) => {
      const chunk = Buffer.alloc(64 * 1024, 'x');
      response.writeHead(200, how === 'announced' ? { 'content-length': 500_000_000 } : {});
      const more = (): void => {
        while (!response.destroyed) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
      };
      more();
    });
    await desk.receivesUrl(`http://127.0.0.1:${port}/film.mp4`);
    expect((await desk.shown('failed')).error).toContain('MEDIA_MAX_BYTES');
    expect(sent).toBeLessThan(how === 'announced' ? 9_000_000 : 40_000_000);
  });

  it('that a media host cannot hand out now is fetched once it can', async () => {
    const desk = await openMediaShop('messenger');
    const bytes = png('later');
    const { host: slow, port } = await host((response) => {
      if (slow.requests.length === 1) response.writeHead(503).end();
      // Cut off halfway: what came is not kept.
      else if (slow.requests.length === 2)
        response.writeHead(200, { 'content-length': 1000 }).write('half', () => response.destroy());
      else response.writeHead(200, { 'content-type': 'image/png' }).end(bytes);
    });
    await desk.receivesUrl(`http://127.0.0.1:${port}/photo.png`);
    expect((await desk.shown('stored')).size).toBe(bytes.length);
    expect(slow.requests).toHaveLength(3);
  });

  it('never sees a token unless it is the media host of the Graph API', async () => {
    const desk = await openMediaShop('whatsapp');
    const { host: other, port } = await host((response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end(png()),
    );
    await desk.receivesUrl(`http://127.0.0.1:${port}/photo.png`);
    await desk.shown('stored');
    expect(other.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('that is a page in disguise is handed out as a download of no type', async () => {
    const desk = await openMediaShop('messenger');
    const page = '<!doctype html><script>alert(document.cookie)</script>';
    const { port } = await host((response) => response.writeHead(200, { 'content-type': 'image/png' }).end(page));
    await desk.receivesUrl(`http://127.0.0.1:${port}/photo.png`);
    const answer = await load((await desk.shown('stored')).url);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/);
  });
});

describe('a file of WhatsApp', () => {
  it('whose URL has expired is fetched by its id', async () => {
    const desk = await openMediaShop('whatsapp');
    const bytes = png('by id');
    await desk.receivesFile(bytes, { change: (body) => ({ ...body, url: `${body.url}x` }) });
    expect((await desk.shown('stored')).size).toBe(bytes.length);
    expect(desk.graph.calls('GET file')).toBe(1);
  });

  it('that is not the one Meta spoke of is refused', async () => {
    const desk = await openMediaShop('whatsapp');
    const sha256 = createHash('sha256').update('another file').digest('base64');
    await desk.receivesFile(png(), { change: (body) => ({ ...body, sha256 }) });
    expect((await desk.shown('failed')).error).toContain('sha256');
  });

  it('waits for the channel to have a token', async () => {
    const desk = await openMediaShop('whatsapp');
    desk.graph.kill(desk.token);
    await desk.receivesFile(png('patience'), { change: ({ url: _, ...body }) => body });
    await until(async () => {
      const { body } = await desk.shop.api.get('/v1/channels');
      return body.items.some(({ status }: { status: string }) => status === 'failed');
    }, 'the channel has stopped');
    desk.graph.revive(desk.token);
    const path = `/v1/channels/${desk.shop.channel.id}/credentials`;
    expect((await desk.shop.api.put(path, { token: desk.token, graphHost: desk.graph.url })).status).toBe(200);
    await desk.shown('stored');
  });
});

describe('a file that is here', () => {
  it('is handed out in parts, and not again to who has it', async () => {
    const desk = await openMediaShop('messenger');
    const bytes = png('0123456789');
    await desk.receivesFile(bytes);
    const { url } = await desk.shown('stored');
    const part = await load(url, { range: 'bytes=-10' });
    expect([part.status, await part.text()]).toEqual([206, '0123456789']);
    expect(part.headers.get('content-range')).toBe(`bytes ${bytes.length - 10}-${bytes.length - 1}/${bytes.length}`);
    expect((await load(url, { range: `bytes=${bytes.length}-` })).status).toBe(416);
    const whole = await load(url);
    expect(whole.headers.get('content-length')).toBe(String(bytes.length));
    expect((await load(url, { 'if-none-match': whole.headers.get('etag')! })).status).toBe(304);
    const head = await fetch(`${world.apis[0]}${url}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(bytes.length)]);
  });

  it('is handed out by its own URL only, and only for a while', async () => {
    const [one, other] = await Promise.all([openMediaShop('messenger'), openMediaShop('messenger')]);
    await Promise.all([one.receivesFile(png('mine')), other.receivesFile(png('yours'))]);
    const [mine, yours] = await Promise.all([one.shown('stored'), other.shown('stored')]);
    const codeOf = async (url: string) => {
      const answer = await load(url);
      return [answer.status, ((await answer.json()) as { code: string }).code];
    };
    const query = mine.url.slice(mine.url.indexOf('?'));
    const signature = /sig=([^&]+)/.exec(mine.url)![1]!;
    const changed = (signature[0] === 'A' ? 'B' : 'A') + signature.slice(1);
    for (const forged of [
      `/media/${yours.id}${query}`,
      mine.url.replace(signature, changed),
      mine.url.replace(/exp=\d+/, 'exp=99999999999'),
      mine.url.replace(/exp=\d+/, 'exp=99999999999&exp=1'),
      `/media/${mine.id}`,
    ]) {
      expect(await codeOf(forged)).toEqual([403, 'url_forged']);
    }
    expect((await load(`/media/..%2f..%2fsecrets.json${query}`)).status).toBe(400);
    expect(await codeOf(signed(mine.id, Math.floor(Date.now() / 1000) - 1))).toEqual([403, 'url_expired']);
    expect((await load(signed(mine.id, Math.floor(Date.now() / 1000) + 60))).status).toBe(200);
  });

  it('goes with its message when the customer takes that back', async () => {
    const [desk, stranger] = await Promise.all([openMediaShop('messenger'), openMediaShop('messenger')]);
    const chat = desk.shop.chat({ now: Date.now } as never) as never;
    const bytes = png('regretted');
    const item = messenger.attachment(chat, 'image', { url: desk.graph.cdn({ bytes, mimeType: 'image/png' }) });
    await desk.shop.receives(item);
    await stranger.receivesFile(png('kept'));
    const [media, kept] = await Promise.all([desk.shown('stored'), stranger.shown('stored')]);
    await desk.shop.receives(messenger.deleted(chat, item.messageId!));
    await desk.shop.messages.waitFor('message.deleted');
    expect((await load(media.url)).status).toBe(404);
    expect((await desk.shop.api.get(`/v1/media/${media.id}`)).status).toBe(404);
    expect((await load(kept.url)).status).toBe(200);
  });
});

/** A URL as the instance signs it: what makes it refuse one is its end, not its making. */
function signed(id: string, expires: number): string {
  const key = hkdfSync('sha256', Buffer.from(world.encryptionKey, 'base64'), '', 'switchboard media urls', 32);
  const signature = createHmac('sha256', Buffer.from(key)).update(`${id}\n${expires}`).digest('base64url');
  return `/media/${id}?exp=${expires}&sig=${signature}`;
}
